"""The runs of one workspace's programs."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from setpiece.programs.model import Metrics, Run, RunStatus
from setpiece.programs.repository import Place
from setpiece.programs.spec.document import parse_spec, show_spec
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

_COLUMNS = """id, program_id, status, started_at, ended_at, started_by, spec, spec_version, epoch, executed, samples, successes,
    metric_value, touched, chat_id, error, prompt_hash"""


class RunRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, run: Run) -> None:
        await self._connection.execute(
            """insert into program_runs (id, workspace_id, program_id, status, started_at, started_by, spec, spec_version, epoch,
                   executed, chat_id, prompt_hash)
               values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12)""",
            run.id, self._workspace_id, run.program_id, run.status, run.started_at, run.started_by,
            as_json(show_spec(run.spec)), run.spec_version, run.epoch, run.is_executed, run.chat_id,
            run.prompt_hash,
        )  # fmt: skip

    async def find(self, program_id: UUID, run_id: UUID) -> Run | None:
        return await self._one(program_id, run_id)

    async def hold(self, program_id: UUID, run_id: UUID) -> Run | None:
        """The run, which nobody else changes until the transaction ends."""
        return await self._one(program_id, run_id, "for no key update")

    async def of_program(
        self, program_id: UUID, after: Place | None, most: int | None, *, is_ascending: bool
    ) -> Sequence[Run]:
        """By when they began, then by id."""
        sign, order = (">", "asc") if is_ascending else ("<", "desc")
        rows = await self._connection.fetch(
            f"""select {_COLUMNS} from program_runs
                where workspace_id = $1 and program_id = $2
                  and ($3::timestamptz is null or (started_at, id) {sign} ($3, $4))
                order by started_at {order}, id {order} limit $5""",
            self._workspace_id,
            program_id,
            after and after.at,
            after and after.id,
            most,
        )
        return [_run(row) for row in rows]

    async def change(self, run: Run) -> None:
        """Whatever of the run can change, but for what is counted."""
        await self._connection.execute(
            """update program_runs set status = $3, ended_at = $4, chat_id = $5, error = $6, metric_value = $7
               where workspace_id = $1 and id = $2""",
            self._workspace_id, run.id, run.status, run.ended_at, run.chat_id, run.error, run.metrics.metric_value,
        )  # fmt: skip

    async def _one(self, program_id: UUID, run_id: UUID, how: str = "") -> Run | None:
        row = await self._connection.fetchrow(
            f"""select {_COLUMNS} from program_runs
                where workspace_id = $1 and program_id = $2 and id = $3 {how}""",
            self._workspace_id,
            program_id,
            run_id,
        )
        return _run(row) if row else None


def _run(row: asyncpg.Record) -> Run:
    return Run(
        id=row["id"],
        program_id=row["program_id"],
        status=RunStatus(row["status"]),
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        started_by=row["started_by"],
        spec=parse_spec(row["spec"]),
        spec_version=row["spec_version"],
        epoch=row["epoch"],
        is_executed=row["executed"],
        metrics=Metrics(row["samples"], row["successes"], row["metric_value"], row["touched"]),
        chat_id=row["chat_id"],
        error=row["error"],
        prompt_hash=row["prompt_hash"],
    )
