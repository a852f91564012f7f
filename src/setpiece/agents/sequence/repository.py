"""Queries of a sequence run: pulling candidates, and keeping what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

_OF_A_PERSONA = 200
"""Playbooks looked at for one persona; more than any library seen has."""


class RetrievalRepository:
    """Candidate ids of one workspace; the cost does not grow with the library."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def counts(self, kinds: Sequence[str]) -> dict[str, int]:
        rows = await self._connection.fetch(
            """select substr(name, 10) as kind, sum(value)::int as live from counters
               where workspace_id = $1 and name = any($2) group by 1""",
            self._workspace_id,
            [f"entities:{kind}" for kind in kinds],
        )
        return {row["kind"]: row["live"] for row in rows}

    async def all_ids(self, kinds: Sequence[str], most: int) -> list[UUID]:
        """The oldest `most` of each kind."""
        rows = await self._connection.fetch(
            """select found.id from unnest($2::text[]) k(kind), lateral (
                   select id from entities e where e.workspace_id = $1 and e.kind = k.kind and e.deleted_at is null
                   order by id limit $3) found""",
            self._workspace_id,
            list(kinds),
            most,
        )
        return [row["id"] for row in rows]

    async def having(self, kind: str, terms: Sequence[str], limit: int) -> dict[str, list[UUID]]:
        """The entities of a kind that have each term, the oldest `limit` of each."""
        rows = await self._connection.fetch(
            """select t.term, array(
                   select m.entity_id from match_terms m
                   where m.workspace_id = $1 and m.kind = $2 and m.term = t.term order by m.entity_id limit $4) as ids
               from unnest($3::text[]) t(term)""",
            self._workspace_id,
            kind,
            list(terms),
            limit,
        )
        return {row["term"]: row["ids"] for row in rows}

    async def having_among(
        self, kind: str, terms: Sequence[str], ids: Sequence[UUID]
    ) -> dict[str, list[UUID]]:
        """Which of the given entities have each term."""
        rows = await self._connection.fetch(
            """select t.term, array(
                   select m.entity_id from match_terms m
                   where m.workspace_id = $1 and m.kind = $2 and m.term = t.term and m.entity_id = any($4)) as ids
               from unnest($3::text[]) t(term)""",
            self._workspace_id,
            kind,
            list(terms),
            list(ids),
        )
        return {row["term"]: row["ids"] for row in rows}

    async def personas_of(self, playbook_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, ...]]:
        """The personas of each playbook, in its order; those that were deleted are left out."""
        # A condition and not a join: a join reads the whole library once it meets enough links.
        rows = await self._connection.fetch(
            """select l.playbook_id, array_agg(l.entity_id order by l.position) as ids from playbook_links l
               where l.workspace_id = $1 and l.playbook_id = any($2) and l.role = 'persona'
                 and (select e.deleted_at is null from entities e where e.id = l.entity_id)
               group by 1""",
            self._workspace_id,
            list(playbook_ids),
        )
        return {row["playbook_id"]: tuple(row["ids"]) for row in rows}

    async def playbooks_of(self, ids: Sequence[UUID], most: int) -> list[UUID]:
        """Active playbooks that are for one of these personas."""
        rows = await self._connection.fetch(
            """select l.playbook_id, min(w.rank) from unnest($2::uuid[]) with ordinality w(id, rank), lateral (
                   select l.playbook_id from playbook_links l join playbooks p on p.id = l.playbook_id
                   join entities e on e.id = l.playbook_id
                   where l.workspace_id = $1 and l.entity_id = w.id and l.role = 'persona'
                     and p.status = 'active' and e.deleted_at is null order by 1 limit $4) l
               group by 1 order by 2, 1 limit $3""",
            self._workspace_id,
            list(ids),
            most,
            _OF_A_PERSONA,
        )
        return [row["playbook_id"] for row in rows]


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run as it is kept: all that went in, all that was weighed, all that came out."""

    id: UUID
    request_id: str
    agent_id: UUID
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
