"""What a program is measured against: a success rate, a mean value between bounds, or nothing that can be tested."""

import math
from dataclasses import dataclass

from setpiece.programs.spec.model import Spec


@dataclass(frozen=True, slots=True)
class RateTarget:
    """Each unit succeeds or not; the program is fine while each does with a probability of at least `rate`."""

    rate: float


@dataclass(frozen=True, slots=True)
class MeanTarget:
    """Each unit has a value, clipped to [floor, cap]; the program is fine while the clipped mean reaches `mean`.

    With `lower_is_better` it is fine while the mean is at most `mean`.
    """

    mean: float
    floor: float
    cap: float
    lower_is_better: bool = False

    @property
    def scaled_mean(self) -> float:
        return self.scaled(self.mean)

    def scaled(self, value: float) -> float:
        """The value in [0, 1], where more is better."""
        share = (min(max(value, self.floor), self.cap) - self.floor) / (self.cap - self.floor)
        return 1 - share if self.lower_is_better else share

    def unscaled(self, share: float) -> float:
        """A scaled value or mean in the metric's own unit again."""
        return self.floor + (1 - share if self.lower_is_better else share) * (self.cap - self.floor)


@dataclass(frozen=True, slots=True)
class NotEvaluable:
    """No test is possible, and why: a sentence that says what to set."""

    reason: str


Target = RateTarget | MeanTarget


def target_of(spec: Spec) -> Target | NotEvaluable:
    """The target of a program's spec; all that it is made of opens a new epoch when it changes."""
    strategy = spec.strategy
    return read_target(
        strategy.success_metric,
        strategy.success_target,
        spec.lead_source.sample_size,
        target_rate=strategy.target_rate,
        floor=strategy.value_floor,
        cap=strategy.value_cap,
        direction=strategy.direction,
        detection_recall=spec.adaptation.detection_recall,
    )


def read_target(
    metric: str | None,
    target: float | None,
    sample_size: int,
    *,
    target_rate: float | None = None,
    floor: float | None = None,
    cap: float | None = None,
    direction: str | None = None,
    detection_recall: float = 1.0,
) -> Target | NotEvaluable:
    """The target, from its parts.

    Args:
        metric: `strategy.successMetric`.
        target: `strategy.successTarget`, in the metric's own unit.
        sample_size: `leadSource.sampleSize`: the units in which that many meetings, or that much revenue, are wanted.
        target_rate: A success rate of its own; goes before everything else.
        floor: Least value of a unit; for `custom` it has to be given.
        cap: Greatest value of a unit. Larger ones count as this: without a cap one huge deal could still come, and nothing could ever be concluded.
            For `pipeline_arr` without one it is the whole target.
        direction: Of `custom`: `higher` or `lower` is better.
        detection_recall: Share of the true successes that are noticed. The target is lowered by it, because a program on target shows no more.
    """
    if target_rate is not None:
        return _rate(target_rate * detection_recall, "The rate in strategy.xTargetRate")
    if metric is None:
        return NotEvaluable("It has no success metric; set strategy.successMetric.")
    if target is None or not math.isfinite(target):
        return NotEvaluable("It has no success target; set strategy.successTarget.")
    if metric == "reply_rate":
        return _rate(
            (target if target < 1 else target / 100) * detection_recall,
            "The reply rate in strategy.successTarget",
        )
    if metric == "meeting_booked":
        booked = f"{_number(target)} meetings (strategy.successTarget) of {sample_size} leads (leadSource.sampleSize)"
        return _rate(target / sample_size * detection_recall, booked)
    if metric == "pipeline_arr":
        return _revenue(target, sample_size, cap, detection_recall)
    if floor is None or cap is None or direction is None:
        return NotEvaluable(
            "A custom metric can be judged once strategy.xValueFloor, xValueCap and xDirection are set, or xTargetRate."
        )
    return _mean(MeanTarget(target, floor, cap, lower_is_better=direction == "lower"))


def _rate(rate: float, named: str) -> RateTarget | NotEvaluable:
    if 0 < rate < 1:
        return RateTarget(rate)
    why = (
        "0, which every playbook reaches; set it higher"
        if rate <= 0
        else "100 % or more, which no playbook reaches; set it lower"
    )
    return NotEvaluable(f"{named} is {why}.")


def _revenue(
    target: float, sample_size: int, cap: float | None, detection_recall: float
) -> MeanTarget | NotEvaluable:
    if target <= 0:
        return NotEvaluable(
            "Every playbook reaches a revenue target of 0; set strategy.successTarget above it."
        )
    return _mean(MeanTarget(target / sample_size * detection_recall, 0.0, target if cap is None else cap))


def _mean(target: MeanTarget) -> MeanTarget | NotEvaluable:
    if target.floor < target.mean < target.cap and math.isfinite(target.cap - target.floor):
        return target
    return NotEvaluable(
        f"A mean of {_number(target.mean)} for each lead is not between the least ({_number(target.floor)}) and the greatest"
        f" ({_number(target.cap)}) value that a lead can have; change the target or these bounds."
    )


def _number(value: float) -> str:
    return f"{value:,.6g}"
