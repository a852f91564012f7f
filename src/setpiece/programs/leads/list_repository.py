"""The lists that leads stand in, and the rows that they left out, of one workspace."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from setpiece.programs.leads.lead_repository import LEAD, lead_of
from setpiece.programs.leads.model import Lead, LeadList, Problem, Source
from setpiece.programs.leads.sources import Asked
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

_LIST = "id, program_id, source, name, query, cursor, is_complete, counts, about, created_at"


class LeadListRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert_list(self, one: LeadList, author_id: UUID) -> None:
        await self._connection.execute(
            f"""insert into program_lead_lists (workspace_id, {_LIST}, created_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10::text::jsonb, $11, $12)""",
            self._workspace_id, one.id, one.program_id, one.source, one.name, one.query, one.cursor, one.is_complete,
            as_json(one.counts), as_json(one.about), one.created_at, author_id,
        )  # fmt: skip

    async def move_list(
        self, list_id: UUID, counts: Mapping[str, int], cursor: str | None, *, is_complete: bool
    ) -> None:
        """Note how far a list was read."""
        await self._connection.execute(
            """update program_lead_lists set counts = $3::text::jsonb, cursor = $4, is_complete = $5
               where workspace_id = $1 and id = $2""",
            self._workspace_id,
            list_id,
            as_json(counts),
            cursor,
            is_complete,
        )

    async def find_list(self, program_id: UUID, list_id: UUID) -> LeadList | None:
        row = await self._connection.fetchrow(
            f"select {_LIST} from program_lead_lists where workspace_id = $1 and program_id = $2 and id = $3",
            self._workspace_id,
            program_id,
            list_id,
        )
        return _list(row) if row else None

    async def lists(self, program_id: UUID, before: UUID | None, most: int) -> list[LeadList]:
        """The newest first."""
        rows = await self._connection.fetch(
            f"""select {_LIST} from program_lead_lists
                where workspace_id = $1 and program_id = $2 and ($3::uuid is null or id < $3) order by id desc limit $4""",
            self._workspace_id,
            program_id,
            before,
            most,
        )
        return [_list(row) for row in rows]

    async def lists_of(self, program_id: UUID, asked: Asked) -> list[UUID]:
        """The lists that a program draws from now: all that were uploaded or bought, else the last that was gathered with this query."""
        rows = await self._connection.fetch(
            """select id from program_lead_lists
               where workspace_id = $1 and program_id = $2 and source = $3 and query = $4 and is_complete
               order by id desc limit case when $5 then null else 1 end""",
            self._workspace_id,
            program_id,
            asked.source,
            asked.query,
            asked.adds_up,
        )
        return [row["id"] for row in rows]

    async def last_gathering(self, program_id: UUID, asked: Asked) -> LeadList | None:
        """The newest list that was gathered with this query, complete or not."""
        row = await self._connection.fetchrow(
            f"""select {_LIST} from program_lead_lists
                where workspace_id = $1 and program_id = $2 and source = $3 and query = $4 order by id desc limit 1""",
            self._workspace_id,
            program_id,
            asked.source,
            asked.query,
        )
        return _list(row) if row else None

    async def named(self, name: str) -> list[UUID]:
        """The lists of that name in all playbooks, without those that were made of such lists."""
        rows = await self._connection.fetch(
            """select s.id from program_lead_lists s
               join programs p on p.workspace_id = $1 and p.id = s.program_id and p.deleted_at is null
               where s.workspace_id = $1 and lower(s.name) = lower($2) and s.source <> 'local' and s.is_complete""",
            self._workspace_id,
            name,
        )
        return [row["id"] for row in rows]

    async def count_people(self, list_ids: Sequence[UUID]) -> int:
        """How many leads stand in the lists; a person of two playbooks counts twice."""
        found: int = await self._connection.fetchval(
            "select count(distinct lead_id) from program_lead_members where workspace_id = $1 and list_id = any($2)",
            self._workspace_id,
            list(list_ids),
        )
        return found

    async def people(self, list_ids: Sequence[UUID], after: UUID | None, most: int) -> list[Lead]:
        """Leads that stand in one of the lists, by id."""
        rows = await self._connection.fetch(
            f"""with found as materialized (
                    select distinct lead_id from program_lead_members
                    where workspace_id = $1 and list_id = any($2) and ($3::uuid is null or lead_id > $3)
                    order by lead_id limit $4)
                select {LEAD} from found f join program_leads l on l.workspace_id = $1 and l.id = f.lead_id order by l.id""",
            self._workspace_id,
            list(list_ids),
            after,
            most,
        )
        return [lead_of(row) for row in rows]

    async def workspace_name(self) -> str:
        found: str = await self._connection.fetchval(
            "select name from workspaces where id = $1", self._workspace_id
        )
        return found

    async def delete_list(self, program_id: UUID, list_id: UUID) -> int:
        """Delete the list, and the leads that stand in no other one and were never drawn. How many leads it was."""
        await self._connection.execute(
            "delete from program_lead_lists where workspace_id = $1 and id = $2", self._workspace_id, list_id
        )
        done = await self._connection.execute(
            """delete from program_leads l where l.workspace_id = $1 and l.program_id = $2
               and not exists (select 1 from program_lead_members m where m.workspace_id = $1 and m.lead_id = l.id)
               and not exists (select 1 from program_draws d where d.workspace_id = $1 and d.lead_id = l.id)""",
            self._workspace_id,
            program_id,
        )
        return int(done.rpartition(" ")[2])

    async def insert_problems(self, list_id: UUID, problems: Sequence[Problem]) -> None:
        await self._connection.execute(
            """insert into program_lead_problems (workspace_id, list_id, line, why)
               select $1, $2, line, why from unnest($3::int[], $4::text[]) as n (line, why) on conflict do nothing""",
            self._workspace_id,
            list_id,
            [one.line for one in problems],
            [one.why for one in problems],
        )

    async def problem_counts(self, list_ids: Sequence[UUID]) -> dict[str, int]:
        """How many rows of the lists were left out, by reason, the most frequent twenty; a person's second row is one reason."""
        rows = await self._connection.fetch(
            """select case when starts_with(why, 'Is the same person as row') then 'Is in the list twice.' else why end as why,
                   count(*) as number
               from program_lead_problems where workspace_id = $1 and list_id = any($2) group by 1 order by 2 desc, 1 limit 20""",
            self._workspace_id,
            list(list_ids),
        )
        return {row["why"]: int(row["number"]) for row in rows}

    async def problems(self, list_id: UUID) -> list[Problem]:
        """In the order of the rows; their number is bounded by that of the rows of a list."""
        rows = await self._connection.fetch(
            "select line, why from program_lead_problems where workspace_id = $1 and list_id = $2 order by line",
            self._workspace_id,
            list_id,
        )
        return [Problem(**row) for row in rows]


def _list(row: Mapping[str, Any]) -> LeadList:
    values = dict(row)
    return LeadList(
        **values
        | {
            "source": Source(values["source"]),
            "counts": orjson.loads(values["counts"]),
            "about": orjson.loads(values["about"]),
        }
    )
