"""Entities as rows of their table, in JSON: the form in which one or ten thousand are written."""

from collections.abc import Iterable
from typing import Any

import orjson

from setpiece.kernel.errors import LimitExceeded
from setpiece.library.model import Entity
from setpiece.storage.json import as_json

MOST_CHARACTERS = 1_000_000
"""Of one entity as JSON. A list may hold a thousand of them."""


def as_rows(entities: Iterable[Entity]) -> str:
    """The entities as a JSON list of rows.

    Raises:
        LimitExceeded: one of them is larger than a page of them could be held in memory.
    """
    rows = [as_json(_row(entity)) for entity in entities]
    if largest := next((row for row in rows if len(row) > MOST_CHARACTERS), None):
        name = orjson.loads(largest)["name"]
        raise LimitExceeded(
            f"'{name[:80]}' would be larger than {MOST_CHARACTERS:,} characters; say less in it.",
            code="body_too_large",
        )
    return f"[{','.join(rows)}]"


def _row(entity: Entity) -> dict[str, Any]:
    """The entity as a row of the table, by column."""
    return {
        "id": entity.id,
        "kind": entity.kind,
        "key": entity.key,
        "name": entity.name,
        "internal_name": entity.internal_name,
        "description": entity.description,
        "primary_url": entity.primary_url,
        "active": entity.active,
        "data": entity.data,
        "qualifying_questions": entity.qualifying_questions,
        "primary_offering_id": entity.offerings.primary,
        "links_all": entity.offerings.all,
        "offering_ids": entity.offerings.some,
        "created_by": entity.author.id,
        "created_at": entity.created_at,
        "updated_at": entity.updated_at,
        "deleted_at": entity.deleted_at,
    }
