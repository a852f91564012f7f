"""The reports of one workspace."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.reports.report import Report
from setpiece.reports.writing import Written
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

_COLUMNS = """id, job_id, recording_id, asked, label, entity_id, entity_label, target, document, markdown, evidence, created_at,
    written_at"""
_JSON = ("asked", "target", "document", "evidence")


@dataclass(frozen=True, slots=True)
class About:
    """Who a report is about: the voice, what it is called here, and why it was chosen."""

    entity_id: UUID | None
    entity_label: str | None
    target: Mapping[str, Any]


class ReportRepository:
    """Made from a scope bound to the reports' workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, report: Report) -> None:
        """One that is asked for, and not written yet."""
        await self._connection.execute(
            """insert into reports (id, workspace_id, job_id, recording_id, asked, label, created_at)
               values ($1, $2, $3, $4, $5::jsonb, $6, $7)""",
            report.id, self._workspace_id, report.job_id, report.recording_id, as_json(report.asked), report.label,
            report.created_at,
        )  # fmt: skip

    async def write(self, report_id: UUID, about: About, written: Written, at: datetime) -> bool:
        """False when the report went with its recording meanwhile."""
        changed = await self._connection.fetchval(
            """update reports set entity_id = $3, entity_label = $4, target = $5::json, document = $6::json, markdown = $7,
                   evidence = $8::json, written_at = $9
               where workspace_id = $1 and id = $2 returning true""",
            self._workspace_id, report_id, about.entity_id, about.entity_label, as_json(about.target),
            as_json(written.document), written.markdown, as_json({**written.evidence, "notes": written.notes}), at,
        )  # fmt: skip
        return bool(changed)

    async def find(self, report_id: UUID) -> Report | None:
        """Written or not."""
        return await self._one("id = $2", report_id)

    async def of_job(self, job_id: UUID) -> Report | None:
        return await self._one("job_id = $2", job_id)

    async def recordings_with_any(self, recording_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those of the recordings that have a report that is written."""
        rows = await self._connection.fetch(
            """select distinct recording_id from reports
               where workspace_id = $1 and recording_id = any($2) and written_at is not null""",
            self._workspace_id,
            list(recording_ids),
        )
        return frozenset(row["recording_id"] for row in rows)

    async def _one(self, which: str, value: UUID) -> Report | None:
        row = await self._connection.fetchrow(
            f"select {_COLUMNS} from reports where workspace_id = $1 and {which}", self._workspace_id, value
        )
        return _report(row) if row else None


def _report(row: asyncpg.Record) -> Report:
    read = {name: orjson.loads(row[name]) if row[name] is not None else None for name in _JSON}
    return Report(**dict(row) | read)
