"""Sets that have most of their words in common, found without comparing every pair. Pure."""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

_MOST_SHARING = 30
"""Of the sets that share a rare word only the last so many are compared: of a thousand equal ones each still meets another,
and the cost stays in step with the number of sets."""


def near_groups(sets: Sequence[frozenset[str]], least: float) -> list[list[int]]:
    """Groups of places whose sets are near each other, each with two members or more.

    Near is |A and B| / |A or B| >= `least`. A pair that reaches it has a word in common among the rarest
    |A| - ceil(least x |A|) + 1 words of each, so only these are looked up (prefix filter; Chaudhuri et al., ICDE 2006).
    """
    leaders = list(range(len(sets)))
    for one, other in near_pairs(sets, least):
        leaders[_leader(leaders, other)] = _leader(leaders, one)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(sets)):
        groups[_leader(leaders, at)].append(at)
    return [group for group in groups.values() if len(group) > 1]


def near_pairs(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int]]:
    frequency = Counter(word for words in sets for word in words)
    sharing: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_MOST_SHARING))
    for at, words in enumerate(sets):
        rare = _rarest(words, frequency, least)
        for other in sorted({one for word in rare for one in sharing[word]}):
            if overlap(words, sets[other]) >= least:
                yield other, at
        for word in rare:
            sharing[word].append(at)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Words in common over words of either; 0 for two empty sets."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def _rarest(words: Iterable[str], frequency: Counter[str], least: float) -> list[str]:
    ordered = sorted(words, key=lambda word: (frequency[word], word))
    return ordered[: len(ordered) - math.ceil(least * len(ordered)) + 1] if ordered else []


def _leader(leaders: list[int], at: int) -> int:
    while leaders[at] != at:
        leaders[at] = leaders[leaders[at]]
        at = leaders[at]
    return at
