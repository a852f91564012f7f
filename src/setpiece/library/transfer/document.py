"""A library file that was read: its entries, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.library.kind import Kind
from setpiece.library.transfer.problems import Problems

VERSION = 1
"""What `setpiece:` says at the top of a file: the version of the format."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a collection."""

    kind: Kind
    key: str
    place: str
    """Where it stands, for a person: `personas[3] "revops-lead"`."""
    given: Mapping[str, Any]
    """The fields that hold something, by their names."""
    links: Mapping[str, str | Sequence[str]]
    """What the link fields say: keys, or `all`."""

    @property
    def id(self) -> tuple[str, str]:
        return self.kind.name, self.key


@dataclass(frozen=True, slots=True)
class Document:
    """The entries that are sound, and everything that is not. Nothing is imported while there is a problem."""

    entries: Sequence[Entry]
    problems: Problems
    unsound: frozenset[tuple[str, str]] = frozenset()
    """Kind and key of entries with problems, so that a link to one is not a further problem."""
