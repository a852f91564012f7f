"""How a rule names what it found."""

from collections.abc import Sequence

from setpiece.library.lint.model import Place
from setpiece.library.model import Entity
from setpiece.library.titles.words import shown

MOST_NAMED = 5
"""Entities named in one sentence; `places` holds the others."""


def named(entities: Sequence[Entity]) -> str:
    """`“A”, “B” and “C”`, and how many more."""
    names = [f"“{shown(one.name, 60)}”" for one in entities[:MOST_NAMED]]
    more = len(entities) - len(names)
    if more > 0:
        return f"{', '.join(names)} and {more} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def quoted(text: str) -> str:
    return f"“{shown(text, 70)}”"


def at(place: Place) -> str:
    return f"{place.path} of {quoted(place.entity.name)}"
