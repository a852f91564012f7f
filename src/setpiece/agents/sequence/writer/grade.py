"""How easy a text is to read: the Flesch-Kincaid grade, with syllables counted by rule.

Source: Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas" (1975):
grade = 0.39 x words per sentence + 11.8 x syllables per word - 15.59.
"""

import re
from functools import lru_cache

from setpiece.agents.sequence.writer.clean import words_of

_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l|[gq]u)e$|(?:[^aeiouytdl]|[aeiouy]l)ed$|[^aeiouyscgxzhl]es$|[aeiouy]les$"
)
_TWO_IN_A_GROUP = re.compile(
    r"(?<![tscg])i(?:a|o(?!n))|(?<![tscgr])ie(?:n|t)|(?<=r)ien|iu|[eo]ye|[aeouy]ing|(?<![qg])ua|crea|ea(?:s)?$|oem|eou?s$|eopo|etio"
)

_KNOWN = {
    "business": 2, "businesses": 3, "every": 2, "everybody": 4, "everyone": 3, "everything": 3, "everywhere": 3, "friend": 1,
    "friends": 1, "homepage": 2, "lion": 2, "naive": 2, "pipeline": 2, "ratio": 3, "science": 2, "somebody": 3, "someone": 2,
    "something": 2, "sometimes": 2, "somewhere": 2, "whatever": 3, "whenever": 3, "workplace": 2,
}  # fmt: skip
"""Frequent words that the rules count wrong."""


def grade_of(text: str) -> float:
    """School grade of English prose, 0.0 for a text without words; a colon ends a sentence as a full stop does."""
    words = words_of(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=16_384)
def syllables_of(word: str) -> int:
    """Syllables of an English word, at least one; an acronym is spelled out ("CRM": three)."""
    if word.isalpha() and word.isupper() and 1 < len(word) <= 4:
        return len(word)
    parts = re.findall(r"[a-z]+", re.sub(r"['’]", "", word.lower()))
    return max(1, sum(map(_syllables, parts)))


def _syllables(word: str) -> int:
    if word in _KNOWN:
        return _KNOWN[word]
    groups = len(_VOWELS.findall(word))
    silent = groups > 1 and _SILENT_E.search(word) is not None
    return max(1, groups + len(_TWO_IN_A_GROUP.findall(word)) - silent)
