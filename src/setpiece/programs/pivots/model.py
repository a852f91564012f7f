"""A change of course. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from setpiece.programs.spec.alternatives import CHANGED_FIELD, patch_of
from setpiece.programs.spec.document import show_spec
from setpiece.programs.spec.model import Alternative, Changeable, Spec

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Pivot:
    """What was changed, or could have been.

    Attributes:
        run_id: The run that was the last one of the epoch.
        epoch: The one that it ended; `opened_epoch` is the next, None where nothing was applied.
        by: `auto`, `judge:<model>`, or `u_…` of a member.
        changes: None where nothing was prepared.
        evidence: As it was then; None where nothing could be tested.
        before: The update of the spec that takes it back; `after` the one that makes it.
        reverts: The pivot that this one takes back.
        reverted_by: The pivot that takes this one back.
    """

    id: UUID
    program_id: UUID
    run_id: UUID | None
    epoch: int
    opened_epoch: int | None
    at: datetime
    by: str
    changes: Changeable | None
    name: str
    evidence: Mapping[str, Any] | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str
    is_applied: bool
    reverts: UUID | None = None
    reverted_by: UUID | None = None


def present_of(spec: Spec, changes: Changeable) -> dict[str, Any]:
    """The update of a spec that brings back what the spec says now; None within it where it says nothing."""
    field, shape = CHANGED_FIELD[changes]
    empty: Any = [] if shape.plain(()) == [] else None
    return {"strategy": {field: show_spec(spec)["strategy"].get(field, empty)}}


def untried(spec: Spec, pivots: Iterable[Pivot]) -> Sequence[Alternative]:
    """The alternatives that are not what the spec says now and that no pivot has led to, the first to be tried first."""
    tried = [one.after for one in pivots if one.is_applied]
    found = []
    for one in spec.adaptation.alternatives:
        update = patch_of(one)
        if update != present_of(spec, one.changes) and update not in tried:
            found.append(one)
    return found
