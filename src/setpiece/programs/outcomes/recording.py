"""Outcomes of a run are taken in: kept once, and laid to the units that they are about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from setpiece.programs.leads.accounts import company_domain
from setpiece.programs.model import Program, Run
from setpiece.programs.outcomes.counting import (
    Success,
    Touch,
    counts_for,
    matures_at,
    of_the_first,
    with_successes,
    with_touch,
)
from setpiece.programs.outcomes.epoch_repository import EpochRepository, RunGain
from setpiece.programs.outcomes.folding import fresh_standing, keep, window_of, with_correction
from setpiece.programs.outcomes.model import Event, Outcome, OutcomeKind, Standing, Taken, Unit
from setpiece.programs.outcomes.naming import find_unit, learn, names_of, person_of
from setpiece.programs.outcomes.repository import OutcomeRepository
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a batch is taken in with.

    Attributes:
        window: How long a unit has from its first touch.
        is_complete: Everything is reported that followed the touches in it.
    """

    run: Run
    window: timedelta
    is_complete: bool


async def record(
    work: Work, program: Program, run: Run, events: Sequence[Event], *, is_complete: bool = False
) -> Taken:
    """Take in what came of a run of the program, as evidence of the run's epoch. Needs a transaction.

    An event that the run has already, by its source id, changes nothing. Each event has to say whom it is about. With
    `is_complete`, for history that is brought in, touches mature by their own date however old they are; otherwise one that is reported
    late matures as if it were a day old, so that replies have time to be reported, too.

    Batches of one program go one after the other.
    """
    batch = _Batch(run, window_of(program, run), is_complete)
    standing = await EpochRepository(work.scope).hold(
        fresh_standing(program.id, run.epoch, run.spec), work.at
    )
    rows = OutcomeRepository(work.scope, program.id, run.epoch)
    outcomes = await _named(work, rows, standing, events)
    once = {one.source_id: one for one in reversed(outcomes)}
    added = await rows.add(run.id, list(once.values()))
    new = [one for source_id, one in once.items() if source_id in added]
    untouched = 0
    if new:
        variant_by_source = {one.source_id: one.variant for one in events if one.variant}
        settled, gain, untouched = await _settle(work, rows, standing, batch, new, variant_by_source)
        await keep(work, standing, settled, gain)
    differing = await _differing(rows, run, outcomes, once, added)
    return Taken(_first_of_each(outcomes, added), run.epoch, differing, untouched)


async def _differing(
    rows: OutcomeRepository,
    run: Run,
    outcomes: Sequence[Outcome],
    once: Mapping[str, Outcome],
    added: set[str],
) -> frozenset[str]:
    """Source ids under which something else is kept than these outcomes say. When it happened is not compared: a repetition may not know."""
    before = once.keys() - added
    kept = {**once, **(await rows.named(run.id, before) if before else {})}
    said = ((one.source_id, (one.kind, one.key, one.value)) for one in outcomes)
    return frozenset(
        name for name, told in said if told != (kept[name].kind, kept[name].key, kept[name].value)
    )


async def _named(
    work: Work, rows: OutcomeRepository, standing: Standing, events: Sequence[Event]
) -> list[Outcome]:
    """The events with the units they are about; new names are kept."""
    names = [names_of(one, standing.unit, company_domain, str(work.workspace_id)) for one in events]
    known, persons = await rows.known({name.digest for some in names for name in some})
    learnt: dict[UUID, str] = {}
    outcomes: list[Outcome] = []
    for event, some in zip(events, names, strict=True):
        key = find_unit(some, known)
        learnt |= dict.fromkeys(learn(some, key, known), key)
        outcomes.append(_outcome(event, key, person_of(some, persons), standing, work))
    if learnt:
        await rows.learn(learnt, persons)
    return outcomes


def _outcome(event: Event, key: str, person: UUID | None, standing: Standing, work: Work) -> Outcome:
    """Nothing happens after it was reported: what claims to is taken for now."""
    at = min(event.at, work.at)
    told = at if event.kind is OutcomeKind.TOUCHED and event.first_touch_at is None else event.first_touch_at
    return Outcome(
        source_id=event.source_id,
        key=key,
        kind=event.kind,
        at=at,
        first_touch_at=told and min(told, work.at),
        value=event.value,
        lead_id=event.lead_id,
        counts_for=counts_for(event.kind, standing.metric, event.value),
        recorded_at=work.at,
        person=person,
    )


async def _settle(
    work: Work,
    rows: OutcomeRepository,
    standing: Standing,
    batch: _Batch,
    new: Sequence[Outcome],
    variant_by_source: Mapping[str, str],
) -> tuple[Standing, Mapping[UUID, RunGain], int]:
    """The epoch and its runs after the new outcomes, whose units are written; and how many of these no touch is known of."""
    by_key: dict[str, list[Outcome]] = {}
    for one in new:
        by_key.setdefault(one.key, []).append(one)
    before = await rows.units(by_key)
    successes = await rows.successes(by_key)
    contacted = await rows.contacted(successes) if successes else {}
    after: list[Unit] = []
    gains: dict[UUID, RunGain] = {}
    touched = late = untouched = 0
    for key, outcomes in by_key.items():
        was = before.get(key) or Unit(key)
        touches = [_touch(one, batch, work, variant_by_source) for one in outcomes if one.first_touch_at]
        unit = _after(was, touches, successes.get(key, ()), contacted.get(key, {}), standing.counted_through)
        untouched += unit.first_touch_at is None
        if unit == was and key in before:
            continue
        after.append(unit)
        late += unit.is_late - was.is_late
        if was.first_touch_at is None and unit.first_touch_at is not None:
            touched += 1
            _add(gains, unit, RunGain(touched=1))
        is_corrected = (was.value, was.success_at) != (unit.value, unit.success_at)
        if is_corrected and was.is_counted(standing.counted_through):
            standing = with_correction(standing, was, unit)
            _add(gains, unit, RunGain(successes=int(was.success_at is None), value=unit.value - was.value))
    if after:
        await rows.write_units(after)
    kinds = Counter(standing.kinds) + Counter(str(one.kind) for one in new)
    grown = replace(
        standing, touched=standing.touched + touched, late=standing.late + late, kinds=dict(kinds)
    )
    return grown, gains, untouched


def _add(gains: dict[UUID, RunGain], unit: Unit, gain: RunGain) -> None:
    """To the run that touched the unit first."""
    if unit.run_id:
        gains[unit.run_id] = gains.get(unit.run_id, RunGain()) + gain


def _touch(one: Outcome, batch: _Batch, work: Work, variant_by_source: Mapping[str, str]) -> Touch:
    assert one.first_touch_at
    matures = matures_at(one.first_touch_at, batch.window, work.at, is_complete=batch.is_complete)
    return Touch(one.first_touch_at, matures, batch.run.id, variant_by_source.get(one.source_id), one.person)


def _after(
    unit: Unit,
    touches: Sequence[Touch],
    successes: Sequence[Success],
    contacted: Mapping[UUID, datetime],
    through: datetime,
) -> Unit:
    for touch in sorted(touches, key=lambda one: one.at) if len(touches) > 1 else touches:
        unit = with_touch(unit, touch, through)
    return with_successes(unit, of_the_first(unit, successes, contacted), through)


def _first_of_each(outcomes: Sequence[Outcome], added: set[str]) -> list[bool]:
    """Whether each was kept; of those with the same source id only the first can be."""
    left = set(added)
    is_new = []
    for one in outcomes:
        is_new.append(one.source_id in left)
        left.discard(one.source_id)
    return is_new
