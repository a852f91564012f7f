"""A page of a longer list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is wanted: `limit` items after the first `offset`."""

    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The items of one window and how many there are in all."""

    items: Sequence[Item]
    total: int
    window: Window

    @property
    def has_next(self) -> bool:
        return self.window.offset + len(self.items) < self.total
