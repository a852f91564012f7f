"""What changed between two runs over the same cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.matching.evaluation.model import Judged


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose choice is another one now."""

    case: str
    kind: str
    shown: str
    before: str
    after: str
    was_right: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Cases that became right, became wrong, or are wrong in another way; `only_in_one` were not compared."""

    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    other: tuple[Moved, ...]
    only_in_one: int


def compare_runs(before: Sequence[Judged], after: Sequence[Judged]) -> Difference:
    """Cases are the same when id and kind are."""
    old = {(one.case, one.kind): one for one in before}
    new = {(one.case, one.kind): one for one in after}
    moved = [
        Moved(
            one.case,
            one.kind.value,
            one.shown,
            old[key].predicted,
            one.predicted,
            old[key].is_right,
            one.is_right,
        )
        for key, one in new.items()
        if key in old and (old[key].predicted != one.predicted or old[key].is_right != one.is_right)
    ]
    return Difference(
        gained=tuple(one for one in moved if one.is_right and not one.was_right),
        lost=tuple(one for one in moved if one.was_right and not one.is_right),
        other=tuple(one for one in moved if one.was_right == one.is_right),
        only_in_one=len(old.keys() ^ new.keys()),
    )
