"""One case as it was judged, and a run of many."""

from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.matching.model import Choice, Confidence, Kind

NONE = "none"
"""The label of somebody whom nothing in the library fits."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was expected of one kind in one case, and what came out. Labels, never ids.

    `expected` holds every label that is right; `ranked` the chosen one first, then the others by score; it is empty when
    nothing was chosen.
    """

    case: str
    kind: Kind
    expected: tuple[str, ...]
    ranked: tuple[str, ...]
    confidence: Confidence | None
    tags: tuple[str, ...] = ()
    shown: str = ""
    """What the case is about, for a person: the job title."""

    @property
    def predicted(self) -> str:
        return self.ranked[0] if self.ranked else NONE

    @property
    def is_right(self) -> bool:
        return self.predicted in self.expected

    @property
    def is_outside(self) -> bool:
        """Whether nothing in the library fits."""
        return self.expected == (NONE,)

    @property
    def rank(self) -> int | None:
        """Place of the first right label, from 1; None when it is nowhere, and for somebody outside the library."""
        places = (place for place, label in enumerate(self.ranked, start=1) if label in self.expected)
        return next(places, None)


def ranked_ids(choice: Choice, kind: Kind) -> tuple[str, ...]:
    """The chosen candidate, then the others that could have been chosen, by score; empty when none was chosen."""
    pick = getattr(choice, kind.value)
    if pick is None:
        return ()
    others = (one.id for one in pick.ranked if one.id != pick.id and one.excluded is None)
    return (pick.id, *others)


def confidence_of(choice: Choice, kind: Kind) -> Confidence | None:
    pick = getattr(choice, kind.value)
    return pick.confidence if pick else None


def of_kind(judged: Sequence[Judged], kind: Kind) -> tuple[Judged, ...]:
    return tuple(one for one in judged if one.kind is kind)
