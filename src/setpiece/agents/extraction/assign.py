"""Which field of a kind a statement belongs to, if any."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from setpiece.agents.extraction.lines import Statement
from setpiece.agents.extraction.rules import CALL, CUES, NOISE, PRICE, fields_by_heading, phrases_for
from setpiece.agents.sequence.writer.clean import count_words, holds_placeholder, words_of
from setpiece.agents.sequence.writer.shape import Hint, Shape, classify
from setpiece.library.kind import Kind

_ITEM_WORDS = range(1, 41)
_SENTENCE_WORDS = range(4, 41)
"""Shorter is no statement; longer is a paragraph without full stops."""
MOST_CHARACTERS = 400
"""Of one statement; forty words of ten characters."""
_CALL_WORDS = 4
"""An invitation on a page is this short; a feature that begins with the same verb says what it is about."""
_PRICED = frozenset({"competitor"})
"""Kinds of which prices are told."""
_DOES = Hint(reads_as_deed=True)
_DEED_FIELDS = {"product": "capabilities", "core-feature": "whatItDoes"}
"""The field of what something does, said of itself: "Exports the library", "You can import leads"."""


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads statements for one kind."""

    kind: Kind
    phrases: Sequence[tuple[str, tuple[str, ...]]]
    """Field and the words of a phrase, the longest phrases first."""
    cues: Sequence[tuple[str, "re.Pattern[str]"]]

    def heads_a_field(self, line: str) -> bool:
        """Whether a short line without a mark is a heading: at least half of it is a field's phrase."""
        words = _words(line)
        found = self._phrase_in(words)
        return found is not None and 2 * len(found[1]) >= len(words)

    def field_of(self, statement: Statement, names: Sequence[str] = ()) -> str | None:
        """The field; None when no rule is sure. `names` are what the thing that is spoken of is called."""
        if not _is_usable(statement) or (self.kind.name not in _PRICED and PRICE.search(statement.text)):
            return None
        headed = self._phrase_in(_words(statement.heading))
        if headed is not None:
            return headed[0]
        if count_words(statement.text) not in _SENTENCE_WORDS or CALL.match(statement.text):
            return None
        cued = next((field for field, pattern in self.cues if pattern.search(statement.text)), None)
        return cued or self._deed(statement.text, names)

    def _phrase_in(self, words: list[str]) -> tuple[str, tuple[str, ...]] | None:
        return next(((field, phrase) for field, phrase in self.phrases if _holds(words, phrase)), None)

    def _deed(self, text: str, names: Sequence[str]) -> str | None:
        field = _DEED_FIELDS.get(self.kind.name)
        if field is None:
            return None
        lowered = text[:1].lower() + text[1:]
        says_itself = classify(lowered.rstrip("."), _DOES) is Shape.THIRD
        return field if says_itself or _has_subject(text, ("it", "you can", *names)) else None


@cache
def reader_for(kind: Kind) -> FieldReader:
    phrases = [
        (field.name, tuple(_words(phrase)))
        for field in fields_by_heading(kind)
        for phrase in phrases_for(field)
    ]
    cues = [
        (field, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
        for field, words in CUES.get(kind.name, ())
    ]
    return FieldReader(kind, sorted(phrases, key=lambda one: -len(one[1])), cues)


def _is_usable(statement: Statement) -> bool:
    text = statement.text
    lengths = _ITEM_WORDS if statement.is_item else _SENTENCE_WORDS
    return (
        count_words(text) in lengths
        and len(text) <= MOST_CHARACTERS
        and not text.endswith("?")
        and not holds_placeholder(text)
        and NOISE.search(text) is None
        and not (count_words(text) <= _CALL_WORDS and CALL.match(text))
        and any(char.isalpha() for char in text)
    )


def _has_subject(text: str, subjects: Sequence[str]) -> bool:
    """Whether the sentence begins with one of the subjects and goes on with a verb."""
    lowered = text.lower()
    return any(
        lowered.startswith(f"{subject.lower()} ")
        and classify(lowered.rstrip("."), _DOES) in (Shape.CLAUSE, Shape.THIRD)
        for subject in subjects
        if subject
    )


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in words_of(text)]


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == tuple(phrase) for at in range(len(words) - size + 1))
