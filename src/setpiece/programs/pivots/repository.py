"""The pivots of one workspace's programs."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import orjson

from setpiece.programs.pivots.model import Pivot
from setpiece.programs.repository import Place
from setpiece.programs.spec.model import Changeable
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

_COLUMNS = """p.id, p.program_id, p.run_id, p.epoch, p.opened_epoch, p.at, p.by, p.changes, p.name, p.evidence, p.before, p.after,
    p.reason, p.is_applied, p.reverts, (select id from program_pivots r where r.reverts = p.id) as reverted_by"""


class PivotRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, pivot: Pivot) -> None:
        documents = [one and as_json(one) for one in (pivot.evidence, pivot.before, pivot.after)]
        await self._connection.execute(
            """insert into program_pivots (id, workspace_id, program_id, run_id, epoch, opened_epoch, at, by, changes, name,
                   evidence, before, after, reason, is_applied, reverts)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb, $13::jsonb, $14, $15, $16)""",
            pivot.id, self._workspace_id, pivot.program_id, pivot.run_id, pivot.epoch, pivot.opened_epoch, pivot.at,
            pivot.by, pivot.changes, pivot.name, *documents, pivot.reason, pivot.is_applied, pivot.reverts,
        )  # fmt: skip

    async def of_program(
        self, program_id: UUID, after: Place | None = None, most: int | None = None
    ) -> Sequence[Pivot]:
        """The newest first."""
        rows = await self._connection.fetch(
            f"""select {_COLUMNS} from program_pivots p
                where p.workspace_id = $1 and p.program_id = $2 and ($3::timestamptz is null or (p.at, p.id) < ($3, $4))
                order by p.at desc, p.id desc limit $5""",
            self._workspace_id,
            program_id,
            after and after.at,
            after and after.id,
            most,
        )
        return [_pivot(row) for row in rows]

    async def find(self, program_id: UUID, pivot_id: UUID) -> Pivot | None:
        row = await self._connection.fetchrow(
            f"""select {_COLUMNS} from program_pivots p
                where p.workspace_id = $1 and p.program_id = $2 and p.id = $3""",
            self._workspace_id,
            program_id,
            pivot_id,
        )
        return _pivot(row) if row else None

    async def last_run(self, program_id: UUID, epoch: int) -> UUID | None:
        """The run of the epoch that began last."""
        found: UUID | None = await self._connection.fetchval(
            """select id from program_runs where workspace_id = $1 and program_id = $2 and epoch = $3
               order by started_at desc, id desc limit 1""",
            self._workspace_id,
            program_id,
            epoch,
        )
        return found


def _pivot(row: asyncpg.Record) -> Pivot:
    read = {name: row[name] and orjson.loads(row[name]) for name in ("evidence", "before", "after")}
    read["changes"] = row["changes"] and Changeable(row["changes"])
    return Pivot(**dict(row) | read)
