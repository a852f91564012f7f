"""Reads the lists into tables of word tuples, and finds their phrases in a title."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Words = tuple[str, ...]
Meaning = TypeVar("Meaning")


def as_set(words: str) -> frozenset[str]:
    """Words separated by white space as a set."""
    return frozenset(words.split())


def translations(*sources: str) -> dict[Words, Words]:
    """`left = right` lines as a table; a later source does not overrule an earlier one."""
    table: dict[Words, Words] = {}
    for line in "\n".join(sources).split("\n"):
        left, found, right = line.partition("=")
        if found:
            table.setdefault(tuple(left.split()), tuple(right.split()))
    return table


def phrases(lists: Mapping[str, str]) -> dict[Words, str]:
    """Comma-separated phrases as a table from words to the name of their list."""
    return {tuple(phrase.split()): name for name, text in lists.items() for phrase in text.split(",")}


_POSTS = frozenset({"lead", "leader", "head", "director", "chief"})


def _turns(words: Words) -> bool:
    """Whether a phrase says the same backwards: `operations sales` does, `lead data` belongs to what follows."""
    return len(words) == 2 and _POSTS.isdisjoint(words)


def with_plurals(table: Mapping[Words, Meaning]) -> dict[Words, Meaning]:
    """The table and, for each phrase that is not in it, the plural of its last word: `named accounts`."""
    plurals = {
        (*words[:-1], f"{words[-1]}s"): meaning for words, meaning in table.items() if words[-1][-1:] != "s"
    }
    return plurals | dict(table)


class Phrases(Generic[Meaning]):
    """A table of phrases that is quick to look up: most words begin none, and that is seen at once."""

    def __init__(self, table: Mapping[Words, Meaning], *, either_order: bool = False) -> None:
        self.table = table
        self._backwards = (
            {words[::-1]: meaning for words, meaning in table.items() if _turns(words)}
            if either_order
            else {}
        )
        self._reach: dict[str, int] = {}
        for words in table:
            self._reach[words[0]] = max(len(words), self._reach.get(words[0], 0))

    def get(self, word: str) -> Meaning | None:
        return self.table.get((word,))

    def scan(self, tokens: Sequence[str]) -> Iterator[tuple[str, Meaning | None]]:
        """Cut tokens from left to right, the longest known phrase first: its first token and its meaning.

        A token that begins no phrase comes out with meaning None. Work is linear in the tokens.
        """
        return ((tokens[start], meaning) for start, _, meaning in self.spans(tokens))

    def spans(self, tokens: Sequence[str]) -> Iterator[tuple[int, int, Meaning | None]]:
        """The same with the places at which each piece begins and ends."""
        start = 0
        while start < len(tokens):
            length = self._length_at(tokens, start)
            if length < 2 and self._reads_backwards(tokens, start):
                yield start, start + 2, self._backwards[tokens[start], tokens[start + 1]]
                start += 2
            else:
                end = start + (length or 1)
                yield start, end, self.table[tuple(tokens[start:end])] if length else None
                start = end

    def _length_at(self, tokens: Sequence[str], start: int) -> int:
        """Of the longest phrase that begins there; 0 for none."""
        if start >= len(tokens):
            return 0
        reach = min(self._reach.get(tokens[start], 0), len(tokens) - start)
        return next((n for n in range(reach, 0, -1) if tuple(tokens[start : start + n]) in self.table), 0)

    def _reads_backwards(self, tokens: Sequence[str], start: int) -> bool:
        """`gerente de operações de vendas` says `operations sales`; a phrase in its own order goes before."""
        return tuple(tokens[start : start + 2]) in self._backwards and self._length_at(tokens, start + 1) < 2

    def meanings(self, tokens: Sequence[str]) -> list[Meaning]:
        """What the phrases found mean, in their order."""
        return [meaning for _, meaning in self.scan(tokens) if meaning is not None]
