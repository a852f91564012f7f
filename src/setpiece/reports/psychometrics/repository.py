"""Analyses of one workspace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from setpiece.reports.psychometrics.model import ANALYSE, Analysis, Failure
from setpiece.storage.database import Scope

_COLUMNS = "id, scores, inputs, failure_code, failure, created_at, expires_at"


class AnalysisRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, one: Analysis) -> None:
        """A second attempt at the job finds what the first wrote, and leaves it."""
        await self._connection.execute(
            f"""insert into analyses (workspace_id, {_COLUMNS})
                values ($1, $2, $3::text::jsonb, $4::text::jsonb, $5, $6, $7, $8) on conflict (id) do nothing""",
            self._workspace_id,
            one.id,
            orjson.dumps(one.scores).decode(),
            orjson.dumps(one.inputs).decode(),
            one.failure.code if one.failure else None,
            one.failure.message if one.failure else None,
            one.created_at,
            one.expires_at,
        )

    async def find(self, analysis_id: UUID, at: datetime) -> Analysis | None:
        """None once it has expired, also before the clock takes it away."""
        row = await self._connection.fetchrow(
            f"select {_COLUMNS} from analyses where workspace_id = $1 and id = $2 and expires_at > $3",
            self._workspace_id,
            analysis_id,
            at,
        )
        return _analysis(row) if row else None

    async def left_recordings(self) -> list[UUID]:
        """Those whose analysis is over and has not deleted them: it was canceled, or its worker died again and again."""
        rows = await self._connection.fetch(
            """select r.id from jobs j
               join recordings r on r.workspace_id = $1 and r.id = (j.payload ->> 'recordingId')::uuid
               where j.workspace_id = $1 and j.kind = $2 and j.status in ('failed', 'canceled') and r.deleted_at is null""",
            self._workspace_id,
            ANALYSE,
        )
        return [row["id"] for row in rows]

    async def forget_expired(self, at: datetime) -> None:
        await self._connection.execute(
            "delete from analyses where workspace_id = $1 and expires_at <= $2", self._workspace_id, at
        )


def _analysis(row: Mapping[str, Any]) -> Analysis:
    failure = Failure(row["failure_code"], row["failure"]) if row["failure_code"] else None
    return Analysis(
        row["id"],
        orjson.loads(row["scores"]),
        orjson.loads(row["inputs"]),
        failure,
        row["created_at"],
        row["expires_at"],
    )
