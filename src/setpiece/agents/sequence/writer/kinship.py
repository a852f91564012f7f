"""How much two facts speak of the same thing: shared words, rare ones counting more.

Chosen over embeddings because it is exact, needs no model, and costs a few microseconds for a pair.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.library.titles.words import content_words

RELATED = 0.12
"""From here on two facts belong in one email. Chosen by reading pairs from the example library."""
LINKED = 0.18
"""From here on one fact answers the other closely enough to be called what changes it."""
SAME = 0.35
"""The share of words from which on the second of two facts says nothing new. Chosen by reading, as the others."""

_TOPICS = (
    "rep seller sdr bdr ae salesperson salespeople",
    "hire onboard onboarding ramp recruit newcomer",
    "price cost credit budget pay bill margin fee spend",
    "hour minute day week month wait slow fast time",
    "review check verify audit auditor reviewer approve",
    "source trace origin traceable based field",
    "reason explain score arithmetic candidate choice choose match",
    "claim promise statement",
    "message messaging email mail sequence copy draft sentence",
    "vendor supplier outside contract processor",
    "change update correct correction edit rewrite revise withdraw",
    "repeat repeatable test reproducible deterministic",
    "export import file format",
    "tool stack software",
    "persona role title",
)
"""Words of business fields that speak of one thing; each line counts as one word."""
_TOPIC_BY_WORD = {word: line.split()[0] for line in _TOPICS for word in line.split()}


class Kinship:
    """Compares phrases of one brief. 0.0 is nothing in common, 1.0 the same words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        found = [_topics(phrase.text) for phrase in phrases]
        count = Counter(topic for topics in found for topic in topics)
        self._weight = {topic: log(1 + len(found) / times) ** 2 for topic, times in count.items()}
        self._rarest = log(1 + max(len(found), 1)) ** 2
        self._size: dict[str, float] = {}
        self._known: dict[tuple[str, str], float] = {}

    def between(self, one: Phrase, other: Phrase) -> float:
        """The cosine of the two sets of words, weighted by how rare each word is in the brief."""
        known = self._known.get((one.text, other.text))
        return self._compare(one.text, other.text) if known is None else known

    def _compare(self, one: str, other: str) -> float:
        found = self._known[one, other] = self._known[other, one] = self._cosine(one, other)
        return found

    def _cosine(self, one: str, other: str) -> float:
        shared = _topics(one) & _topics(other)
        if not shared:
            return 0.0
        return float(self._power(shared) / (self._whole(one) * self._whole(other)) ** 0.5)

    def _whole(self, text: str) -> float:
        known = self._size.get(text)
        if known is None:
            known = self._size[text] = self._power(_topics(text))
        return known

    def _power(self, topics: frozenset[str]) -> float:
        return sum(self._weight.get(topic, self._rarest) for topic in topics)

    def nearest(self, one: Phrase, others: Iterable[Phrase], enough: float = 1.0) -> float:
        """How near the nearest of the others is; `enough` when one is at least as near as that."""
        text, known, best = one.text, self._known, 0.0
        for other in others:  # asked ten thousand times for a sequence: no call for what is known
            value = known.get((text, other.text))
            if value is None:
                value = self._compare(text, other.text)
            if value >= enough:
                return enough
            best = max(best, value)
        return best


def says_the_same(one: Phrase, other: Phrase) -> bool:
    """Whether two facts say much the same in much the same words; words of one topic do not count as one here."""
    mine, theirs = _words(one.text), _words(other.text)
    return len(mine & theirs) >= SAME * max(1, len(mine | theirs))


@lru_cache(maxsize=8_192)
def _words(text: str) -> frozenset[str]:
    return frozenset(map(_base, content_words(text)))


@lru_cache(maxsize=8_192)
def _topics(text: str) -> frozenset[str]:
    return frozenset(_TOPIC_BY_WORD.get(word, word) for word in _words(text))


def _base(word: str) -> str:
    return _IRREGULAR.get(word) or lex.GERUNDS.get(word) or lex.PASTS.get(word) or word


_IRREGULAR = {"chosen": "choose", "written": "write", "spent": "spend"}
