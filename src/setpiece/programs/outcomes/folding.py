"""Units whose window is over are counted, once: the tally grows by them, and nothing is counted again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from setpiece.programs.evidence.tally import (
    Tally,
    add,
    log_evidence_of_missing,
    log_evidence_of_surpassing,
    replaced,
)
from setpiece.programs.evidence.target import NotEvaluable, RateTarget, Target, target_of
from setpiece.programs.model import Program, Run
from setpiece.programs.outcomes.epoch_repository import EpochRepository, Matured, Point, RunGain
from setpiece.programs.outcomes.model import Standing, Unit
from setpiece.programs.spec.model import Spec
from setpiece.workspaces.work import Work

MOST_VARIANTS = 200
"""Of an epoch; a playbook prepares twenty. Who names one for each lead has no count of the others, and the epoch's row stays small."""


def fresh_standing(program_id: UUID, epoch: int, spec: Spec) -> Standing:
    """An epoch of which nothing is known yet, with what its spec tests."""
    adaptation = spec.adaptation
    return Standing(
        program_id,
        epoch,
        spec.strategy.success_metric,
        adaptation.unit,
        adaptation.false_pivot_rate,
        target_of(spec),
    )


async def fold(work: Work, fresh: Standing) -> Standing:
    """The epoch with everything counted that has matured by now. Opens a transaction where there is none."""
    async with work.connection.transaction():
        epochs = EpochRepository(work.scope)
        standing = await epochs.hold(fresh, work.at)
        matured = await epochs.matured(standing, work.at)
        if not matured:
            return standing
        return await keep(work, standing, _counted(standing, matured), _gains(matured))


async def keep(work: Work, before: Standing, after: Standing, gains: Mapping[UUID, RunGain]) -> Standing:
    """Write the epoch, which was `before`, and what its runs gain; gives it with the evidence of its tally, noted where that changed."""
    epochs = EpochRepository(work.scope)
    if after.tally != before.tally:
        after = _weighed(after)
        await _note_evidence(work, after)
    await epochs.write(after, work.at)
    for run_id, gain in gains.items():
        await epochs.add_to_run(run_id, gain, is_share=after.metric == "reply_rate")
    return after


def window_of(program: Program, run: Run) -> timedelta:
    """How long a unit of the run has from its first touch: as the playbook says now, for an epoch that is over as the run's spec said."""
    spec = program.spec if run.epoch == program.epoch else run.spec
    return timedelta(days=spec.adaptation.pivot_window_days)


def _weighed(standing: Standing) -> Standing:
    """The epoch with the evidence that follows from its tally."""
    target, tally = standing.target, standing.tally
    if isinstance(target, NotEvaluable):
        return standing
    logs = log_evidence_of_missing(tally, target), log_evidence_of_surpassing(tally, target)
    return replace(standing, known=logs)


async def _note_evidence(work: Work, standing: Standing) -> None:
    """A point of the curve, where there is something to test."""
    if standing.known:
        point = Point(work.at, standing.samples, standing.successes, *standing.known)
        await EpochRepository(work.scope).add_point(standing, point)


def with_correction(standing: Standing, was: Unit, unit: Unit) -> Standing:
    """The epoch after a success of a counted unit was reported late, or was taken back. The greatest evidence so far starts again from the corrected one."""
    tally = standing.tally
    if not isinstance(standing.target, NotEvaluable):
        before, after = (_outcome(one, standing.target) for one in (was, unit))
        tally = replaced(tally, standing.target, before, after)
    gained = gained_success(was, unit)
    return replace(
        standing,
        tally=tally,
        successes=standing.successes + gained,
        value=standing.value + unit.value - was.value,
        corrected=standing.corrected + max(gained, 0),
        retracted=standing.retracted + max(-gained, 0),
        variants=with_shown(standing.variants, [(unit.variant, 0, gained)]),
    )


def gained_success(was: Unit, unit: Unit) -> int:
    """1 when it has succeeded since, -1 when that was taken back."""
    return int(unit.success_at is not None) - int(was.success_at is not None)


def _outcome(unit: Unit, target: Target) -> float:
    if isinstance(target, RateTarget):
        return float(unit.success_at is not None)
    return unit.value


def _gains(matured: Sequence[Matured]) -> Mapping[UUID, RunGain]:
    """What each run gains."""
    gains: dict[UUID, RunGain] = {}
    for one in matured:
        gain = RunGain(samples=one.samples, successes=len(one.values), value=sum(one.values))
        gains[one.run_id] = gains.get(one.run_id, RunGain()) + gain
    return gains


def _counted(standing: Standing, matured: Sequence[Matured]) -> Standing:
    values = [value for one in matured for value in one.values]
    return replace(
        standing,
        samples=standing.samples + sum(one.samples for one in matured),
        successes=standing.successes + len(values),
        value=standing.value + sum(values),
        counted_through=max(standing.counted_through, *(one.through for one in matured)),
        variants=with_shown(
            standing.variants, [(one.variant, one.samples, len(one.values)) for one in matured]
        ),
        tally=_tallied(standing, matured),
    )


def with_shown(
    shown: Mapping[str, tuple[int, int]], more: Iterable[tuple[str | None, int, int]]
) -> Mapping[str, tuple[int, int]]:
    """What variants have shown, units and successes, with more of some: units, and successes among those or among earlier ones."""
    found = dict(shown)
    for variant, samples, successes in more:
        is_new = variant not in found
        if variant is None or (is_new and (not samples or len(found) >= MOST_VARIANTS)):
            continue
        units, succeeded = found.get(variant, (0, 0))
        found[variant] = (units + samples, succeeded + successes)
    return found


def _tallied(standing: Standing, matured: Sequence[Matured]) -> Tally:
    """In one batch, whichever runs the units are of."""
    target = standing.target
    if isinstance(target, NotEvaluable):
        return standing.tally
    values = [value for one in matured for value in one.values]
    if isinstance(target, RateTarget):
        values = [1.0] * len(values)
    nothing = [0.0] * (sum(one.samples for one in matured) - len(values))
    return add(standing.tally, target, values + nothing)
