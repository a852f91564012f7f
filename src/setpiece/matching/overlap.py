"""Words in common, the rare ones counting more."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from setpiece.matching.model import Named
from setpiece.matching.signal import Measure

C = TypeVar("C", bound=Named)

MAX_QUERY_WORDS = 200
"""Distinct words of a context that are looked up; bounds the work for a very long one."""

_DAMPING = 1.5
"""Added to the reachable mass, in idf units: one chance hit cannot score high on its own. Judgement."""


class Overlap:
    """How much of a query's words a candidate has, weighted by rarity among the candidates (idf).

    value = mass of the words in common / (mass of the query words that any candidate has + 1.5), where a word
    weighs ln((N + 1) / (df + 0.5)): near zero when all N candidates have it. Range 0..1.
    """

    def __init__(self, query: Iterable[str], words_by_id: Mapping[str, frozenset[str]]) -> None:
        asked = frozenset(sorted(set(query))[:MAX_QUERY_WORDS])
        self._common = {key: asked & words for key, words in words_by_id.items()}
        frequency = Counter(word for words in self._common.values() for word in words)
        size = len(words_by_id) + 1
        self._mass = {word: math.log(size / (df + 0.5)) for word, df in frequency.items()}
        self.found_nothing = not frequency
        # fsum is exact, so the order in which a set yields its words cannot change a score
        self._reachable = math.fsum(self._mass.values()) + _DAMPING

    def value(self, id: str) -> float:
        return math.fsum(self._mass[word] for word in self._common[id]) / self._reachable

    def telling(self, id: str, limit: int = 3) -> tuple[str, ...]:
        """The words in common that weigh most, for an explanation."""
        return tuple(sorted(self._common[id], key=lambda word: (-self._mass[word], word))[:limit])


def measure_overlap(
    query: frozenset[str],
    candidates: Sequence[C],
    words_of: Callable[[C], frozenset[str]],
    say: Callable[[str], str],
) -> Measure[C] | None:
    """A measure of `query` against each candidate's words; None when no candidate has any of them."""
    if not query:
        return None
    overlap = Overlap(query, {one.id: words_of(one) for one in candidates})
    if overlap.found_nothing:
        return None
    return Measure(lambda one: overlap.value(one.id), lambda one: say(quoted(overlap.telling(one.id))))


def quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
