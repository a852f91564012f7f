"""A pivot is made, by a member or by the rule, and taken back.

Each needs a transaction and holds the program for its length, so that of two at the same moment the second finds a new epoch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from setpiece.kernel.errors import Conflict, NotFound
from setpiece.kernel.ids import new_uuid, parse
from setpiece.programs.evidence.rule import State
from setpiece.programs.model import Program
from setpiece.programs.outcomes.deciding import Assessment, assess
from setpiece.programs.outcomes.evidence_record import evidence_record
from setpiece.programs.pivots.model import AUTO, Pivot, present_of, untried
from setpiece.programs.pivots.repository import PivotRepository
from setpiece.programs.repository import Place
from setpiece.programs.service import apply_patch, author_of, get_program, hold_program
from setpiece.programs.spec.alternatives import patch_of
from setpiece.programs.spec.model import Alternative, ProgramStatus
from setpiece.workspaces.work import Work

NO_ALTERNATIVE = "no_alternative"


@dataclass(frozen=True, slots=True)
class Advice:
    """What a judge says of a pivot that the rule allows.

    Attributes:
        by: `judge:<model>`.
        chosen: What to change to; None for a veto.
    """

    by: str
    reason: str
    epoch: int
    samples: int
    chosen: Alternative | None


async def list_pivots(
    work: Work, shown_id: str, after: Place | None, most: int
) -> tuple[Sequence[Pivot], bool]:
    """The newest first, and whether there are more.

    Raises:
        NotFound: there is no such program.
    """
    program = await get_program(work, shown_id)
    found = await PivotRepository(work.scope).of_program(program.id, after, most + 1)
    return found[:most], len(found) > most


async def pivot_to(work: Work, shown_id: str, alternative: Alternative, reason: str) -> Pivot:
    """A member changes course, whatever the evidence says; what it said is kept with the pivot.

    Raises:
        NotFound: there is no such program.
        Conflict: the program says so already.
    """
    program = await hold_program(work, shown_id)
    return await _apply(work, await assess(work, program), alternative, author_of(work), reason)


async def pivot_by_rule(work: Work, shown_id: str, advice: Advice | None = None) -> Pivot:
    """The next prepared change, or the one that a judge has chosen, where the rule allows a pivot now.

    Where nothing is prepared, the program is paused and the pivot that is given back was not applied: nothing is invented.

    Raises:
        NotFound: there is no such program.
        Conflict: the rule does not allow it; `details` has the state and what is in the way.
    """
    program = await hold_program(work, shown_id)
    found = await assess(work, program)
    _require(found)
    if advice and (advice.epoch, advice.samples) != (found.standing.epoch, found.standing.samples):
        raise Conflict("The evidence has changed since the judge looked at it.", code="evidence_changed")
    before = await PivotRepository(work.scope).of_program(program.id)
    ready = untried(program.spec, before)
    if advice and advice.chosen is None:
        return await _keep(work, _blank(found, advice.by, f"Vetoed: {advice.reason}"))
    chosen = advice.chosen if advice and advice.chosen in ready else next(iter(ready), None)
    if chosen is None:
        return await _pause(work, found, before)
    by, reason = (advice.by, f"{found.sentence} {advice.reason}") if advice else (AUTO, found.sentence)
    return await _apply(work, found, chosen, by, reason)


async def revert(work: Work, shown_id: str, shown_pivot_id: str, reason: str = "") -> Pivot:
    """What the pivot changed is as before it, in an epoch of its own: the evidence of the epoch before the pivot was used up by it.

    Raises:
        NotFound: the program has no such pivot.
        Conflict: it was not applied, was taken back already, or the program says so already.
    """
    program = await hold_program(work, shown_id)
    pivots = PivotRepository(work.scope)
    pivot_id = parse(shown_pivot_id)
    pivot = await pivots.find(program.id, pivot_id) if pivot_id else None
    if pivot is None:
        raise NotFound(f"The playbook has no pivot '{shown_pivot_id[:64]}'.")
    if not pivot.is_applied or pivot.before is None or pivot.changes is None:
        raise Conflict("This pivot was not applied; there is nothing to take back.", code="not_applied")
    if pivot.reverted_by:
        raise Conflict("This pivot was taken back already.", code="reverted")
    found = await assess(work, program)
    return await _change(
        work,
        program,
        replace(
            _blank(found, author_of(work), reason or f"Takes back the pivot of {pivot.at:%Y-%m-%d}."),
            changes=pivot.changes,
            name=pivot.name,
            before=present_of(program.spec, pivot.changes),
            after=pivot.before,
            reverts=pivot.id,
        ),
    )


def _require(found: Assessment) -> None:
    """Raises Conflict unless the rule says pivot."""
    if found.decision.state is State.PIVOT:
        return
    blocks = [{"code": block.code, "text": block.text} for block in found.decision.blocks]
    raise Conflict(
        f"The rule allows no pivot now. {found.sentence}",
        code="not_justified",
        details={"state": found.decision.state, "blocks": blocks},
    )


async def _apply(work: Work, found: Assessment, chosen: Alternative, by: str, reason: str) -> Pivot:
    made = replace(
        _blank(found, by, reason),
        changes=chosen.changes,
        name=chosen.name,
        before=present_of(found.program.spec, chosen.changes),
        after=patch_of(chosen),
    )
    return await _change(work, found.program, made)


async def _change(work: Work, program: Program, pivot: Pivot) -> Pivot:
    """The pivot, applied and kept."""
    assert pivot.after is not None
    why = f"revert of a pivot: {pivot.changes}" if pivot.reverts else f"pivot: {pivot.changes}"
    changed = await apply_patch(work, program, pivot.after, pivot.by, why=why, opens_epoch=True)
    if changed is program:
        raise Conflict(
            f"The playbook has this {pivot.changes} already; nothing was changed.", code="no_change"
        )
    return await _keep(work, replace(pivot, is_applied=True, opened_epoch=changed.epoch))


async def _pause(work: Work, found: Assessment, before: Sequence[Pivot]) -> Pivot:
    """The program waits for a person; it is paused once in an epoch, and who sets it going again knows why it was."""
    program = found.program
    if any(one.epoch == program.epoch and one.changes is None and not one.is_applied for one in before):
        raise Conflict(
            "The evidence is enough for a pivot, and no change is prepared; add one to adaptation.xAlternatives, or name one.",
            code=NO_ALTERNATIVE,
        )
    await apply_patch(
        work,
        program,
        {"status": ProgramStatus.PAUSED},
        AUTO,
        why="paused: a pivot is due and no change is prepared",
    )
    reason = (
        f"{found.sentence} No change is prepared in adaptation.xAlternatives, so the playbook was paused."
    )
    return await _keep(work, _blank(found, AUTO, reason))


async def _keep(work: Work, pivot: Pivot) -> Pivot:
    pivots = PivotRepository(work.scope)
    kept = replace(pivot, run_id=await pivots.last_run(pivot.program_id, pivot.epoch))
    await pivots.insert(kept)
    return kept


def _blank(found: Assessment, by: str, reason: str) -> Pivot:
    """A pivot on this evidence that changes nothing yet."""
    return Pivot(
        id=new_uuid(), program_id=found.program.id, run_id=None, epoch=found.standing.epoch, opened_epoch=None, at=found.at,
        by=by, changes=None, name="", evidence=evidence_record(found), before=None, after=None, reason=reason, is_applied=False,
    )  # fmt: skip
