"""Who may be chosen at all: pins of the request, settings of the agent, status of a playbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from setpiece.library.playbooks.model import Status
from setpiece.matching.model import (
    Candidates,
    Kind,
    Mode,
    Named,
    Pins,
    PlaybookCandidate,
    Rule,
    Settings,
)

C = TypeVar("C", bound=Named)

BY_REQUEST = "the request"
BY_AGENT = "the agent settings"


@dataclass(frozen=True, slots=True)
class Pool(Generic[C]):
    """The candidates of one kind that compete, or the one that is pinned.

    `closed` says in a sentence why nothing may be chosen: turned off, or a pin that is not in the library.
    """

    kind: Kind
    candidates: tuple[C, ...]
    pinned: C | None = None
    pinned_by: str | None = None
    closed: str | None = None


def open_pool(kind: Kind, candidates: Sequence[C], pins: Pins, settings: Settings) -> Pool[C]:
    """A pin of the request wins over the agent's settings, also over `off`."""
    rule, by_id = settings.of(kind), {one.id: one for one in candidates}
    pin = pins.of(kind)
    if pin is not None:
        return _pinned(kind, tuple(candidates), by_id.get(pin), BY_REQUEST)
    if rule.mode is Mode.OFF:
        return Pool(kind, (), closed=f"The choice of a {kind} is turned off in {BY_AGENT}.")
    if rule.mode is Mode.FIXED and len(rule.ids) == 1:
        return _pinned(kind, tuple(candidates), by_id.get(rule.ids[0]), BY_AGENT)
    return _competing(kind, candidates, rule)


def _competing(kind: Kind, candidates: Sequence[C], rule: Rule) -> Pool[C]:
    limited = rule.mode in (Mode.SUBSET, Mode.FIXED)
    allowed = tuple(one for one in candidates if not limited or one.id in rule.ids)
    if limited and not allowed:
        return Pool(kind, (), closed=f"None of the {kind}s that {BY_AGENT} allow is in the library.")
    return Pool(kind, allowed)


def _pinned(kind: Kind, candidates: tuple[C, ...], pinned: C | None, by: str) -> Pool[C]:
    if pinned is None:
        return Pool(kind, candidates, closed=f"The {kind} asked for by {by} is not in the library.")
    return Pool(kind, candidates, pinned=pinned, pinned_by=by)


def open_playbooks(candidates: Candidates, pins: Pins, settings: Settings) -> Pool[PlaybookCandidate]:
    """As any pool, but only active playbooks compete; a draft or archived one must be pinned."""
    pool = open_pool(Kind.PLAYBOOK, candidates.playbooks, pins, settings)
    if pool.pinned:
        return pool
    active = tuple(one for one in pool.candidates if one.status is Status.ACTIVE)
    closed = pool.closed or (
        "There are playbooks, but none of them is active." if pool.candidates and not active else None
    )
    return Pool(pool.kind, active, closed=closed)
