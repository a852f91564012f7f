"""One run of the sequence agent: identify, choose, gather, write, answer, keep."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from setpiece.agents.experiments import assign
from setpiece.agents.model import Agent, AgentType, credits_for
from setpiece.agents.sequence.answer import choice_record, data_for
from setpiece.agents.sequence.brief import brief_for
from setpiece.agents.sequence.candidates import Loaded, load_candidates
from setpiece.agents.sequence.gather import BESIDE, MOST_BESIDE, Chosen, gather
from setpiece.agents.sequence.identity import Identity, identify
from setpiece.agents.sequence.messages import message_for, nobody, nothing_to_sell
from setpiece.agents.sequence.repository import KeptRun, RunRepository
from setpiece.agents.sequence.rules import as_pins, named_ids, pinned_ids, prospect_of, rules_of
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.templates import filled_templates
from setpiece.agents.sequence.writer import Draft, write
from setpiece.agents.service import default_agent, get_agent
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import new_uuid, parse
from setpiece.library.model import Entity
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.service import with_traits
from setpiece.library.service import entities
from setpiece.matching.choose import choose
from setpiece.matching.model import Choice, Pick
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run answers: `data` is None when nothing could be written, and `message` says why."""

    request_id: str
    message: str
    credits: int = 0
    data: dict[str, Any] | None = None


@dataclass(slots=True)
class _Timing:
    """Milliseconds of each stage."""

    spent_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.spent_ms[name] = round((time.perf_counter() - started) * 1000, 2)


@dataclass(frozen=True, slots=True)
class _Assigned:
    """The agent that answers, and the experiment that chose it."""

    agent: Agent
    experiment_id: UUID | None = None
    how: Mapping[str, Any] | None = None


async def run_sequence(work: Work, request: SequenceRun, request_id: str) -> Answer:
    """Write the emails for one person, say why so, and keep the run.

    Raises:
        NotFound: there is no such agent or experiment.
        Invalid: a pinned id is not in this workspace, or the agent is of another type.
    """
    timing, request_id = _Timing(), request.requestId or request_id
    identity = identify(request)
    assigned = await _agent(work, request, identity)
    if identity is None:
        answer, choice, persona_id = Answer(request_id, nobody()), Choice(), None
    else:
        answer, choice, persona_id = await _answer(
            work, request, request_id, identity, assigned.agent, timing
        )
    await RunRepository(work.scope).insert(_kept(work, request, answer, choice, persona_id, assigned, timing))
    return answer


async def _answer(
    work: Work, request: SequenceRun, request_id: str, identity: Identity, agent: Agent, timing: _Timing
) -> tuple[Answer, Choice, UUID | None]:
    with timing.stage("candidates"):
        pins = await pinned_ids(work, request)
        prospect = prospect_of(identity, request)
        loaded = await load_candidates(work, prospect, [*pins.values(), *named_ids(agent.settings)])
    with timing.stage("choose"):
        choice = choose(prospect, loaded.candidates, as_pins(pins), rules_of(agent.settings))
    if choice.offering is None:
        return Answer(request_id, nothing_to_sell(loaded, choice)), choice, None
    with timing.stage("gather"):
        chosen = await _chosen(work, choice, loaded, agent)
        facts = gather(chosen, request)
    with timing.stage("write"):
        draft = await _draft(work, identity, chosen, facts, request, agent.settings)
    message = message_for(request, identity, choice, draft)
    if not draft.emails:
        return Answer(request_id, message), choice, None
    data = data_for(chosen, choice, draft.emails, request.outputFormat, full=request.includeFullAnnotation)
    answer = Answer(request_id, message, credits_for(AgentType.EMAIL), data)
    return answer, choice, chosen.persona.id if chosen.persona else None


async def _draft(
    work: Work,
    identity: Identity,
    chosen: Chosen,
    facts: Any,
    request: SequenceRun,
    settings: Mapping[str, Any],
) -> Draft:
    """The playbook's own templates filled, where the agent wants them and there are any; else written anew."""
    if (settings.get("sequenceSettings") or {}).get("useTemplates"):
        filled = await filled_templates(work, identity, chosen)
        if filled is not None:
            return filled
    return write(brief_for(identity, chosen, facts, request, settings))


async def _agent(work: Work, request: SequenceRun, identity: Identity | None) -> _Assigned:
    if request.experimentOId:
        agent, experiment, how = await assign(
            work, request.experimentOId, identity.subject if identity else ""
        )
        assigned = _Assigned(agent, experiment.id, how)
    elif request.agentOId:
        assigned = _Assigned(await get_agent(work, request.agentOId))
    else:
        assigned = _Assigned(await default_agent(work))
    if assigned.agent.type is not AgentType.EMAIL:
        raise Invalid(
            f"Agent '{assigned.agent.name}' is of type {assigned.agent.type}; a sequence needs EMAIL."
        )
    return assigned


async def _chosen(work: Work, choice: Choice, loaded: Loaded, agent: Agent) -> Chosen:
    assert choice.offering is not None
    offering = loaded.entities[UUID(choice.offering.id)]
    playbook = None
    if choice.playbook:
        (playbook,) = await with_traits(work, [loaded.entities[UUID(choice.playbook.id)]])
    persona = _entity(loaded, choice.persona)
    props = []
    if playbook and persona:
        props = await PlaybookRepository(work.scope).value_props(playbook.id, persona.id)
    named = await entities(work).by_ids(playbook.named_ids) if playbook else {}
    return Chosen(
        offering,
        playbook,
        persona,
        _entity(loaded, choice.segment),
        _allowed(named, agent.settings),
        props,
        await entities(work).beside(offering.id, BESIDE, MOST_BESIDE),
    )


def _allowed(named: Mapping[UUID, Entity], settings: Mapping[str, Any]) -> dict[UUID, Entity]:
    """Without the proof points and references that the agent's settings leave out."""
    only: dict[str, set[UUID | None]] = {}
    for field_name, kind in (("proofPointOIds", "proof-point"), ("referenceOIds", "reference")):
        if settings.get(field_name):
            only[kind] = {parse(oid) for oid in settings[field_name]}
    return {one.id: one for one in named.values() if one.kind not in only or one.id in only[one.kind]}


def _entity(loaded: Loaded, pick: Pick | None) -> Entity | None:
    return loaded.entities[UUID(pick.id)] if pick else None


def _kept(
    work: Work,
    request: SequenceRun,
    answer: Answer,
    choice: Choice,
    persona_id: UUID | None,
    assigned: _Assigned,
    timing: _Timing,
) -> KeptRun:
    return KeptRun(
        id=new_uuid(),
        request_id=answer.request_id,
        agent_id=assigned.agent.id,
        experiment_id=assigned.experiment_id,
        assignment=dict(assigned.how) if assigned.how else None,
        found=answer.data is not None,
        persona_id=persona_id,
        input=request.model_dump(exclude_unset=True, exclude_none=True),
        choice=choice_record(choice),
        output={"message": answer.message, "data": answer.data},
        timing=timing.spent_ms,
        email_count=len(answer.data["emails"]) if answer.data else 0,
        credits=answer.credits,
        author_id=work.author.id,
        created_at=work.at,
    )
