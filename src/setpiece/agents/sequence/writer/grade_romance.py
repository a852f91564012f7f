"""How easy Spanish and Portuguese are to read, as a school grade: adaptations of Flesch's reading ease, with their tables of grades.

Sources: Spanish: J. Fernández Huerta, "Medidas sencillas de lecturabilidad", Consigna 214 (1959), with the correction by
G. Law (2011): ease = 206.84 - 60 x syllables per word - 1.02 x words per sentence; 90 to 100 is read in grade 4, 80 to 90 in 5,
70 to 80 in 6, 60 to 70 in 7 and 8. Portuguese: T. Martins, C. Ghiraldelo, M. Nunes and O. de Oliveira, "Readability formulas
applied to textbooks in Brazilian Portuguese", ICMSC-USP (1996): ease = 248.835 - 84.6 x syllables per word - 1.015 x words per
sentence; 75 to 100 is read in grades 1 to 4, 50 to 75 in 5 to 8, 25 to 50 in 9 to 11. Between the bounds of the tables grades
are interpolated: a bound lies half a grade above the last grade of its band.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from setpiece.agents.sequence.writer.clean import words_of

_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)")
_BOUNDS_ES = ((100.0, 3.5), (90.0, 4.5), (80.0, 5.5), (70.0, 6.5), (60.0, 8.5), (50.0, 12.5), (30.0, 16.5))
_BOUNDS_PT = ((100.0, 0.5), (75.0, 4.5), (50.0, 8.5), (25.0, 11.5), (0.0, 16.5))
_STRONG = "aeoáéóâêôãõà"
_VOWELS = re.compile(rf"[{_STRONG}iuíúüy]+")
_ALONE = frozenset("íú")
"""A weak vowel with an accent is a syllable of its own: "dí-a", "pa-ís"."""
_SAME_SYLLABLE = frozenset({"ão", "ãe", "õe"})


def spanish_grade(text: str) -> float:
    """School grade of Spanish prose; 0.0 for a text without words."""
    return _grade(text, syllables_in_spanish, _Ease(206.84, 60.0, 1.02), _BOUNDS_ES)


def portuguese_grade(text: str) -> float:
    """School grade of Portuguese prose; 0.0 for a text without words."""
    return _grade(text, syllables_in_portuguese, _Ease(248.835, 84.6, 1.015), _BOUNDS_PT)


@dataclass(frozen=True, slots=True)
class _Ease:
    """The numbers of a formula: what is taken from `base` for each syllable of a word, and for each word of a sentence."""

    base: float
    by_syllables: float
    by_words: float


def _grade(
    text: str, count: Callable[[str], int], formula: _Ease, bounds: Sequence[tuple[float, float]]
) -> float:
    words = words_of(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(map(count, words)) / len(words)
    ease = formula.base - formula.by_syllables * syllables - formula.by_words * len(words) / sentences
    return _between(ease, bounds)


def _between(ease: float, bounds: Sequence[tuple[float, float]]) -> float:
    """The grade of an ease by the bounds of a table, the easiest first; beyond them the last step goes on."""
    for easier, harder in pairwise(bounds):
        if ease >= harder[0] or harder is bounds[-1]:
            part = (easier[0] - ease) / (easier[0] - harder[0])
            return max(0.0, easier[1] + part * (harder[1] - easier[1]))
    raise AssertionError("a table has two bounds or more")


def syllables_in_spanish(word: str) -> int:
    """Syllables of a Spanish word, at least one."""
    return _syllables(word)


def syllables_in_portuguese(word: str) -> int:
    """Syllables of a Portuguese word, at least one; a last "ia" is two where no accent stands before it ("dia", not "história")."""
    lowered = _as_heard(word)
    stressed_end = _LAST_PAIR.search(lowered) is not None and not _ACCENTS.intersection(lowered)
    return _syllables(word) + stressed_end + len(_NASAL_AFTER_I.findall(lowered))


@lru_cache(maxsize=16_384)
def _syllables(word: str) -> int:
    return max(1, sum(map(_in_group, _VOWELS.findall(_as_heard(word)))))


def _as_heard(word: str) -> str:
    """Without the u that is only written: "guerra", "queda"."""
    return re.sub(r"(?<=[qg])u(?=[eéêií])", "", word.lower())


def _in_group(vowels: str) -> int:
    """Syllables of vowels in a row: strong ones part, weak ones go with a neighbour unless they carry the accent."""
    count = 1
    for at in range(1, len(vowels)):
        before, vowel, after = vowels[at - 1], vowels[at], vowels[at + 1 : at + 2]
        strong = before in _STRONG and vowel in _STRONG and before + vowel not in _SAME_SYLLABLE
        between = after != "" and after in _STRONG and vowel not in _STRONG
        count += (
            strong or before in _ALONE or vowel in _ALONE or (between and (before in _STRONG or vowel == "y"))
        )
    return count


_LAST_PAIR = re.compile(r"(?<![aeiouáéíóúâêôãõ])(?:i|(?<![qg])u)(?:[ao]s?|am)$")
_NASAL_AFTER_I = re.compile(r"i(?:ão|ões|ães)")
_ACCENTS = frozenset("áéíóúâêôãõ")
