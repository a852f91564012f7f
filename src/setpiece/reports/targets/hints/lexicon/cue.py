"""What tells the sides of a call apart: sentences that one side says and the other does not.

A weight is how much one such sentence speaks for its side, in the points of `hints.weigh`. They were set by judgement in steps of
a half, where 1 is a sentence that the other side says now and then, and 2 is one that it hardly ever says.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    SELLS = "sells"
    BUYS = "buys"
    INTERVIEWS = "interviews"
    APPLIES = "applies"
    DECIDES = "decides"
    SHOWS = "shows"
    CALLS = "calls"
    TAKES_CALLS = "takes_calls"


@dataclass(frozen=True, slots=True)
class Cue:
    """`in_question`: whether it counts in questions only (True), in statements only (False), or in both (None)."""

    side: Side
    weight: float
    pattern: re.Pattern[str]
    in_question: bool | None = None


def cue(side: Side, weight: float, pattern: str, in_question: bool | None = None) -> Cue:
    return Cue(side, weight, re.compile(rf"\b(?:{pattern})(?: |$)"), in_question)
