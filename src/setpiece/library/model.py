"""An entity of the library and the pure rules of making and changing one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from setpiece.kernel.errors import Invalid
from setpiece.library.kind import Kind, Shape
from setpiece.workspaces.model import Member

Change = Mapping[str, Any]
"""Fields by their names in the contract, only those that were given."""


@dataclass(frozen=True, slots=True)
class Offerings:
    """How an entity reaches offerings: the one it belongs to, and all, some or none beside it."""

    primary: UUID | None = None
    all: bool = False
    some: tuple[UUID, ...] = ()

    @property
    def named(self) -> tuple[UUID, ...]:
        return (*((self.primary,) if self.primary else ()), *self.some)

    def open_to(self, offering_id: UUID) -> bool:
        """Whether it may be used for the offering; linked to nothing at all means that nobody drew a line."""
        return self.all or not self.named or offering_id in self.named


@dataclass(frozen=True, slots=True)
class Uses:
    """What was really made for a persona."""

    sequences: int = 0
    sent_emails: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the library. `data` holds exactly the fields of its kind, in the kind's order."""

    id: UUID
    workspace_id: UUID
    kind: str
    key: str | None
    name: str
    internal_name: str | None
    description: str | None
    primary_url: str | None
    active: bool
    data: Mapping[str, Any]
    qualifying_questions: Sequence[Mapping[str, Any]]
    offerings: Offerings
    author: Member
    created_at: datetime
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None
    uses: Uses = Uses()
    offering_kinds: Mapping[UUID, str] | None = None
    """Kind of each offering in `offerings`, so that its id can be shown."""
    generation: Mapping[str, Any] | None = None
    """What it was generated from; only where one entity is read."""

    def texts(self, field: str) -> tuple[str, ...]:
        """The values of a field of texts; empty when it was never set."""
        value = self.data.get(field) or ()
        return (value,) if isinstance(value, str) else tuple(value)


COLUMN_BY_FIELD = {
    "name": "name",
    "internalName": "internal_name",
    "description": "description",
    "primaryUrl": "primary_url",
    "active": "active",
    "qualifyingQuestions": "qualifying_questions",
}


def complete_data(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The kind's fields in its order, each as given or empty."""
    return {one.name: given[one.name] if one.name in given else one.empty() for one in kind.data_fields}


def apply(kind: Kind, entity: Entity, change: Change, offerings: Offerings | None) -> Entity:
    """`entity` with the given fields replaced; a field that was not given stays.

    Raises:
        Invalid: the name would become empty.
    """
    columns = {column: change[name] for name, column in COLUMN_BY_FIELD.items() if name in change}
    if not str(columns.get("name", entity.name)).strip():
        raise Invalid("'name' must not be empty.")
    known = {field.name for field in kind.data_fields}
    data = dict(entity.data) | {name: value for name, value in change.items() if name in known}
    return replace(entity, **columns, data=complete_data(kind, data), offerings=offerings or entity.offerings)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Each field that differs, with its value before and after; empty values equal absent ones."""
    return {
        name: {"before": before.get(name), "after": after.get(name)}
        for name in {**before, **after}
        if (before.get(name) or None) != (after.get(name) or None)
    }


def named_texts(kind: Kind, entity: Entity) -> list[str]:
    """All free text of an entity that may be shown outside, for search and matching."""
    found, data = [entity.name, entity.description or ""], entity.data
    for name, by_label in _text_fields(kind):
        value = data.get(name)
        if not value:
            continue
        if by_label:
            found.extend(text for texts in value.values() for text in texts)
        elif isinstance(value, str):
            found.append(value)
        else:
            found.extend(value)
    return [one for one in found if one]


@lru_cache
def _text_fields(kind: Kind) -> tuple[tuple[str, bool], ...]:
    """The names of its fields of free text, and whether one holds texts by label; asked for each of hundreds of entities."""
    shapes = (Shape.TEXT, Shape.TEXTS, Shape.TEXTS_BY_LABEL)
    return tuple(
        (field.name, field.shape is Shape.TEXTS_BY_LABEL) for field in kind.fields if field.shape in shapes
    )
