"""Which personas, use cases and sentences bear on a play: words in common, the rarer the heavier. Pure."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from setpiece.library.titles.words import content_words

Thing = TypeVar("Thing")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_SENTENCE_CHARACTERS = (25, 300)  # shorter is a heading, longer a table or a list run together


def pick_by_words(
    wanted: str, things: Sequence[Thing], text_of: Callable[[Thing], str], most: int
) -> list[Thing]:
    """The things that share words with `wanted`, best first, none below a third of the best.

    Score: the sum of log(1 + n / df) over the shared words, where df counts the things that have the word.
    """
    words = content_words(wanted)
    texts = [content_words(text_of(thing)) for thing in things]
    frequency = Counter(word for text in texts for word in text & words)
    weight = {word: math.log(1 + len(things) / count) for word, count in frequency.items()}
    scored = [
        (sum(sorted(weight[word] for word in text & words)), -position) for position, text in enumerate(texts)
    ]
    best = max(scored, default=(0.0, 0))[0]
    if best <= 0:
        return []
    kept = sorted((pair for pair in scored if pair[0] >= best / 3), reverse=True)
    return [things[-position] for _, position in kept[:most]]


def sentences(text: str) -> list[str]:
    """The sentences of a plain text that can stand alone, in order, without repeats."""
    low, high = _SENTENCE_CHARACTERS
    found = (" ".join(part.split()) for part in _SENTENCE_END.split(text))
    return list(dict.fromkeys(one for one in found if low <= len(one) <= high))


def closest(need: str, facts: Sequence[Thing], text_of: Callable[[Thing], str]) -> Thing | None:
    """The fact that answers `need` best by words in common; without any in common, the first."""
    ranked = pick_by_words(need, facts, text_of, 1)
    return ranked[0] if ranked else (facts[0] if facts else None)
