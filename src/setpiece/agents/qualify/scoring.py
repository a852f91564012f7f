"""The published formula: from answers to a score of 1 to 10. docs/qualifying.md tells it in words.

Weights and factors are judgement; they are not measured on deals.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from setpiece.agents.qualify.evaluate.verdict import Answer, Verdict
from setpiece.matching.model import Confidence


class Weight(StrEnum):
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    INSTANT_DISQUALIFIER = "INSTANT_DISQUALIFIER"


POINTS: Mapping[Weight, float] = {
    Weight.LOW: 1.0,
    Weight.MEDIUM: 2.0,
    Weight.HIGH: 3.0,
    Weight.INSTANT_DISQUALIFIER: 0.0,
}
"""A disqualifier gives and takes no points: it sinks the section, or it does nothing."""
SURENESS: Mapping[Confidence, float] = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.8, Confidence.LOW: 0.5}
BAD_SIGN_ABSENT = 0.5
"""A no to a question of the BAD type: half of what a yes to a GOOD one brings."""
FIT_POINTS = 3.0
"""Of a persona's title fit: as much as a HIGH question."""
NEUTRAL_FIT = 0.42
"""The score of matching that speaks neither for nor against: from there on a persona can be HIGH."""
SUNK_CAP = 3
"""What the overall score can be at most when a section that contributes is disqualified."""


@dataclass(frozen=True, slots=True)
class Question:
    """One active qualifying question; `implied` when it stands for a segment's firmographics."""

    text: str
    good: bool = True
    weight: Weight = Weight.MEDIUM
    alternatives: tuple[str, ...] = ()
    """Questions of which one yes is enough, where `text` only tells what they ask."""

    @property
    def implied(self) -> bool:
        return bool(self.alternatives)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer; `contribution` in points, between minus and plus its weight."""

    question: Question
    verdict: Verdict
    contribution: float
    disqualifies: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """How well matching finds that the job title fits, 0 to 1, and what it adds in points."""

    value: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Qualification:
    """A candidate scored. `balance` is -1 to 1, `score` the same on 1 to 10; `known_ratio` the part of the weight answered."""

    balance: float
    score: int
    confidence: Confidence
    known_ratio: float
    answered: tuple[Answered, ...] = ()
    fit: Fit | None = None

    @property
    def disqualifying(self) -> tuple[Answered, ...]:
        return tuple(one for one in self.answered if one.disqualifies)

    @property
    def is_blank(self) -> bool:
        """Whether there was nothing to score: no question and no fit."""
        return not self.answered and self.fit is None


def answered(question: Question, verdict: Verdict) -> Answered:
    """The answer with its points; unknown has none."""
    speaks_for = (verdict.answer is Answer.YES) == question.good
    known = verdict.answer is not Answer.UNKNOWN
    sinks = question.weight is Weight.INSTANT_DISQUALIFIER and known and not speaks_for
    if not known:
        return Answered(question, verdict, 0.0, disqualifies=False)
    size = POINTS[question.weight] * SURENESS[verdict.confidence]
    half = BAD_SIGN_ABSENT if speaks_for and not question.good else 1.0
    return Answered(question, verdict, round((1 if speaks_for else -1) * size * half, 4), disqualifies=sinks)


def fit_of(value: float) -> Fit:
    """From matching's score: 0 gives minus all points, NEUTRAL_FIT none, 1 all."""
    span = 1 - NEUTRAL_FIT if value >= NEUTRAL_FIT else NEUTRAL_FIT
    return Fit(value, round(FIT_POINTS * (value - NEUTRAL_FIT) / span, 4))


def qualify(answers: Sequence[Answered], fit: Fit | None = None) -> Qualification:
    """The balance is points reached / points there were; what is unknown stays in the second sum and so pulls to the middle."""
    weights = [POINTS[one.question.weight] for one in answers] + ([FIT_POINTS] if fit else [])
    reached = math.fsum([*(one.contribution for one in answers), *([fit.contribution] if fit else [])])
    total = math.fsum(weights)
    known = math.fsum(
        POINTS[one.question.weight] for one in answers if one.verdict.answer is not Answer.UNKNOWN
    )
    ratio = (known + (FIT_POINTS if fit else 0.0)) / total if total else 0.0
    balance = round(reached / total, 4) if total else 0.0
    if any(one.disqualifies for one in answers):
        return Qualification(-1.0, 1, Confidence.HIGH, round(ratio, 4), tuple(answers), fit)
    return Qualification(balance, score_of(balance), _confidence(ratio), round(ratio, 4), tuple(answers), fit)


def score_of(balance: float) -> int:
    """-1 gives 1, 0 gives 5, 1 gives 10; halves are rounded down, so that knowing nothing is no 6."""
    return min(10, max(1, math.ceil(5.5 + 4.5 * balance - 0.5)))


def overall(sections: Sequence[Qualification]) -> tuple[int, float]:
    """Score and balance over the sections that contribute and had something to score, each counting the same."""
    counted = [one for one in sections if not one.is_blank]
    if not counted:
        return score_of(0.0), 0.0
    balance = round(math.fsum(one.balance for one in counted) / len(counted), 4)
    score = score_of(balance)
    return (min(score, SUNK_CAP) if any(one.disqualifying for one in counted) else score), balance


def _confidence(ratio: float) -> Confidence:
    """By the part of the weight that was answered: three quarters, two fifths. Judgement."""
    return Confidence.HIGH if ratio >= 0.75 else Confidence.MEDIUM if ratio >= 0.4 else Confidence.LOW
