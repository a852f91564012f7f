"""Revisions: who changed what, and when. Written in the same statement as the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.kernel.ids import new_uuid
from setpiece.kernel.pages import Page, Window
from setpiece.storage.database import Scope
from setpiece.workspaces.model import Member

REVISION_PREFIX = "ev"
_NAMED_FIELDS = 4  # more would not fit a line


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of one entity; `diff` maps each changed field to its value before and after."""

    id: UUID
    entity_id: UUID
    entity_kind: str
    entity_name: str
    summary: str
    diff: Mapping[str, Any]
    author: Member
    created_at: datetime

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "entity_id": self.entity_id,
            "entity_kind": self.entity_kind,
            "entity_name": self.entity_name,
            "summary": self.summary,
            "diff": self.diff,
            "author_id": self.author.id,
            "created_at": self.created_at,
        }


@dataclass(frozen=True, slots=True)
class RevisionFilter:
    """What a list of revisions is narrowed to; None leaves a thing open."""

    kinds: Sequence[str] | None = None
    entity_ids: Sequence[UUID] | None = None
    since: datetime | None = None
    until: datetime | None = None
    author_id: UUID | None = None


def note(
    verb: str, entity: tuple[UUID, str, str], diff: Mapping[str, Any], author: Member, at: datetime
) -> Revision:
    """The revision for a change of `entity` (id, kind, name): verb is `Created`, `Updated` or `Deleted`."""
    entity_id, kind, name = entity
    fields = [field for field in diff if field != "name"] if verb == "Created" else list(diff)
    listed = ", ".join(fields[:_NAMED_FIELDS])
    more = len(fields) - _NAMED_FIELDS
    detail = f": {listed}{f' and {more} more' if more > 0 else ''}" if verb == "Updated" else ""
    return Revision(new_uuid(), entity_id, kind, name, f"{verb} {kind} '{name}'{detail}", diff, author, at)


class RevisionRepository:
    """The revisions of one workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def page(self, wanted: RevisionFilter, window: Window) -> Page[Revision]:
        """Newest first."""
        where = """from revisions r where r.workspace_id = $1
            and ($2::text[] is null or r.entity_kind = any($2)) and ($3::uuid[] is null or r.entity_id = any($3))
            and ($4::timestamptz is null or r.created_at >= $4) and ($5::timestamptz is null or r.created_at <= $5)
            and ($6::uuid is null or r.author_id = $6)"""
        arguments = (
            self._workspace_id,
            wanted.kinds,
            wanted.entity_ids,
            wanted.since,
            wanted.until,
            wanted.author_id,
        )
        total = await self._connection.fetchval(f"select count(*) {where}", *arguments)
        rows = await self._connection.fetch(
            f"select r.*, m.first_name, m.last_name {where.replace('revisions r', 'revisions r join members m on m.id = r.author_id')}"
            " order by r.id desc limit $7 offset $8",
            *arguments,
            window.limit,
            window.offset,
        )
        return Page([_revision(row) for row in rows], total, window)

    async def get(self, revision_id: UUID) -> Revision | None:
        row = await self._connection.fetchrow(
            """select r.*, m.first_name, m.last_name from revisions r join members m on m.id = r.author_id
               where r.workspace_id = $1 and r.id = $2""",
            self._workspace_id,
            revision_id,
        )
        return _revision(row) if row else None


def _revision(row: asyncpg.Record) -> Revision:
    return Revision(
        row["id"],
        row["entity_id"],
        row["entity_kind"],
        row["entity_name"],
        row["summary"],
        orjson.loads(row["diff"]),
        Member(row["author_id"], row["first_name"], row["last_name"]),
        row["created_at"],
    )
