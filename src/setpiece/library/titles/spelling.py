"""A word with one letter wrong, missing, added or swapped with its neighbour, put right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

_LEAST_LETTERS = 7
"""Of the word that is meant. Shorter words are too near to other real ones: `waiter` and `writer`."""

_REAL_WORDS = frozenset(["inventor", "trailer", "planter", "printer", "pointer", "strainer"])
"""Words that are right although they are near to a known one."""


class Speller:
    """Known words under all their spellings with one letter left out, which is where a misspelt word is looked for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known_by_spelling: dict[str, set[str]] = defaultdict(set)
        for word in known:
            if len(word) >= _LEAST_LETTERS:
                for spelling in (word, *_one_left_out(word)):
                    self._known_by_spelling[spelling].add(word)

    def correct(self, word: str) -> str | None:
        """The one known word that is meant; None when there is none, or more than one, or the word is no misspelling."""
        if len(word) < _LEAST_LETTERS - 1 or word in _REAL_WORDS:
            return None
        near = {
            known
            for spelling in (word, *_one_left_out(word))
            for known in self._known_by_spelling.get(spelling, ())
            if known[0] == word[0] and _is_one_slip(word, known)
        }
        return near.pop() if len(near) == 1 else None


def _one_left_out(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_one_slip(word: str, meant: str) -> bool:
    """Whether one letter changed, missing, added, or two neighbours swapped make one of the other."""
    start = next((at for at, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), None)
    if start is None:
        return abs(len(word) - len(meant)) == 1
    ours, theirs = word[start:], meant[start:]
    swapped = theirs[1:2] + theirs[:1] + theirs[2:]
    return ours[1:] == theirs[1:] or ours[1:] == theirs or ours == theirs[1:] or ours == swapped
