"""How sure a choice is, and in which words the doubt is put."""

from dataclasses import dataclass

from setpiece.library.titles.words import shown
from setpiece.matching.model import Confidence, Kind

ORDER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


@dataclass(frozen=True, slots=True)
class Bar:
    """Least score and least margin to the runner-up for MEDIUM and for HIGH."""

    medium_score: float
    medium_margin: float
    high_score: float
    high_margin: float


BARS: dict[Kind, Bar] = {
    Kind.PERSONA: Bar(medium_score=0.30, medium_margin=0.06, high_score=0.42, high_margin=0.15),
    Kind.PLAYBOOK: Bar(medium_score=0.35, medium_margin=0.05, high_score=0.55, high_margin=0.15),
    Kind.OFFERING: Bar(medium_score=0.35, medium_margin=0.05, high_score=0.60, high_margin=0.15),
    Kind.SEGMENT: Bar(medium_score=0.25, medium_margin=0.08, high_score=0.50, high_margin=0.20),
}
"""Judgement on the tables in tests/unit/matching."""

FLOOR: dict[Kind, float] = {Kind.PERSONA: 0.22, Kind.SEGMENT: 0.12}
"""Below this a persona or segment is not chosen: nothing in the library fits. Judgement on the same tables."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A confidence and, unless it is HIGH, the doubts in plain clauses."""

    confidence: Confidence
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """A bound on the confidence from outside the score, with the clause that says why."""

    at_most: Confidence
    doubt: str


def judge(
    kind: Kind, score: float, margin: float, runner_up: str | None, caps: tuple[Cap, ...] = ()
) -> Verdict:
    """Confidence by score and margin, lowered by the caps."""
    bar = BARS[kind]
    if score >= bar.high_score and margin >= bar.high_margin:
        verdict = Verdict(Confidence.HIGH)
    elif score >= bar.medium_score and margin >= bar.medium_margin:
        verdict = Verdict(Confidence.MEDIUM, _doubts(bar, score, margin, runner_up))
    else:
        verdict = Verdict(Confidence.LOW, _doubts(bar, score, margin, runner_up))
    return _lowered(verdict, caps)


def _doubts(bar: Bar, score: float, margin: float, runner_up: str | None) -> tuple[str, ...]:
    doubts = []
    if score < bar.high_score:
        doubts.append("the evidence is thin" if score < bar.medium_score else "the evidence is partial")
    if margin < bar.high_margin and runner_up is not None:
        near = (
            "as well" if margin == 0 else "almost as well" if margin < bar.medium_margin else "nearly as well"
        )
        doubts.append(f"“{shown(runner_up)}” fits {near}")
    return tuple(doubts)


def _lowered(verdict: Verdict, caps: tuple[Cap, ...]) -> Verdict:
    """The strictest cap decides; every cap below the score's own verdict, or equal to it, is said first."""
    lowest = min([verdict.confidence, *(cap.at_most for cap in caps)], key=ORDER.index)
    said = tuple(cap.doubt for cap in caps if ORDER.index(cap.at_most) <= ORDER.index(verdict.confidence))
    return Verdict(lowest, (*said, *verdict.doubts))
