"""What an import would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from setpiece.library.kind import Kind
from setpiece.library.model import Entity
from setpiece.library.playbooks.model import Playbook


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """One entity that an import would write."""

    action: Action
    kind: Kind
    key: str
    before: Entity | None
    after: Entity
    fields: Mapping[str, Mapping[str, Any]]
    """For an update: `before` and `after` of each field that differs, links by key."""
    playbook_before: Playbook | None = None
    playbook: Playbook | None = None
    """For a playbook that stays: what it will be, and what it was."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would change, in the order of the file; the deletions last."""

    changes: Sequence[Change]
    adopted: Sequence[Entity]
    """Entities that are as the file says, and are only given the key that it uses."""
    unchanged: int

    def of(self, action: Action) -> list[Change]:
        return [change for change in self.changes if change.action is action]
