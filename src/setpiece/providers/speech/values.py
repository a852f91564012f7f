"""The plain values of the ports, apart from them: who reads what was heard needs no numpy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a recording, `end_s` not included."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the recogniser writes it, with its punctuation; `probability` is its own guess, 0 to 1."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, and how sure the recogniser is, 0 to 1."""

    code: str
    probability: float
