"""Leads are drawn; each is qualified, matched and written to by the agents, and waits for a yes."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import structlog
from pydantic import ValidationError

from setpiece.agents.model import AgentType, credits_for
from setpiece.agents.qualify.schemas import QualifyPerson
from setpiece.agents.qualify_person.run import QUALIFY_PERSON
from setpiece.agents.run_repository import RunRepository
from setpiece.agents.running import run_agent
from setpiece.agents.sequence.bulk.write import Status, write_for
from setpiece.kernel.errors import Invalid, SetpieceError
from setpiece.kernel.ids import show
from setpiece.programs.execution.message_repository import (
    MessageRepository,
    NewMessage,
    Prepared,
    WantedMessages,
)
from setpiece.programs.execution.model import Approval, Channel, Email, Message, MessageState, Plan
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.execution.shift import Shift
from setpiece.programs.leads.drawing import draw
from setpiece.programs.leads.gathering import gather
from setpiece.programs.leads.model import LEAD_PREFIX, SENTENCES, Drawn, Lead, Reach
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX, Program
from setpiece.programs.pivots.variants import assign, list_variants
from setpiece.programs.service import get_program
from setpiece.programs.spec.model import Spec
from setpiece.workspaces.work import Work

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""Leads written to side by side: as many as a language model is asked at once; the embedded writer takes a core for each anyhow."""
COST = credits_for(AgentType.QUALIFY_PERSON) + credits_for(AgentType.EMAIL)
"""Credits that one lead may take."""
_OUR_FAULT = "Something went wrong on our side; the log says what."
_TOLD = 500  # characters of a reason
FIT = "-fit"
"""What the id of a lead's qualification ends with, after that of its sequence."""


async def draw_leads(shift: Shift) -> None:
    """All leads of the run, once, when its source was read. Needs no lock of its own: the run is held."""
    if not await _gather(shift):
        return
    async with shift.held() as (work, stand):
        execution = stand.execution
        if execution.is_drawn or stand.holds_preparing(0):
            return
        run = shift.run
        program = await _tested(shift, work)
        reach = Reach(email=True) if execution.plan.channel is Channel.SMTP else None
        drawn = await draw(work, program, run.id, _most(run.spec, execution.plan), reach=reach)
        variants = await _variants(work, program, drawn.leads)
        found = [
            NewMessage(
                one.id,
                one.account_key,
                one.request,
                f"{show(RUN_PREFIX, run.id)}-{show(LEAD_PREFIX, one.id)}",
                *variants[one.id],
            )
            for one in drawn.leads
        ]
        if not found:
            raise Invalid(_nobody(drawn), code="no_leads")
        await MessageRepository(work.scope).insert(program.id, run.id, found, work.at)
        told = {
            "leads": len(found),
            "counted": drawn.counted,
            "excluded": dict(drawn.excluded),
            "seed": drawn.seed,
        }
        await ExecutionRepository(work.scope).note_drawn(run.id, told)


