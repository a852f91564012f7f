"""What was chosen, and from what. Pure."""

from dataclasses import dataclass

from setpiece.reports.targets.schemas import Strategy

NOT_FOUND = "target_not_found"
"""The code of the error when nobody is found. Source: reports-v1, "Job error codes"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker who was considered.

    Attributes:
        score: 0 to 1. A share of speech where speech is measured, 1 or 0 where there is no more or less, and for a hint the
            speaker's share of the evidence (`hints.weigh`).
        because: The evidence for and against them, each a short phrase; empty where the score says it all.
    """

    speaker: int
    score: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The speaker of a report.

    Attributes:
        strategy: The one that was asked for, also after a fallback.
        why: Sentences for the reader.
        confidence: 0 to 1, how sure it is that this is the one who was meant; 0 after a fallback, because nothing says so.
        candidates: Everybody on the call, the best first. The chosen one comes first unless a fallback chose.
    """

    speaker: int
    strategy: Strategy
    why: str
    confidence: float
    candidates: tuple[Candidate, ...]
    used_fallback: bool = False

    @property
    def runner_up(self) -> Candidate | None:
        """The best of those who were not chosen; None when the chosen one is alone on the call."""
        return next((one for one in self.candidates if one.speaker != self.speaker), None)

    @property
    def score(self) -> float:
        return next((one.score for one in self.candidates if one.speaker == self.speaker), 0.0)

    @property
    def margin(self) -> float:
        """How far the chosen one is ahead of the runner-up; below 0 after a fallback to another one."""
        return self.score - (self.runner_up.score if self.runner_up else 0.0)


@dataclass(frozen=True, slots=True)
class Found:
    """A strategy's answer. `speaker` is None when it found nobody; `why` then says so."""

    speaker: int | None
    why: str
    confidence: float
    candidates: tuple[Candidate, ...]
