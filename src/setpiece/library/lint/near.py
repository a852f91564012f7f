"""Sets that have most of their words in common, found without comparing every pair. Pure."""

import math
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

_MOST_SHARING = 12
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
    sketches = [_sketch(words) for words in sets]
    sharing: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_MOST_SHARING))
    for at, words in enumerate(sets):
        rare = _rarest(words, frequency, least)
        for other in sorted({one for word in rare for one in sharing[word]}):
            if _can_be(sketches[at], sketches[other], least) and overlap(words, sets[other]) >= least:
                yield other, at
        for word in rare:
            sharing[word].append(at)


_BITS = 1_024
"""Of a sketch; a persona has about seventy words. Chosen on 6,000 made personas, whose pairs took four times as long without."""

_Sketch = tuple[int, int, int]
"""Bits, how many words they stand for, and how many words had to share a bit."""


def _sketch(words: frozenset[str]) -> _Sketch:
    bits = 0
    for word in words:
        bits |= 1 << (zlib.crc32(word.encode("utf-8", "replace")) % _BITS)
    return bits, len(words), len(words) - bits.bit_count()


def _can_be(one: _Sketch, other: _Sketch, least: float) -> bool:
    """False only when there cannot be enough words in common: a word in common is a bit in common, or shares one."""
    most = (one[0] & other[0]).bit_count() + min(one[2], other[2])
    return most * (1 + least) >= least * (one[1] + other[1]) - _ROUNDING


_ROUNDING = 1e-9


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
