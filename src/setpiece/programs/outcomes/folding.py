"""Units whose window is over are counted, once: the tally grows by them, and nothing is counted again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from setpiece.programs.evidence.tally import (
    Tally,
    add,
    log_evidence_of_missing,
    log_evidence_of_surpassing,
    replaced,
)
from setpiece.programs.evidence.target import NotEvaluable, RateTarget, Target, target_of
from setpiece.programs.outcomes.epoch_repository import EpochRepository, Matured, Point, RunGain
from setpiece.programs.outcomes.model import Standing, Unit
from setpiece.programs.spec.model import Spec
from setpiece.workspaces.work import Work


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
        for one in matured:
            gain = RunGain(samples=one.samples, successes=len(one.values), value=sum(one.values))
            await epochs.add_to_run(one.run_id, gain, is_share=standing.metric == "reply_rate")
            standing = _counted(standing, one)
        standing = weighed(replace(standing, tally=_tallied(standing, matured)))
        await epochs.write(standing, work.at)
        await note_evidence(work, standing)
        return standing


def weighed(standing: Standing) -> Standing:
    """The epoch with the evidence that follows from its tally."""
    target, tally = standing.target, standing.tally
    if isinstance(target, NotEvaluable):
        return standing
    logs = log_evidence_of_missing(tally, target), log_evidence_of_surpassing(tally, target)
    return replace(standing, known=logs)


async def note_evidence(work: Work, standing: Standing) -> None:
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
        variants=_shown(standing, unit.variant, 0, gained),
    )


def gained_success(was: Unit, unit: Unit) -> int:
    """1 when it has succeeded since, -1 when that was taken back."""
    return int(unit.success_at is not None) - int(was.success_at is not None)


def _outcome(unit: Unit, target: Target) -> float:
    if isinstance(target, RateTarget):
        return float(unit.success_at is not None)
    return unit.value


def _counted(standing: Standing, matured: Matured) -> Standing:
    return replace(
        standing,
        samples=standing.samples + matured.samples,
        successes=standing.successes + len(matured.values),
        value=standing.value + sum(matured.values),
        counted_through=max(standing.counted_through, matured.through),
        variants=_shown(standing, matured.variant, matured.samples, len(matured.values)),
    )


def _shown(
    standing: Standing, variant: str | None, samples: int, successes: int
) -> Mapping[str, tuple[int, int]]:
    """What the variants have shown, with more of one."""
    if variant is None:
        return standing.variants
    units, succeeded = standing.variants.get(variant, (0, 0))
    return {**standing.variants, variant: (units + samples, succeeded + successes)}


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