def _most(spec: Spec, plan: Plan) -> int:
    """Leads to draw: no more than the budget can pay, so that the others can be drawn by another run."""
    wanted = spec.lead_source.sample_size
    return wanted if plan.budget is None else min(wanted, plan.budget // COST)


async def _variants(
    work: Work, program: Program, leads: Sequence[Lead]
) -> dict[UUID, tuple[str | None, str | None]]:
    """The variant that each lead gets, by name, and what its messages are told; no name while only the present one is written."""
    shown = show(PROGRAM_PREFIX, program.id)
    if not (await list_variants(work, shown)).is_shared:
        return {one.id: (None, program.spec.strategy.variant) for one in leads}
    got = await assign(work, shown, [show(LEAD_PREFIX, one.id) for one in leads])
    return {one.id: (found.name, found.text) for one, found in zip(leads, got.values(), strict=True)}


async def _gather(shift: Shift) -> bool:
    """Whether the run can be drawn now; a source that takes longer to read than this job may is gone on with by the next."""
    async with shift.held() as (work, stand):
        if stand.execution.is_drawn or stand.holds_preparing(0):
            return False
        tested = await _tested(shift, work)
    going = await gather(shift.open_work, shift.desk.sources, tested, within_s=shift.desk.slice_s)
    return going is None or going.is_complete


async def _tested(shift: Shift, work: Work) -> Program:
    """The program as it was when the run began: that is what the run tests."""
    program = await get_program(work, show(PROGRAM_PREFIX, shift.run.program_id))
    return replace(program, spec=shift.run.spec, epoch=shift.run.epoch)


def _nobody(drawn: Drawn) -> str:
    if drawn.drawable:
        return f"The budget pays for nobody: qualifying and writing take {COST} credits for a lead."
    if not drawn.counted:
        return "The playbook has no leads: import a list at leads/import, or name another lead source."
    why = " ".join(f"{count}: {SENTENCES[reason]}" for reason, count in drawn.excluded.items())
    return f"None of {drawn.counted} leads can be drawn. {why}"


async def write_some(shift: Shift) -> bool:
    """Write to the next few leads that were drawn; False when there is none, or something holds the run."""
    async with shift.held() as (work, stand):
        if stand.holds_preparing(COST):
            return False
        plan = stand.execution.plan
        affordable = AT_ONCE if plan.budget is None else (plan.budget - stand.execution.spent) // COST
        wanted = WantedMessages([MessageState.DRAWN])
        waiting = await MessageRepository(work.scope).page(shift.run.id, wanted, min(AT_ONCE, affordable))
    if not waiting:
        return False
    # Each comes to its end, so that none goes on writing beside the next attempt; what was written is kept though another failed.
    written = (_prepare_safely(shift, plan, one) for one in waiting)
    found = await asyncio.gather(*written, return_exceptions=True)
    problems = [one for one in found if isinstance(one, BaseException)]
    if ended := next((one for one in problems if not isinstance(one, Exception)), None):
        raise ended
    async with shift.held() as (work, _):
        prepared = [one for one in found if isinstance(one, Prepared)]
        spent = await MessageRepository(work.scope).keep(shift.run.id, prepared, work.at)
        await ExecutionRepository(work.scope).spend(shift.run.id, spent)
    if problems:
        raise problems[0]
    return True


async def _prepare_safely(shift: Shift, plan: Plan, message: Message) -> Prepared:
    """A lead that nobody thought of stops itself, not the run."""
    try:
        return await _prepare(shift, plan, message)
    except SetpieceError:
        raise
    except Exception:
        log.exception("lead_failed", message=str(message.id))
        return Prepared(message.id, MessageState.NOT_WRITTEN, reason=_OUR_FAULT)


async def _prepare(shift: Shift, plan: Plan, message: Message) -> Prepared:
    """Qualify the lead, then write to it. What the agents kept before is taken as it is, and was paid for."""
    fit = await _qualify(shift, message)
    if plan.min_score is not None and fit.score is not None and fit.score < plan.min_score:
        why = f"It scores {fit.score:g}, and the run asks for {plan.min_score:g}. {fit.why}"
        return Prepared(
            message.id, MessageState.UNQUALIFIED, score=fit.score, reason=why[:_TOLD], credits=fit.credits
        )
    told = {"runtimeInstructions": {"all": message.told}} if message.told else {}
    asked = dict(message.person) | dict(plan.brief) | told
    result = await write_for(message.request_id, asked, plan.agent, shift.open_work, shift.desk.tools)
    if result.status is not Status.WRITTEN:
        why = result.message[:_TOLD]
        return Prepared(
            message.id, MessageState.NOT_WRITTEN, score=fit.score, reason=why, credits=fit.credits
        )
    is_waiting = plan.approval is Approval.REQUIRED
    return Prepared(
        message.id,
        MessageState.WAITING if is_waiting else MessageState.APPROVED,
        [Email(one.subject, one.body) for one in result.ready.emails],
        result.ready.chosen,
        fit.score,
        credits=fit.credits + credits_for(AgentType.EMAIL),
    )


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a lead fits: 1 to 10, and why; no score where nothing could be scored."""

    score: float | None = None
    why: str = ""
    credits: int = 0


async def _qualify(shift: Shift, message: Message) -> _Fit:
    request_id = message.request_id + FIT
    async with shift.open_work() as work:
        kept = await RunRepository(work.scope).newest(request_id)
    if kept:
        return _fit(kept.output["data"])
    given = {name: value for name, value in message.person.items() if name in QualifyPerson.model_fields}
    try:
        request = QualifyPerson.model_validate(given)
    except ValidationError:
        return _Fit()  # the sequence agent refuses it too, and says why
    answer = await run_agent(QUALIFY_PERSON, request, request_id, shift.open_work, shift.desk.tools)
    return _fit(answer.outcome.data)


def _fit(data: Mapping[str, Any] | None) -> _Fit:
    if not data:
        return _Fit()
    return _Fit(data["score"], str(data.get("rationale") or ""), credits_for(AgentType.QUALIFY_PERSON))
