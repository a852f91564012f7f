"""What a rule says of a question."""

from dataclasses import dataclass
from enum import StrEnum

from setpiece.matching.model import Confidence


class Answer(StrEnum):
    """`Unknown` is ours; the contract knows the other two."""

    YES = "Yes"
    NO = "No"
    UNKNOWN = "Unknown"

    @property
    def flipped(self) -> "Answer":
        return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(self, self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in the request the answer stands, and its words."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer with what it rests on and a sentence that says how; an unknown rests on nothing."""

    answer: Answer
    rationale: str
    confidence: Confidence = Confidence.LOW
    evidence: tuple[Evidence, ...] = ()


def yes(evidence: Evidence, rationale: str, confidence: Confidence) -> Verdict:
    return Verdict(Answer.YES, rationale, confidence, (evidence,))


def no(evidence: Evidence, rationale: str, confidence: Confidence) -> Verdict:
    return Verdict(Answer.NO, rationale, confidence, (evidence,))
