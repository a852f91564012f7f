"""What an answer can hold, and all that is known of one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Pattern = re.Pattern[str]


class Signal(StrEnum):
    """What a phrase in somebody's own words is evidence of."""

    ANGRY = "angry"
    STOP = "stop"
    DECLINES = "declines"
    LATER = "later"
    INTERESTED = "interested"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Language:
    """One language. All patterns but those of whole lines are for folded text.

    Attributes:
        alone: What is evidence only when nothing else is written.
        negation: A word that turns an interested phrase after it into none.
        adversative: What a second thought begins with.
        away, away_subject: What answers by itself, in the text and in the subject.
        undelivered, delayed, unknown_address: What mail servers write.
        close, disclaimer: How a signature and a legal notice begin, as a line of its own.
        original, wrote, header: How quoted mail begins: a rule, "On … wrote:", "From:".
        words: Common short words, by which the language is recognised.
    """

    code: str
    phrases: Mapping[Signal, Pattern]
    alone: Mapping[Signal, Pattern]
    negation: Pattern
    adversative: Pattern
    away: Pattern
    away_subject: Pattern
    undelivered: Pattern
    delayed: Pattern
    unknown_address: Pattern
    close: Pattern
    disclaimer: Pattern
    original: Pattern
    wrote: Pattern
    header: Pattern
    words: frozenset[str]
