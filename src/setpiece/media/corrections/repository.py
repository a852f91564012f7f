"""The corrections of one workspace."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.media.corrections.model import Correction, read_change
from setpiece.storage.database import Scope

_COLUMNS = "id, kind, change::text, heard, created_by, created_at"


class CorrectionRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def of(self, recording_id: UUID) -> Sequence[Correction]:
        """In the order in which they were made."""
        rows = await self._connection.fetch(
            f"select {_COLUMNS} from speaker_corrections where workspace_id = $1 and recording_id = $2 order by id",
            self._workspace_id,
            recording_id,
        )
        return [_correction(row) for row in rows]

    async def insert(self, recording_id: UUID, correction: Correction) -> None:
        await self._connection.execute(
            """insert into speaker_corrections
                   (id, workspace_id, recording_id, kind, change, heard, created_by, created_at)
               values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8)""",
            correction.id,
            self._workspace_id,
            recording_id,
            correction.kind,
            orjson.dumps(asdict(correction.change)).decode(),
            correction.heard,
            correction.created_by,
            correction.created_at,
        )

    async def delete(self, recording_id: UUID, correction_id: UUID) -> None:
        await self._connection.execute(
            "delete from speaker_corrections where workspace_id = $1 and recording_id = $2 and id = $3",
            self._workspace_id,
            recording_id,
            correction_id,
        )


def _correction(row: asyncpg.Record) -> Correction:
    found: dict[str, Any] = orjson.loads(row["change"])
    change = read_change(row["kind"], found)
    return Correction(row["id"], change, row["heard"], row["created_by"], row["created_at"])
