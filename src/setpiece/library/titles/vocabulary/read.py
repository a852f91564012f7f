"""Reads the word lists in `data/`: one line an entry, `#` begins a comment."""

from collections.abc import Iterator
from importlib.resources import files

from setpiece.library.titles.vocabulary.phrases import Words

_FOLDER = files("setpiece.library.titles.vocabulary") / "data"


def lines(name: str) -> Iterator[str]:
    """The entries of one list."""
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        if entry := line.partition("#")[0].strip():
            yield entry


def text(*names: str) -> str:
    """Lists of `left = right` lines, one after the other."""
    return "\n".join(line for name in names for line in lines(name))


def named_phrases(name: str) -> dict[Words, str]:
    """A list of `name: phrase, phrase` lines as a table from words to the name; a name may have many lines."""
    entries = (line.partition(":") for line in lines(name))
    return {tuple(phrase.split()): key for key, _, told in entries for phrase in told.split(",")}


def words(name: str) -> frozenset[str]:
    """A list of words apart."""
    return frozenset(word for line in lines(name) for word in line.split())
