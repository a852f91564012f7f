"""Every minute a worker counts what has matured, and changes the course of programs that the rule says should."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog

from setpiece.jobs.model import Chore
from setpiece.kernel.errors import Conflict, SetpieceError
from setpiece.kernel.ids import show
from setpiece.programs.evidence.rule import State
from setpiece.programs.model import PROGRAM_PREFIX, Program
from setpiece.programs.outcomes.deciding import Assessment, assess
from setpiece.programs.pivots.judge import ask_judge
from setpiece.programs.pivots.model import Pivot, untried
from setpiece.programs.pivots.repository import PivotRepository
from setpiece.programs.pivots.service import Advice, pivot_by_rule
from setpiece.programs.service import get_program
from setpiece.programs.spec.model import Alternative
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.storage.database import Database
from setpiece.workspaces.directory import all_workspaces
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import OpenWork, Work

log = structlog.get_logger(__name__)

_EVERY_MINUTE = "* * * * *"
VETO_HOLDS = timedelta(days=1)
"""A judge that has vetoed is asked again about the same epoch after this: by then more is known."""
_CLOCK = Member(UUID(int=0), "Setpiece", "")


@dataclass(frozen=True, slots=True)
class Watch:
    """What programs are looked at with: `owner` sees which workspaces there are, `tenants` is bound to one."""

    tenants: Database
    owner: Database
    judge: ConfiguredModel | None
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Due:
    """A program that the rule says should change, and what to."""

    found: Assessment
    alternatives: Sequence[Alternative]


def chores(watch: Watch) -> list[Chore]:
    return [Chore("program_pivots", _EVERY_MINUTE, partial(look_at_all, watch))]


async def look_at_all(watch: Watch) -> None:
    """One round over all workspaces. What goes wrong with one program keeps no other from its turn."""
    for workspace in await all_workspaces(watch.owner):
        open_work = _opener(watch, workspace.id)
        try:
            async with open_work() as work:
                candidates = await _candidates(work)
        except Exception:
            log.exception("programs_not_looked_at", workspace_id=str(workspace.id))
            continue
        for program_id in candidates:
            await _look(watch, open_work, program_id)


async def look_at(watch: Watch, open_work: OpenWork, shown_id: str) -> Pivot | None:
    """Count what has matured in the program, and let it pivot if the rule, and its judge if it names one, say so.

    Nothing is held while the judge is asked; whether the rule still says so is looked at again after that.
    """
    async with open_work() as work:
        due = await _due(work, await get_program(work, shown_id))
    if due is None:
        return None
    advice: Advice | None = None
    if due.found.program.spec.adaptation.judge_model and due.alternatives:
        advice = await ask_judge(watch.judge, due.found, due.alternatives)
    try:
        async with open_work() as work:
            return await pivot_by_rule(work, shown_id, advice)
    except (
        Conflict
    ) as changed:  # meanwhile, or it was paused for want of a change and somebody set it going again
        log.info("no_pivot", program=shown_id, reason=changed.code)
        return None


async def _look(watch: Watch, open_work: OpenWork, program_id: UUID) -> None:
    shown_id = show(PROGRAM_PREFIX, program_id)
    try:
        pivot = await look_at(watch, open_work, shown_id)
    except SetpieceError as problem:
        log.warning("program_not_judged", program=shown_id, reason=problem.message)
        return
    except Exception:
        log.exception("program_not_judged", program=shown_id)
        return
    if pivot:
        log.info("program_pivoted", program=shown_id, epoch=pivot.epoch, applied=pivot.is_applied)


async def _candidates(work: Work) -> Sequence[UUID]:
    """Programs of which something has matured and was not counted, and active ones whose evidence is enough."""
    rows = await work.connection.fetch(
        """select p.id from programs p join program_epochs e
               on e.workspace_id = $1 and e.program_id = p.id and e.epoch = p.epoch
           where p.workspace_id = $1 and p.deleted_at is null
             and ((p.status = 'active' and e.log_evidence >= -ln(e.alpha))
                  or exists (select from program_units u where u.program_id = e.program_id and u.epoch = e.epoch
                      and u.counts_at > e.counted_through and u.counts_at <= $2))""",
        work.workspace_id,
        work.at,
    )
    return [row["id"] for row in rows]


async def _due(work: Work, program: Program) -> _Due | None:
    found = await assess(work, program)
    if found.decision.state is not State.PIVOT:
        return None
    pivots = await PivotRepository(work.scope).of_program(program.id)
    recent = [one for one in pivots if one.epoch == program.epoch and not one.is_applied]
    vetoed = any(one.by.startswith("judge:") and one.at > work.at - VETO_HOLDS for one in recent)
    return None if vetoed else _Due(found, untried(program.spec, pivots))


def _opener(watch: Watch, workspace_id: UUID) -> OpenWork:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Work]:
        async with watch.tenants.transaction(workspace_id) as scope:
            yield Work(scope, _CLOCK, watch.now())

    return opened
