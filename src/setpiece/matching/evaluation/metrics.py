"""Accuracy, reciprocal rank, calibration, confusion, and how well people outside the library are recognised."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from setpiece.matching.evaluation.model import Judged
from setpiece.matching.model import Confidence


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of`; the ratio is None when there was nothing to count."""

    hits: int
    of: int

    @property
    def ratio(self) -> float | None:
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Confusion:
    """`expected` was right, `predicted` was chosen, so many times."""

    expected: str
    predicted: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run says of one kind.

    Attributes:
        at_1: Of the people inside the library, how many got the right one.
        at_3: How many had it among the first three.
        reciprocal_rank: Mean of 1/rank over them, 0 where it was nowhere; 0..1.
        overall: Of everybody, how many got the right one or, rightly, none.
        none_recall: Of the people outside the library, how many got none.
        none_precision: Of those who got none, how many are outside.
        by_confidence: Of the choices made with each confidence, how many were right.
        confusion: Every pair that came up, wrong ones first, the frequent before the rare.
    """

    at_1: Rate
    at_3: Rate
    reciprocal_rank: float | None
    overall: Rate
    none_recall: Rate
    none_precision: Rate
    by_confidence: dict[Confidence, Rate]
    confusion: tuple[Confusion, ...]


def summarize(judged: Sequence[Judged]) -> Summary:
    inside = [one for one in judged if not one.is_outside]
    outside = [one for one in judged if one.is_outside]
    unchosen = [one for one in judged if not one.ranked]
    return Summary(
        at_1=within(inside, 1),
        at_3=within(inside, 3),
        reciprocal_rank=reciprocal_rank(inside),
        overall=_rate(judged, lambda one: one.is_right),
        none_recall=_rate(outside, lambda one: not one.ranked),
        none_precision=_rate(unchosen, lambda one: one.is_outside),
        by_confidence={
            level: _rate([one for one in judged if one.confidence is level], lambda one: one.is_right)
            for level in Confidence
        },
        confusion=confusion(judged),
    )


def within(inside: Sequence[Judged], places: int) -> Rate:
    """How many have a right label among the first `places`."""
    return _rate(inside, lambda one: one.rank is not None and one.rank <= places)


def reciprocal_rank(inside: Sequence[Judged]) -> float | None:
    """None without cases."""
    if not inside:
        return None
    return sum(1 / one.rank if one.rank else 0.0 for one in inside) / len(inside)


def confusion(judged: Sequence[Judged]) -> tuple[Confusion, ...]:
    """Where several labels are right, the one that was chosen counts as expected, else the first."""
    pairs = Counter((one.predicted if one.is_right else one.expected[0], one.predicted) for one in judged)
    found = [Confusion(expected, predicted, count) for (expected, predicted), count in pairs.items()]
    return tuple(
        sorted(
            found, key=lambda one: (one.expected == one.predicted, -one.count, one.expected, one.predicted)
        )
    )


def _rate(several: Sequence[Judged], is_hit: Callable[[Judged], bool]) -> Rate:
    return Rate(sum(map(is_hit, several)), len(several))
