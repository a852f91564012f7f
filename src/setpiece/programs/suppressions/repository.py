"""The suppressions of one workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from setpiece.kernel.ids import new_uuid
from setpiece.programs.suppressions.model import Key, Suppression, SuppressionKind, SuppressionReason, Wanted
from setpiece.storage.database import Scope

_COLUMNS = "id, kind, value, reason, source, note, program_id, created_by, created_at, removed_by, removed_at"


@dataclass(frozen=True, slots=True)
class WantedSuppressions:
    """Which part of the list is wanted.

    Attributes:
        keys: Only entries with one of these; None for all.
        before: Only older ones than this.
    """

    kind: SuppressionKind | None = None
    keys: Sequence[Key] | None = None
    before: UUID | None = None
    with_removed: bool = False


class SuppressionRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def add(self, wanted: Sequence[Wanted], author_id: UUID | None, at: datetime) -> set[Key]:
        """Put on the list what is not yet there, in one statement; the values are in normal form. Gives those that are new."""
        rows = await self._connection.fetch(
            """insert into program_suppressions
                   (id, workspace_id, kind, value, reason, source, note, program_id, created_by, created_at)
               select id, $1, kind, value, reason, source, note, program_id, $9, $10
               from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[])
                   as asked(id, kind, value, reason, source, note, program_id)
               on conflict (workspace_id, kind, value) where removed_at is null do nothing
               returning kind, value""",
            self._workspace_id, [new_uuid() for _ in wanted], [one.kind for one in wanted], [one.value for one in wanted],
            [one.reason for one in wanted], [one.source for one in wanted], [one.note for one in wanted],
            [one.program_id for one in wanted], author_id, at,
        )  # fmt: skip
        return {(SuppressionKind(row["kind"]), row["value"]) for row in rows}

    async def holding(self, keys: Sequence[Key]) -> dict[Key, Suppression]:
        """The entries that hold, of those with one of `keys`."""
        rows = await self._connection.fetch(
            f"""select {_COLUMNS} from program_suppressions s
                join unnest($2::text[], $3::text[]) as asked(asked_kind, asked_value)
                    on s.kind = asked_kind and s.value = asked_value
                where s.workspace_id = $1 and s.removed_at is null""",
            self._workspace_id,
            [kind for kind, _ in keys],
            [value for _, value in keys],
        )
        return {one.key: one for one in map(_suppression, rows)}

    async def newest(self, wanted: WantedSuppressions, most: int) -> Sequence[Suppression]:
        """At most `most`, the newest first."""
        kinds, values = zip(*wanted.keys, strict=True) if wanted.keys else ((), ())
        rows = await self._connection.fetch(
            f"""select {_COLUMNS} from program_suppressions
                where workspace_id = $1 and ($2::uuid is null or id < $2) and ($3::text is null or kind = $3)
                    and ($4 or removed_at is null)
                    and ($5 or (kind, value) in (select * from unnest($6::text[], $7::text[])))
                order by id desc limit $8""",
            self._workspace_id, wanted.before, wanted.kind, wanted.with_removed, wanted.keys is None,
            list(kinds), list(values), most,
        )  # fmt: skip
        return [_suppression(row) for row in rows]

    async def remove(self, suppression_id: UUID, author_id: UUID, at: datetime) -> Suppression | None:
        """Take it off the list; None when it is not on it."""
        row = await self._connection.fetchrow(
            f"""update program_suppressions set removed_by = $3, removed_at = $4
                where workspace_id = $1 and id = $2 and removed_at is null returning {_COLUMNS}""",
            self._workspace_id,
            suppression_id,
            author_id,
            at,
        )
        return _suppression(row) if row else None


def _suppression(row: asyncpg.Record) -> Suppression:
    found: dict[str, Any] = dict(row)
    kind, reason = SuppressionKind(found.pop("kind")), SuppressionReason(found.pop("reason"))
    return Suppression(kind=kind, reason=reason, **found)
