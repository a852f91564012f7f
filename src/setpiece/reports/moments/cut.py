"""Which words of a sentence to quote: whole words in their order, without lead-in and without another thought. Pure."""

from collections.abc import Sequence

from setpiece.reports.moments.languages.language import Language, Pattern
from setpiece.reports.moments.model import Said
from setpiece.reports.moments.said import part, word_at

_LEAST_WORDS = 4
"""A half shorter than this is quoted with its other half."""
_LONG_WORDS = 26
"""As many halves are quoted together as have no more words: chosen by reading the example reports aloud."""


def quotation(said: Said, character: int, language: Language, *, is_whole: bool) -> Said:
    """The half of the sentence that holds a character, or all that can be read in one breath; without "Sure, " or "But "."""
    halves = _halves(said, language.joint)
    place = next(n for n, (_, end) in enumerate(halves) if word_at(said, character) < end)
    start, end = _widened(halves, place, _LONG_WORDS if is_whole else 0)
    return stripped(part(said, start, end), language)


def _widened(halves: Sequence[tuple[int, int]], place: int, most: int) -> tuple[int, int]:
    """A half with the halves after it, then those before it, as long as it has no more than `most` words."""
    first = last = place
    start, end = halves[place]
    while last + 1 < len(halves) and (halves[last + 1][1] - start <= most or end - start < _LEAST_WORDS):
        last += 1
        end = halves[last][1]
    while first > 0 and (end - halves[first - 1][0] <= most or end - start < _LEAST_WORDS):
        first -= 1
        start = halves[first][0]
    return start, end


def stripped(said: Said, language: Language) -> Said:
    """Without "Sure, " or "But ", unless little would be left."""
    match = language.lead_in.match(said.text)
    if match and match.end() < len(said.text):
        skipped = word_at(said, match.end())
        if len(said.words) - skipped >= 3:
            return part(said, skipped, len(said.words))
    return said


def _halves(said: Said, joint: Pattern) -> list[tuple[int, int]]:
    """From which word to which each half goes; the word that joins two belongs to neither."""
    halves, start = [], 0
    for match in joint.finditer(said.text):
        end = word_at(said, match.start()) + 1
        if end > start:
            halves.append((start, end))
            start = word_at(said, match.end())
    return [*halves, (start, len(said.words))]
