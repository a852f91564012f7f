"""Keeping what was run, and reading it again; for one workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.storage.database import Scope
from setpiece.storage.json import as_json


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run as it is kept: all that went in, all that was weighed, all that came out."""

    id: UUID
    request_id: str
    agent_id: UUID | None
    experiment_id: UUID | None
    assignment: dict[str, Any] | None
    found: bool
    persona_id: UUID | None
    input: dict[str, Any]
    choice: dict[str, Any]
    output: dict[str, Any]
    timing: dict[str, Any]
    email_count: int
    credits: int
    author_id: UUID
    created_at: datetime
    exported_at: datetime | None = None

    @property
    def person(self) -> dict[str, Any]:
        """What was sent of the person: at the top of an agent's input, under `recipient` of a headless one."""
        told = self.input.get("recipient")
        return told if isinstance(told, dict) else self.input


class RunRepository:
    """The runs of one workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, run: KeptRun) -> None:
        """Keep the run and count it, in one statement."""
        await self._connection.execute(
            """with kept as (
                   insert into runs values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
               )
               insert into counters as c (workspace_id, name, shard, value)
               select $1, name, pg_backend_pid() % 16, value
               from unnest(array['credits', 'sequences:' || $8::text], array[$14::bigint, 1]) as u(name, value)
               where $7 and name is not null order by name
               on conflict (workspace_id, name, shard) do update set value = c.value + excluded.value""",
            self._workspace_id,
            run.id,
            run.request_id,
            run.agent_id,
            run.experiment_id,
            as_json(run.assignment) if run.assignment else None,
            run.found,
            run.persona_id,
            as_json(run.input),
            as_json(run.choice),
            as_json(run.output),
            as_json(run.timing),
            run.email_count,
            run.credits,
            run.author_id,
            run.created_at,
        )

    async def newest(self, request_id: str, *, lock: bool = False) -> KeptRun | None:
        """The newest run of that request id."""
        row = await self._connection.fetchrow(
            f"""select * from runs where workspace_id = $1 and request_id = $2 order by id desc limit 1
                {"for update" if lock else ""}""",
            self._workspace_id,
            request_id,
        )
        return _run(row) if row else None

    async def mark_exported(self, run: KeptRun, at: datetime) -> None:
        """Note the export; its emails count as sent the first time only."""
        await self._connection.execute(
            """with marked as (
                   update runs set exported_at = $3 where workspace_id = $1 and id = $2 and exported_at is null
                   returning persona_id, email_count
               )
               insert into counters as c (workspace_id, name, shard, value)
               select $1, 'emails:' || persona_id, pg_backend_pid() % 16, email_count
               from marked where persona_id is not null
               on conflict (workspace_id, name, shard) do update set value = c.value + excluded.value""",
            self._workspace_id,
            run.id,
            at,
        )

    async def mark_all_exported(self, request_ids: Sequence[str], at: datetime) -> None:
        """The same for the runs of these ids, in one statement."""
        await self._connection.execute(
            """with marked as (
                   update runs set exported_at = $3 where workspace_id = $1 and request_id = any($2) and exported_at is null
                   returning persona_id, email_count
               )
               insert into counters as c (workspace_id, name, shard, value)
               select $1, 'emails:' || persona_id, pg_backend_pid() % 16, sum(email_count)
               from marked where persona_id is not null group by persona_id order by persona_id
               on conflict (workspace_id, name, shard) do update set value = c.value + excluded.value""",
            self._workspace_id,
            list(request_ids),
            at,
        )


def _run(row: asyncpg.Record) -> KeptRun:
    return KeptRun(
        row["id"],
        row["request_id"],
        row["agent_id"],
        row["experiment_id"],
        orjson.loads(row["assignment"]) if row["assignment"] else None,
        row["found"],
        row["persona_id"],
        orjson.loads(row["input"]),
        orjson.loads(row["choice"]),
        orjson.loads(row["output"]),
        orjson.loads(row["timing"]),
        row["email_count"],
        row["credits"],
        row["created_by"],
        row["created_at"],
        row["exported_at"],
    )
