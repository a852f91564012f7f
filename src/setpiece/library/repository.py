"""Queries on entities, for one workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.kernel.pages import Page, Window
from setpiece.library.kind import Kind
from setpiece.library.model import Entity, Offerings, Uses, complete_data
from setpiece.library.revisions import Revision
from setpiece.library.rows import as_rows
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json
from setpiece.workspaces.model import Member

_SELECT = """
select e.*, m.first_name, m.last_name,
    case when e.primary_offering_id is not null or e.offering_ids <> '{}' then
        (select jsonb_object_agg(o.id, o.kind) from entities o
         where o.workspace_id = $1 and o.id = any(e.offering_ids || e.primary_offering_id)) end as offering_kinds
"""
_SELECT_ROW = "select e.*, m.first_name, m.last_name, null::jsonb as offering_kinds"
_FROM = " from entities e join members m on m.id = e.created_by "
_GENERATION = """,
    (select g.metadata from generations g where g.workspace_id = $1 and g.entity_id = e.id) as generation
"""
_USES = """,
    (select sum(value) from counters c where c.workspace_id = $1 and c.name = 'sequences:' || e.id) as sequences,
    (select sum(value) from counters c where c.workspace_id = $1 and c.name = 'emails:' || e.id) as sent_emails
"""

# One statement for one entity or ten thousand: rows, revisions and retrieval terms stand or fall together.
_INSERT = """
with made as (
    insert into entities (id, workspace_id, kind, key, name, internal_name, description, primary_url, active, data,
        qualifying_questions, primary_offering_id, links_all, offering_ids, created_by, created_at)
    select id, $1, kind, key, name, internal_name, description, primary_url, active, data,
        qualifying_questions, primary_offering_id, links_all, offering_ids, created_by, created_at
    from jsonb_populate_recordset(null::entities, $2)
), noted as (
    insert into revisions select id, $1, entity_id, entity_kind, entity_name, summary, diff, author_id, created_at
    from jsonb_populate_recordset(null::revisions, $3)
)
insert into match_terms
select $1, t.kind, term, t.entity_id
from jsonb_to_recordset($4) t(kind text, entity_id uuid, terms jsonb), jsonb_array_elements_text(t.terms) term
"""

_UPDATE = """
with changed as (
    update entities e set key = n.key, name = n.name, internal_name = n.internal_name, description = n.description,
        primary_url = n.primary_url, active = n.active, data = n.data, qualifying_questions = n.qualifying_questions,
        primary_offering_id = n.primary_offering_id, links_all = n.links_all, offering_ids = n.offering_ids,
        updated_at = n.updated_at, deleted_at = n.deleted_at
    from jsonb_populate_recordset(null::entities, $2) n where e.workspace_id = $1 and e.id = n.id
), noted as (
    insert into revisions select id, $1, entity_id, entity_kind, entity_name, summary, diff, author_id, created_at
    from jsonb_populate_recordset(null::revisions, $3)
), named as (
    select * from jsonb_to_recordset($4) t(kind text, entity_id uuid, terms jsonb, dropped jsonb)
), forgotten as (
    delete from match_terms t using named n, jsonb_array_elements_text(n.dropped) lost
    where t.workspace_id = $1 and t.kind = n.kind and t.term = lost and t.entity_id = n.entity_id
)
insert into match_terms select $1, kind, term, entity_id from named, jsonb_array_elements_text(terms) term
on conflict do nothing
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; `kinds` is usually one."""

    kinds: tuple[str, ...]
    text: str | None = None
    offering_id: UUID | None = None
    playbook_id: UUID | None = None
    data_type: str | None = None

    @property
    def is_whole_kind(self) -> bool:
        return len(self.kinds) == 1 and not (
            self.text or self.offering_id or self.playbook_id or self.data_type
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """An entity to be written, with what is noted beside it."""

    entity: Entity
    revision: Revision | None
    terms: frozenset[str]
    dropped: frozenset[str] = frozenset()
    """Terms it had before and has no more."""


class EntityRepository:
    """The entities of one workspace."""

    def __init__(self, scope: Scope, kinds: Mapping[str, Kind]) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id
        self._kinds = kinds

    async def get(self, kind: Kind, entity_id: UUID, *, lock: bool = False) -> Entity | None:
        found = await self._connection.fetchrow(
            f"{_SELECT}{_GENERATION}{_USES if kind.counts_use else ''}{_FROM}"
            "where e.workspace_id = $1 and e.id = $2 and e.kind = $3 and e.deleted_at is null"
            f"{' for update of e' if lock else ''}",
            self._workspace_id,
            entity_id,
            kind.name,
        )
        return self._entity(found) if found else None

    async def by_ids(
        self, ids: Sequence[UUID], kind_by_id: Mapping[UUID, str] | None = None, *, uses: bool = False
    ) -> dict[UUID, Entity]:
        """Live entities of any kind by id; what is missing is left out.

        Who reads a whole library gives the kinds of its entities, so that they are not asked for row by row; who shows no
        links of theirs gives an empty mapping.
        """
        rows = await self._connection.fetch(
            f"{_SELECT if kind_by_id is None else _SELECT_ROW}{_USES if uses else ''}{_FROM}"
            "where e.workspace_id = $1 and e.id = any($2) and e.deleted_at is null",
            self._workspace_id,
            list(ids),
        )
        return {row["id"]: self._entity(row, kind_by_id) for row in rows}

    async def versions(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        """What changes whenever the row of a live entity does: its transaction and its place in the table."""
        rows = await self._connection.fetch(
            """select id, xmin::text || ctid::text as version from entities
               where workspace_id = $1 and id = any($2) and deleted_at is null""",
            self._workspace_id,
            list(ids),
        )
        return {row["id"]: row["version"] for row in rows}

    async def kinds_of(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        """The kind of each live entity among `ids`."""
        rows = await self._connection.fetch(
            "select id, kind from entities where workspace_id = $1 and id = any($2) and deleted_at is null",
            self._workspace_id,
            list(ids),
        )
        return {row["id"]: row["kind"] for row in rows}

    async def page(self, wanted: Filter, window: Window, *, uses: bool = False) -> Page[Entity]:
        """Newest first."""
        where, arguments = _conditions(wanted)
        total = (
            "(select coalesce(sum(value), 0)::int from counters c where c.workspace_id = $1 and c.name = 'entities:' || ($2::text[])[1])"
            if wanted.is_whole_kind
            else f"(select count(*)::int from entities e where {where})"
        )
        arguments = [self._workspace_id, list(wanted.kinds), *arguments]
        last = len(arguments)
        rows = await self._connection.fetch(
            f"with page as materialized (select e.* from entities e where {where} order by e.id desc "
            f"limit ${last + 1} offset ${last + 2}) "
            f"{_SELECT}{_USES if uses else ''}, {total} as total from page e join members m on m.id = e.created_by "
            "order by e.id desc",
            *arguments,
            window.limit,
            window.offset,
        )
        counted = rows[0]["total"] if rows else await self._connection.fetchval(f"select {total}", *arguments)
        return Page([self._entity(row) for row in rows], counted, window)

    async def all_of(self, kinds: Sequence[str], limit: int) -> list[Entity]:
        """Live and active entities of some kinds, oldest first, `limit` of each at most."""
        rows = await self._connection.fetch(
            f"""select k.kind as wanted_kind, x.* from unnest($2::text[]) k(kind), lateral (
                {_SELECT}{_FROM} where e.workspace_id = $1 and e.kind = k.kind and e.active
                and e.deleted_at is null order by e.id limit $3) x""",
            self._workspace_id,
            list(kinds),
            limit,
        )
        return [self._entity(row) for row in rows]

    async def beside(self, offering_id: UUID, kinds: Sequence[str], most: int) -> list[Entity]:
        """Active entities that hang on an offering or on none in particular, `most` of each kind, the oldest first.

        Three indexed questions for each kind, so that the cost does not grow with the library. Without the kinds of their
        offerings.
        """
        rows = await self._connection.fetch(
            f"""with hanging as (
                select found.id from unnest($3::text[]) k(kind), lateral (
                    (select id from entities e where e.workspace_id = $1 and e.kind = k.kind
                        and (e.links_all or e.primary_offering_id is null and e.offering_ids = '{{}}')
                        and e.deleted_at is null order by id limit $4)
                    union (select id from entities e where e.workspace_id = $1 and e.kind = k.kind
                        and e.primary_offering_id = $2 and e.deleted_at is null order by id limit $4)
                    union (select entity_id from match_terms t where t.workspace_id = $1 and t.kind = k.kind
                        and t.term = 'o:' || ($2::uuid)::text order by 1 limit $4)
                    order by id limit $4) found)
            {_SELECT_ROW}{_FROM} where e.workspace_id = $1 and e.active and e.id in (select id from hanging) order by e.id""",
            self._workspace_id,
            offering_id,
            list(kinds),
            most,
        )
        return [self._entity(row) for row in rows]

    async def by_key(self, kind: str, keys: Sequence[str]) -> dict[str, Entity]:
        rows = await self._connection.fetch(
            f"{_SELECT}{_FROM}where e.workspace_id = $1 and e.kind = $2 and e.key = any($3) and e.deleted_at is null",
            self._workspace_id,
            kind,
            list(keys),
        )
        return {row["key"]: self._entity(row) for row in rows}

    async def insert(self, stored: Sequence[Stored]) -> None:
        await self._write(_INSERT, stored)

    async def update(self, stored: Sequence[Stored]) -> None:
        await self._write(_UPDATE, stored)

    async def refresh_statistics(self) -> None:
        """Let queries that were planned for a small library be planned anew."""
        await self._connection.execute("select refresh_statistics()")

    async def _write(self, statement: str, stored: Sequence[Stored]) -> None:
        revisions = [one.revision.row() for one in stored if one.revision]
        terms = [
            {
                "kind": one.entity.kind,
                "entity_id": one.entity.id,
                "terms": sorted(one.terms),
                "dropped": sorted(one.dropped),
            }
            for one in stored
        ]
        await self._connection.execute(
            statement,
            self._workspace_id,
            as_rows(one.entity for one in stored),
            as_json(revisions),
            as_json(terms),
        )

    def _entity(self, row: asyncpg.Record, kind_by_id: Mapping[UUID, str] | None = None) -> Entity:
        kinds, questions = row["offering_kinds"], row["qualifying_questions"]
        return Entity(
            row["id"],
            row["workspace_id"],
            row["kind"],
            row["key"],
            row["name"],
            row["internal_name"],
            row["description"],
            row["primary_url"],
            row["active"],
            _data(self._kinds[row["kind"]], row["data"]),
            orjson.loads(questions) if questions != "[]" else [],
            Offerings(row["primary_offering_id"], row["links_all"], tuple(row["offering_ids"])),
            _member(row["created_by"], row["first_name"], row["last_name"]),
            row["created_at"],
            row["updated_at"],
            row["archived_at"],
            row["deleted_at"],
            Uses(int(row.get("sequences") or 0), int(row.get("sent_emails") or 0)),
            {UUID(one): kind for one, kind in orjson.loads(kinds).items()} if kinds else kind_by_id,
            orjson.loads(generation) if (generation := row.get("generation")) else None,
        )


@lru_cache(maxsize=1_024)
def _member(id: UUID, first_name: str, last_name: str) -> Member:
    return Member(id, first_name, last_name)


def _data(kind: Kind, text: str) -> dict[str, Any]:
    """The fields of an entity from their JSON; nobody changes what is handed out."""
    return _short_data(kind, text) if len(text) <= _SHORT_CHARS else complete_data(kind, orjson.loads(text))


_SHORT_CHARS = 4_000
"""An entry of this length takes some 10 kB as values, so that what is kept below stays under 20 MB."""


@lru_cache(maxsize=2_048)
def _short_data(kind: Kind, text: str) -> dict[str, Any]:
    """Kept by content: a run compares some two hundred entities, mostly those of the run before."""
    return complete_data(kind, orjson.loads(text))


def _conditions(wanted: Filter) -> tuple[str, list[Any]]:
    """The `where` of a list after $1 workspace and $2 kinds, and its further arguments."""
    clauses = ["e.workspace_id = $1", "e.kind = any($2::text[])", "e.deleted_at is null"]
    if wanted.is_whole_kind:
        clauses[1] = "e.kind = ($2::text[])[1]"
    arguments: list[Any] = []

    def narrow(clause: str, value: Any) -> None:
        if value is not None:
            arguments.append(value)
            clauses.append(clause.format(n=len(arguments) + 2))

    narrow("e.search like lower(${n})", _pattern(wanted.text) if wanted.text else None)
    narrow(
        "(e.links_all or e.primary_offering_id = ${n} or ${n} = any(e.offering_ids) or e.id = ${n})",
        wanted.offering_id,
    )
    narrow(
        "e.id in (select entity_id from playbook_links l where l.workspace_id = $1 and l.playbook_id = ${n}"
        " union all select unnest(array[p.offering_id, p.competitor_id, p.segment_id]) from playbooks p"
        " where p.workspace_id = $1 and p.id = ${n})",
        wanted.playbook_id,
    )
    narrow("coalesce(e.data ->> 'type', 'SERVICE') = ${n}", wanted.data_type)
    return " and ".join(clauses), arguments


def _pattern(text: str) -> str:
    """Lowered by the database, as the column is: the two disagree on a few letters."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
