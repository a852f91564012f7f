"""What is found on a call: who said what when, and what it is evidence of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from setpiece.media.model import Word


class Kind(StrEnum):
    """What a moment is evidence of. All but the last two are said by the speaker the report is about."""

    PAIN = "pain"
    NEED = "need"
    CRITERION = "criterion"
    """What an agreement depends on."""
    OBJECTION = "objection"
    OTHERS_DOUBT = "others_doubt"
    """A doubt of somebody else that the speaker tells of."""
    DECISION = "decision"
    STAKEHOLDER = "stakeholder"
    BUDGET = "budget"
    TIMING = "timing"
    COMPETITOR = "competitor"
    AGREEMENT = "agreement"
    """Yes to something that was proposed."""
    COMMITMENT = "commitment"
    REQUEST = "request"
    QUESTION = "question"
    WELCOME = "welcome"
    """A good word about what the other side just said."""
    REFUSAL = "refusal"
    """No to something that was proposed."""
    PREFERENCE = "preference"
    """How they want to work."""
    SITUATION = "situation"
    OPENING = "opening"
    """An answer to small talk."""
    OFFER = "offer"
    """What the other side said of price, product or proof."""
    PROMISE = "promise"
    """What the other side said it would do."""


class Topic(StrEnum):
    PRICE = "price"
    DATA = "data"
    INTEGRATION = "integration"
    PROOF = "proof"
    EFFORT = "effort"
    TIME = "time"
    CONTRACT = "contract"
    SUPPORT = "support"
    QUALITY = "quality"
    ADOPTION = "adoption"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or a piece of one that is too long to read; `words` stand in turn `turn` from `first` on."""

    turn: int
    first: int
    speaker: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def start_s(self) -> float:
        return self.words[0].start_s

    @property
    def end_s(self) -> float:
        return max(word.end_s for word in self.words)

    @property
    def is_question(self) -> bool:
        return self.words[-1].text.rstrip("\"'”’»)]").endswith(("?", "？"))

    def overlaps(self, other: "Said") -> bool:
        """Whether they have a word in common."""
        return (
            self.turn == other.turn
            and self.first < other.first + len(other.words)
            and other.first < self.first + len(self.words)
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """Words of a call with what they are evidence of.

    Attributes:
        said: The words to quote.
        rule: Names the rule that found it, such as `en.pain.cost`, or `nearest.pain` for likeness in meaning.
        strength: 0..1, how rarely such words mean anything else; the order in which moments are used.
        asked: The question it answers.
        to: What the other side said right before it.
        answer: What the other side answered to it.
        reaction: What the speaker then said to that answer.
        is_answer: Whether `asked` asked for exactly this kind.
        is_vague: Whether it needs `asked` to be understood.
        terms: Words out of `said` that can stand in a sentence: `amount`, `person`, `role`, `asset`, `rival`, `when`.
    """

    kind: Kind
    said: Said
    rule: str
    strength: float
    topic: Topic | None = None
    asked: Said | None = None
    to: Said | None = None
    answer: Said | None = None
    reaction: Said | None = None
    is_answer: bool = False
    is_vague: bool = False
    terms: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.kind.value}:{self.said.turn}.{self.said.first}"
