"""Candidates of one kind in order of their score."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Generic, TypeVar

from setpiece.matching.model import Named, Ranked, Reading
from setpiece.matching.signal import Scene, Signal

C = TypeVar("C", bound=Named)

Finding = tuple[str, float, float, Callable[[C], str]]
"""Signal, weight (those of one ranking sum to 1), value 0..1, and who can say why."""

SHOWN = 10
"""How many ranked candidates a pick carries."""

_PLACES = 4
"""Scores are rounded, so that the order of floating-point sums cannot decide between equals."""


@dataclass(frozen=True, slots=True)
class Scored(Generic[C]):
    """A candidate, its score 0..1, and what each signal that took part found."""

    candidate: C
    score: float
    findings: tuple[Finding[C], ...]

    @property
    def values(self) -> dict[str, float]:
        """What each signal that took part found, 0..1."""
        return {name: value for name, _, value, _ in self.findings}


def rank(signals: Sequence[Signal[C]], scene: Scene, candidates: Sequence[C]) -> tuple[Scored[C], ...]:
    """Score = sum of weight times value over the signals that take part; equals keep the order given."""
    opened = [(signal, signal.open(scene, candidates)) for signal in signals]
    taking_part = [(signal, measure) for signal, measure in opened if measure]
    total = sum(signal.weight for signal, _ in taking_part)
    # Signal by signal, because there are hundreds of candidates and few signals.
    columns: list[list[Finding[C]]] = []
    parts: list[list[float]] = []
    for signal, measure in taking_part:
        name, weight, note = signal.name, signal.weight / total, measure.note
        values = list(map(measure.value, candidates))
        columns.append([(name, weight, value, note) for value in values])
        parts.append([weight * value for value in values])
    findings = zip(*columns, strict=True) if columns else repeat(())
    sums = map(math.fsum, zip(*parts, strict=True)) if parts else repeat(0.0)
    scored = [
        Scored(candidate, round(score, _PLACES), found)
        for candidate, score, found in zip(candidates, sums, findings, strict=False)
    ]
    return tuple(sorted(scored, key=lambda one: -one.score))


def scores(ranked: Sequence[Scored[C]]) -> dict[str, float]:
    return {one.candidate.id: one.score for one in ranked}


def show(
    ranked: Sequence[Scored[C]], exclusions: Mapping[str, str], chosen: str | None = None
) -> tuple[Ranked, ...]:
    """The best few for the record, the chosen one among them, with each signal's share."""
    best = list(ranked[:SHOWN])
    if chosen is not None and all(one.candidate.id != chosen for one in best):
        best[SHOWN - 1 :] = [one for one in ranked if one.candidate.id == chosen]
    return tuple(_shown(one, exclusions.get(one.candidate.id)) for one in best)


def _shown(one: Scored[C], excluded: str | None) -> Ranked:
    reached = math.fsum(weight * value for _, weight, value, _ in one.findings)
    readings = tuple(
        Reading(
            signal=name,
            value=round(value, _PLACES),
            weight=round(weight, _PLACES),
            share=round(weight * value / reached, _PLACES) if reached else 0.0,
            note=note(one.candidate) if value > 0 else "",
        )
        for name, weight, value, note in one.findings
    )
    return Ranked(one.candidate.id, one.candidate.name, one.score, readings, excluded)
