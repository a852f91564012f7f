"""Which words of a sentence to quote: whole words in their order, without lead-in and without another thought. Pure."""

import re
from collections.abc import Iterator

from setpiece.reports.moments.model import Said
from setpiece.reports.moments.rules.rule import Language
from setpiece.reports.moments.said import part, word_at

_LEAST_WORDS = 4
"""A half shorter than this is quoted with its other half."""
_LONG_WORDS = 26
"""Longer sentences are cut even where a rule wants them whole."""


def quotation(said: Said, character: int, language: Language, *, is_whole: bool) -> Said:
    """The half of the sentence that holds a character, or all of it; without "Sure, " or "But "."""
    if not is_whole or len(said.words) > _LONG_WORDS:
        said = _half(said, character, language.joint)
    return stripped(said, language)


def stripped(said: Said, language: Language) -> Said:
    """Without "Sure, " or "But ", unless little would be left."""
    match = language.lead_in.match(said.text)
    if match and match.end() < len(said.text):
        skipped = word_at(said, match.end())
        if len(said.words) - skipped >= 3:
            return part(said, skipped, len(said.words))
    return said


def _half(said: Said, character: int, joint: re.Pattern[str]) -> Said:
    wanted = word_at(said, character)
    for start, end in _halves(said, joint):
        if start <= wanted < end and end - start >= _LEAST_WORDS:
            return part(said, start, end)
    return said


def _halves(said: Said, joint: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """From which word to which each half goes; the word that joins two belongs to neither."""
    start = 0
    for match in joint.finditer(said.text):
        yield start, word_at(said, match.start()) + 1
        start = word_at(said, match.end())
    yield start, len(said.words)
