"""An entity as the contract's record."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.library.kind import Kind, Linking
from setpiece.library.model import COLUMN_BY_FIELD, Entity
from setpiece.workspaces.model import MEMBER_PREFIX, WORKSPACE_PREFIX, Member


def record(kind: Kind, entity: Entity) -> dict[str, Any]:
    """The record of the contract, with what the kind adds; the same at the top level or under `data`."""
    return {
        "oId": show(kind.prefix, entity.id),
        "createdAt": show_instant(entity.created_at),
        "updatedAt": show_if_any(entity.updated_at),
        "archivedAt": show_if_any(entity.archived_at),
        "deletedAt": show_if_any(entity.deleted_at),
        "name": entity.name,
        "internalName": entity.internal_name,
        "description": entity.description,
        **({"primaryUrl": entity.primary_url} if kind.has_url else {}),
        "active": entity.active,
        "data": data_of(kind, entity),
        "qualifyingQuestions": list(entity.qualifying_questions),
        **_links(kind, entity),
        **dict.fromkeys(kind.flags, False),
        **_uses(kind, entity),
        **({"generationMetadata": dict(entity.generation)} if entity.generation else {}),
        "user": member(entity.author),
        "workspace": {"oId": _show_frequent(WORKSPACE_PREFIX, entity.workspace_id)},
    }


def data_of(kind: Kind, entity: Entity) -> dict[str, Any]:
    """The `data` object: constants of the kind, then its fields in order."""
    shown: dict[str, Any] = {"type": kind.data_type} if kind.data_type else {}
    if kind.internal_name_in_data:
        shown["internalName"] = entity.internal_name
    return shown | dict(entity.data)


def describe_fields(entity: Entity) -> dict[str, Any]:
    """Everything of an entity that a person can change, flat, by the contract's names."""
    reached, kinds = entity.offerings, entity.offering_kinds or {}
    return {
        **{name: getattr(entity, column) for name, column in COLUMN_BY_FIELD.items()},
        **entity.data,
        "primaryOfferingOId": show_offering(reached.primary, kinds) if reached.primary else None,
        "linkingStrategy": linking_strategy(entity),
    }


def member(author: Member) -> dict[str, Any]:
    return {
        "oId": _show_frequent(MEMBER_PREFIX, author.id),
        "firstName": author.first_name,
        "lastName": author.last_name,
    }


@lru_cache(maxsize=4096)
def _show_frequent(prefix: str, value: UUID) -> str:
    """The ids that every record of a list repeats: showing them was a tenth of a list's time."""
    return show(prefix, value)


def _uses(kind: Kind, entity: Entity) -> dict[str, Any]:
    if not kind.counts_use:
        return {}
    return {"activeSequences": entity.uses.sequences, "sentEmails": entity.uses.sent_emails}


def _links(kind: Kind, entity: Entity) -> dict[str, Any]:
    if kind.linking is Linking.NONE:
        return {}
    reached, kinds = entity.offerings, entity.offering_kinds or {}
    shown: dict[str, Any] = {
        "primaryOfferingOId": show_offering(reached.primary, kinds) if reached.primary else None
    }
    if kind.linking is Linking.STRATEGY:
        shown["linkingStrategy"] = linking_strategy(entity)
    return shown


def linking_strategy(entity: Entity) -> dict[str, Any] | None:
    reached, kinds = entity.offerings, entity.offering_kinds or {}
    if reached.all:
        return {"mode": "ALL"}
    if not reached.some:
        return None
    return {"mode": "SPECIFIC", "offeringOIds": [show_offering(one, kinds) for one in reached.some]}


def show_offering(offering_id: UUID, kinds: Mapping[UUID, str]) -> str:
    return _show_frequent("sc" if kinds.get(offering_id) == "service" else "px", offering_id)
