"""How high a title stands, and how near two levels are to each other."""

from enum import StrEnum


class Seniority(StrEnum):
    """Levels from the top down; the order is the one in which the highest level named in a title wins."""

    OWNER = "owner"
    C_LEVEL = "c_level"
    VP = "vp"
    HEAD = "head"
    DIRECTOR = "director"
    MANAGER = "manager"
    LEAD = "lead"
    SENIOR = "senior"
    INDIVIDUAL = "individual"
    ENTRY = "entry"


_HEIGHT: dict[Seniority, float] = {
    Seniority.OWNER: 0.0,
    Seniority.C_LEVEL: 0.8,
    Seniority.VP: 2.0,
    Seniority.HEAD: 2.4,
    Seniority.DIRECTOR: 3.0,
    Seniority.MANAGER: 4.6,
    Seniority.LEAD: 5.2,
    Seniority.SENIOR: 6.4,
    Seniority.INDIVIDUAL: 7.0,
    Seniority.ENTRY: 8.0,
}
"""Steps below the owner. Judgement: vp, head and director buy alike; the gap to manager, and again to those
who manage nobody, is wider."""

_LOSS_PER_STEP = 0.14
_LOWEST = 0.25
_UNKNOWN = 0.7
"""Closeness when one of the two titles names no level: better than a wrong level, worse than the next one."""

ORDER: tuple[Seniority, ...] = tuple(Seniority)


def closeness(one: Seniority | None, other: Seniority | None) -> float:
    """1.0 for the same level, falling with distance to 0.25; 0.7 when either is not known."""
    if one is None or other is None:
        return _UNKNOWN
    return max(_LOWEST, 1.0 - _LOSS_PER_STEP * abs(_HEIGHT[one] - _HEIGHT[other]))
