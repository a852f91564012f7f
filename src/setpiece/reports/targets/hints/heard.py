"""What was said, prepared for looking for words in it: sentences with who says them, who spoke before and who answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from setpiece.library.titles.words import fold
from setpiece.media.model import Turn
from setpiece.reports.model import Call
from setpiece.reports.targets.hints.lexicon.questions import ASKING, LEAD_IN

_CONTRACTED = (
    (re.compile(r"\b(can)'?t\b"), r"\1 not"),
    (re.compile(r"\bwon'?t\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(do|does|did|is|are|was|were|has|have|would|could|should)nt\b"), r"\1 not"),
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\b(it|that|this|here|there|what|where|who|how|when|he|she)'s\b"), r"\1 is"),
    (re.compile(r"'s\b"), " s"),
)
_INFORMATION_TECHNOLOGY = re.compile(r"\b(?:I\.?T\b\.?|TI\b)(?!['’])")
"""In capitals it is a department; `it` is a pronoun, and `ti` is Spanish for you."""
_ENDED = re.compile(r"[.!…,;:]\W*$")
_BLANK = re.compile(" ")
_APOSTROPHES = re.compile("[’‘`´]")
_NO_WORD = re.compile(r"[^a-z0-9%$€£]+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Words between single blanks: case, accents and punctuation removed, English contractions written out."""
    text = _INFORMATION_TECHNOLOGY.sub("infotech", text)
    folded = _APOSTROPHES.sub("'", fold(text))
    for found, instead in _CONTRACTED:
        folded = found.sub(instead, folded)
    return _NO_WORD.sub(" ", folded).strip()


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence.

    Attributes:
        text: As it was recognised.
        plain: As `plain` makes it.
        is_question: Whether it asks, also where the recogniser lost the question mark.
        turn: Which turn it belongs to, counted from 0.
        before: Who spoke before this turn; None when it is the first, or nobody else did.
        after: Who speaks after this turn.
    """

    speaker: int
    start_s: float
    text: str
    plain: str
    is_question: bool
    turn: int
    before: int | None
    after: int | None


def hear(call: Call) -> tuple[Heard, ...]:
    """All sentences in their order."""
    turns = call.turns.turns
    before, after = _others(turns), _others(turns[::-1])[::-1]
    return tuple(
        Heard(
            turn.speaker,
            sentence.start_s,
            sentence.text,
            plain(sentence.text),
            asks(sentence.text),
            index,
            before[index],
            after[index],
        )
        for index, turn in enumerate(turns)
        for sentence in turn.sentences
    )


def _others(turns: Sequence[Turn]) -> list[int | None]:
    """For each turn the last speaker before it who is not its own."""
    found: list[int | None] = []
    last: int | None = None
    other: int | None = None
    for turn in turns:
        if last is not None and turn.speaker != last:
            other = last
        found.append(other)
        last = turn.speaker
    return found


def asks(text: str) -> bool:
    """Whether a sentence is a question: by its mark, or by how it begins once "so" and "okay, and" are taken off.

    Where the recogniser put no mark at all, the beginning of a question may stand anywhere.
    """
    if text.rstrip("\"'”’»)] ").endswith(("?", "？")) or "¿" in text:
        return True
    said = plain(text)
    if not _ENDED.search(text):
        return any(ASKING.match(said, at) for at in (0, *(one.end() for one in _BLANK.finditer(said))))
    while (lead := LEAD_IN.match(said)) and lead.end():
        said = said[lead.end() :]
    return bool(ASKING.match(said))
