"""What was reported is put right: a reply that was none, a deal of another amount, a touch that never was. See decision 23.

A correction is kept like any outcome and nothing is overwritten; of what it names, only it counts from then on. A unit that is not counted
is as if the mistake had never been reported. One that is counted is counted anew with what is left.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from setpiece.programs.model import Program, Run
from setpiece.programs.outcomes.counting import (
    Touch,
    counts_for,
    matures_at,
    of_the_first,
    put_right,
    touched_again,
)
from setpiece.programs.outcomes.epoch_repository import EpochRepository, RunGain
from setpiece.programs.outcomes.folding import (
    fresh_standing,
    gained_success,
    keep,
    window_of,
    with_correction,
)
from setpiece.programs.outcomes.model import Correction, Outcome, OutcomeKind, Standing, Unit
from setpiece.programs.outcomes.repository import OutcomeRepository
from setpiece.workspaces.audit import note
from setpiece.workspaces.work import Work

AUDITED = "outcome.correct"


async def correct(
    work: Work, program: Program, run: Run, corrections: Sequence[Correction]
) -> Sequence[bool | str]:
    """Put right what was reported of the run; for each whether it was kept, or why it cannot be, in a sentence. Needs a transaction.

    The same correction again changes nothing, and one that cannot be made keeps no other from being made. Noted in the audit log, with the run.
    """
    standing = await EpochRepository(work.scope).hold(
        fresh_standing(program.id, run.epoch, run.spec), work.at
    )
    rows = OutcomeRepository(work.scope, program.id, run.epoch)
    known = await rows.named(run.id, {name for one in corrections for name in (one.source_id, one.corrects)})
    units = await rows.units({one.key for one in known.values()})
    results, made = _judged(corrections, known, units, standing, work)
    if made:
        await rows.add(run.id, made)
        await rows.correct(run.id, made)
        changed, gains = await _settle(rows, standing, made, known, units, window_of(program, run))
        changed = replace(changed, kinds=_kinds(standing, made, known))
        await keep(work, standing, changed, gains)
        await note(work, AUDITED, run.id)
    return results


def refusal(
    correction: Correction, known: Mapping[str, Outcome], unit: Unit | None, standing: Standing
) -> str | None:
    """Why the correction cannot be made, in a sentence; None when it can. Pure."""
    wrong = known.get(correction.corrects)
    if wrong is None:
        return f"This run has no outcome '{correction.corrects[:100]}'; 'corrects' is the 'sourceEventId' of one."
    if wrong.corrected_by:
        return f"'{wrong.source_id[:100]}' was corrected already; correct '{wrong.corrected_by[:100]}', which stands now."
    if OutcomeKind.TOUCHED in (wrong.kind, correction.kind) and correction.kind is not OutcomeKind.RETRACTED:
        return "A touch can only be retracted; nothing else becomes one or was one."
    if wrong.kind is OutcomeKind.TOUCHED and unit and unit.is_counted(standing.counted_through):
        return "Its account was counted already, so that it was touched stands. A pivot that it led to can be reverted."
    return None


def _judged(
    corrections: Sequence[Correction],
    known: dict[str, Outcome],
    units: Mapping[str, Unit],
    standing: Standing,
    work: Work,
) -> tuple[list[bool | str], list[Outcome]]:
    """For each whether it is made, or why it cannot be; and the outcomes that are kept of them, which are `known` from then on."""
    results: list[bool | str] = []
    made: list[Outcome] = []
    for one in corrections:
        if one.source_id in known:
            results.append(False)
            continue
        wrong = known.get(one.corrects)
        if why := refusal(one, known, units.get(wrong.key) if wrong else None, standing):
            results.append(why)
            continue
        assert wrong
        results.append(True)
        made.append(_right(one, wrong, standing, work))
        known[one.source_id] = made[-1]
        known[one.corrects] = replace(wrong, corrected_by=one.source_id)
    return results, made


def _right(correction: Correction, wrong: Outcome, standing: Standing, work: Work) -> Outcome:
    """What takes the place of `wrong`. An answer that told of the touch goes on telling of it."""
    is_touch = wrong.kind is OutcomeKind.TOUCHED
    return replace(
        wrong,
        source_id=correction.source_id,
        kind=correction.kind,
        first_touch_at=None if is_touch else wrong.first_touch_at,
        value=correction.value,
        counts_for=counts_for(correction.kind, standing.metric, correction.value),
        recorded_at=work.at,
        corrects=wrong.source_id,
    )


async def _settle(
    rows: OutcomeRepository,
    standing: Standing,
    made: Sequence[Outcome],
    known: Mapping[str, Outcome],
    units: Mapping[str, Unit],
    window: timedelta,
) -> tuple[Standing, Mapping[UUID, RunGain]]:
    """The epoch and its runs after the corrections, whose units are written."""
    keys = {one.key for one in made}
    lost = {one.key for one in made if known[one.corrects or ""].kind is OutcomeKind.TOUCHED}
    touches = await rows.touches(lost) if lost else {}
    successes, contacted = await rows.successes(keys), await rows.contacted(keys)
    after: list[Unit] = []
    gains: dict[UUID, RunGain] = {}
    for key in keys & units.keys():
        was = units[key]
        fresh = was
        if key in lost:
            told = [_touch(run_id, one, was, window) for run_id, one in touches.get(key, ())]
            fresh = touched_again(was, told, standing.counted_through)
        unit = put_right(fresh, of_the_first(fresh, successes.get(key, ()), contacted.get(key, {})))
        if unit != was:
            after.append(unit)
            standing = _moved(standing, was, unit, gains)
    if after:
        await rows.write_units(after)
    return standing, gains


def _moved(standing: Standing, was: Unit, unit: Unit, gains: dict[UUID, RunGain]) -> Standing:
    """The epoch after the unit has become another; what its runs gain is added to `gains`."""
    for run_id, touched in ((was.run_id, -1), (unit.run_id, 1)):
        if run_id and was.run_id != unit.run_id:
            gains[run_id] = gains.get(run_id, RunGain()) + RunGain(touched=touched)
    counted = was.is_counted(standing.counted_through)
    if counted and (was.value, was.success_at) != (unit.value, unit.success_at):
        standing = with_correction(standing, was, unit)
        if unit.run_id:
            gain = RunGain(successes=gained_success(was, unit), value=unit.value - was.value)
            gains[unit.run_id] = gains.get(unit.run_id, RunGain()) + gain
    return replace(
        standing,
        touched=standing.touched + int(unit.run_id is not None) - int(was.run_id is not None),
        late=standing.late + unit.is_late - was.is_late,
    )


def _touch(run_id: UUID, told: Outcome, was: Unit, window: timedelta) -> Touch:
    """As if it had been reported late: whether the history was complete is not known any more."""
    assert told.first_touch_at
    matures = matures_at(told.first_touch_at, window, told.recorded_at, is_complete=False)
    return Touch(told.first_touch_at, matures, run_id, was.variant, told.person)


def _kinds(standing: Standing, made: Sequence[Outcome], known: Mapping[str, Outcome]) -> dict[str, int]:
    """Outcomes by kind, of those that stand."""
    kinds = Counter(standing.kinds)
    kinds.subtract(str(known[one.corrects or ""].kind) for one in made)
    kinds.update(str(one.kind) for one in made)
    del kinds[str(OutcomeKind.RETRACTED)]
    return dict(+kinds)
