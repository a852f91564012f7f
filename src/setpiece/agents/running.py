"""How every agent runs: who is this about, which agent answers, run it, keep what happened."""

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from setpiece.agents.calls import facts_of, recall
from setpiece.agents.experiments import assign
from setpiece.agents.identity import Identity, identify
from setpiece.agents.model import Agent, AgentType, credits_for
from setpiece.agents.run_repository import KeptRun, RunRepository
from setpiece.agents.run_schemas import KeptFields, RunFields
from setpiece.agents.sequence.writer.model import Fact
from setpiece.agents.service import default_agent, get_agent
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import new_uuid
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.web.page import PageReader
from setpiece.workspaces.work import OpenWork, Work

Request = TypeVar("Request", bound=RunFields)


@dataclass(frozen=True, slots=True)
class Tools:
    """The outside world, as far as agents need it; built in bootstrap."""

    page_reader: PageReader
    embedder: Embedder | None = None
    """None where embeddings are switched off: what is near in meaning is then not looked for."""
    language_model: ConfiguredModel | None = None
    """None where the embedded writer writes."""

    async def aclose(self) -> None:
        if self.language_model is not None:
            await self.language_model.model.aclose()


@dataclass(slots=True)
class Timing:
    """Milliseconds of each stage."""

    spent_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.spent_ms[name] = round((time.perf_counter() - started) * 1000, 2)


@dataclass(frozen=True, slots=True)
class Run(Generic[Request]):
    """What an agent gets: the request, who it is about, its settings, and how to reach rows and the outside.

    `identity` is None only for an agent that runs for nobody in particular.
    """

    request: Request
    identity: Identity | None
    agent: Agent
    open_work: OpenWork
    tools: Tools
    said: tuple[Fact, ...] = ()
    """What the person said on the call that the request names, word for word."""
    timing: Timing = field(default_factory=Timing)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an agent gives back: `data` is None when nothing was found, and `message` says why."""

    message: str
    data: dict[str, Any] | None = None
    choice: Mapping[str, Any] = field(default_factory=dict)
    """As it is kept: candidates, scores, what was chosen."""
    persona_id: UUID | None = None
    email_count: int = 0
    language_model: Mapping[str, Any] = field(default_factory=dict)
    """What a language model had to do with it and what that cost; empty when none was asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome under its request id, with what it cost."""

    request_id: str
    outcome: Outcome
    credits: int = 0


@dataclass(frozen=True, slots=True)
class Runnable(Generic[Request]):
    """One agent that can run. Adding one is a package with one of these and a line in `agents/catalog.py`."""

    kind: AgentType
    path: str
    """As in `/api/v2/agents/<path>/run`."""
    summary: str
    request: type[Request]
    run: Callable[[Run[Request]], Awaitable[Outcome]]
    needs_somebody: str = ""
    """What is answered when nothing says who it is about; empty for an agent that runs without."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The agent that answers, and the experiment that chose it."""

    agent: Agent
    experiment_id: UUID | None = None
    how: Mapping[str, Any] | None = None


Done = Callable[[Work, Answer], Awaitable[None]]
"""What else has to be written with a run, in the work that keeps it."""


async def run_agent(
    runnable: Runnable[Request],
    request: Request,
    request_id: str,
    open_work: OpenWork,
    tools: Tools,
    *,
    assigned: Assigned | None = None,
    done: Done | None = None,
) -> Answer:
    """Run it and keep the run; a dry run keeps nothing and costs nothing.

    `assigned` is the agent that answers, when that was decided before. `done` is called in the work that keeps the run,
    also for a dry run.

    Raises:
        NotFound: there is no such agent or experiment.
        Invalid: the agent is of another type, or what the request names is not in this workspace.
    """
    recalled = await recall(open_work, getattr(request, "runtimeContext", None))
    if recalled is not None:
        request = named(request, recalled.name)
    request_id, identity = request.requestId or request_id, identify(request)
    if assigned is None:
        async with open_work() as work:
            assigned = await assign_agent(work, runnable.kind, request, identity)
    run = Run(request, identity, assigned.agent, open_work, tools, facts_of(recalled))
    if identity is None and runnable.needs_somebody:
        outcome = Outcome(runnable.needs_somebody)
    else:
        outcome = await runnable.run(run)
    charged = outcome.data is not None and not request.dryRun
    answer = Answer(request_id, outcome, credits_for(runnable.kind) if charged else 0)
    await keep(open_work, request, answer, run.timing, assigned, done)
    return answer


def named(request: Request, name: str | None) -> Request:
    """The request with the first name that was said on its call, when it has none of its own."""
    if not name or getattr(request, "firstName", "") is not None:
        return request
    return request.model_copy(update={"firstName": name.split()[0]})


async def keep(
    open_work: OpenWork,
    request: KeptFields,
    answer: Answer,
    timing: Timing,
    assigned: Assigned | None = None,
    done: Done | None = None,
) -> None:
    """Keep a run and count it, together with what `done` writes; of a dry run only that."""
    if request.dryRun and done is None:
        return
    async with open_work() as work:
        if not request.dryRun:
            await RunRepository(work.scope).insert(_kept(work, request, answer, timing, assigned))
        if done is not None:
            await done(work, answer)


async def assign_agent(
    work: Work, wanted: AgentType, request: RunFields, identity: Identity | None
) -> Assigned:
    """The agent that answers the request; an experiment's assignment counts as made.

    Raises:
        NotFound: there is no such agent or experiment.
        Invalid: the agent is of another type.
    """
    if request.experimentOId:
        subject = identity.subject if identity else ""
        agent, experiment, how = await assign(work, request.experimentOId, subject, keep=not request.dryRun)
        assigned = Assigned(agent, experiment.id, how)
    elif request.agentOId:
        assigned = Assigned(await get_agent(work, request.agentOId))
    else:
        assigned = Assigned(await default_agent(work, wanted))
    if assigned.agent.type is not wanted:
        raise Invalid(
            f"Agent '{assigned.agent.name}' is of type {assigned.agent.type}; this run needs {wanted}."
        )
    return assigned


def _kept(
    work: Work, request: KeptFields, answer: Answer, timing: Timing, assigned: Assigned | None
) -> KeptRun:
    outcome = answer.outcome
    return KeptRun(
        id=new_uuid(),
        request_id=answer.request_id,
        agent_id=assigned.agent.id if assigned else None,
        experiment_id=assigned.experiment_id if assigned else None,
        assignment=dict(assigned.how) if assigned and assigned.how else None,
        found=outcome.data is not None,
        persona_id=outcome.persona_id,
        input=request.model_dump(mode="json", exclude_unset=True, exclude_none=True),
        choice=dict(outcome.choice),
        output=_output(outcome),
        timing=timing.spent_ms,
        email_count=outcome.email_count,
        credits=answer.credits,
        author_id=work.author.id,
        created_at=work.at,
    )


def _output(outcome: Outcome) -> dict[str, Any]:
    told = {"languageModel": dict(outcome.language_model)} if outcome.language_model else {}
    return {"message": outcome.message, "data": outcome.data, **told}
