"""Queries on playbooks, for one workspace."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.library.playbooks.model import (
    Attached,
    LinkRole,
    PlaybookType,
    Status,
    Template,
    Traits,
    UseMode,
    ValueProp,
)
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json


class PlaybookRepository:
    """What playbooks have beside their entities."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def put_traits(self, playbook_id: UUID, traits: Traits) -> None:
        await self._connection.execute(
            """insert into playbooks values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
               on conflict (id) do update set type = excluded.type, status = excluded.status,
                   reference_mode = excluded.reference_mode, proof_point_mode = excluded.proof_point_mode,
                   offering_id = excluded.offering_id, competitor_id = excluded.competitor_id,
                   segment_id = excluded.segment_id, attached = excluded.attached""",
            playbook_id,
            self._workspace_id,
            traits.type,
            traits.status,
            traits.reference_mode,
            traits.proof_point_mode,
            traits.offering_id,
            traits.competitor_id,
            traits.segment_id,
            as_json([one.row() for one in traits.attached]),
        )

    async def put_links(self, playbook_id: UUID, links: Mapping[LinkRole, Sequence[UUID]]) -> None:
        """Replace the links of the given roles; the others stay."""
        rows = [
            (role, one, position)
            for role, ids in links.items()
            for position, one in enumerate(dict.fromkeys(ids))
        ]
        await self._connection.execute(
            "delete from playbook_links where workspace_id = $1 and playbook_id = $2 and role = any($3)",
            self._workspace_id,
            playbook_id,
            list(links),
        )
        await self._connection.execute(
            """insert into playbook_links (workspace_id, playbook_id, role, entity_id, position)
               select $1, $2, * from unnest($3::text[], $4::uuid[], $5::int[])""",
            self._workspace_id,
            playbook_id,
            *([list(column) for column in zip(*rows, strict=True)] or [[], [], []]),
        )

    async def traits(self, ids: Sequence[UUID]) -> dict[UUID, Traits]:
        rows = await self._connection.fetch(
            "select * from playbooks where workspace_id = $1 and id = any($2)", self._workspace_id, list(ids)
        )
        return {row["id"]: traits_of(row) for row in rows}

    async def links(self, ids: Sequence[UUID]) -> dict[UUID, dict[LinkRole, tuple[UUID, ...]]]:
        """The links of each playbook by role, in the order given; only to entities that still exist."""
        rows = await self._connection.fetch(
            # A join would read all entities once some hundred playbooks are asked for; this looks each link up.
            """select l.playbook_id, l.role, array_agg(l.entity_id order by l.position) as ids from playbook_links l
               where l.workspace_id = $1 and l.playbook_id = any($2)
                 and (select e.deleted_at is null from entities e where e.id = l.entity_id) group by 1, 2""",
            self._workspace_id,
            list(ids),
        )
        found: dict[UUID, dict[LinkRole, tuple[UUID, ...]]] = defaultdict(dict)
        for row in rows:
            found[row["playbook_id"]][LinkRole(row["role"])] = tuple(row["ids"])
        return found

    async def add_value_props(self, playbook_id: UUID, props: Iterable[ValueProp]) -> None:
        await self._connection.executemany(
            """insert into value_props select $1, $2, $3, $4,
                   1 + coalesce((select max(position) from value_props where playbook_id = $3 and persona_id = $4), -1),
                   $5, $6, $7, $8, $9""",
            [
                (
                    prop.id,
                    self._workspace_id,
                    playbook_id,
                    prop.persona_id,
                    prop.title,
                    prop.details,
                    as_json(prop.evidence),
                    as_json(prop.sources),
                    prop.created_at,
                )
                for prop in props
            ],
        )

    async def value_props(self, playbook_id: UUID, persona_id: UUID | None = None) -> list[ValueProp]:
        rows = await self._connection.fetch(
            """select * from value_props where workspace_id = $1 and playbook_id = $2
               and ($3::uuid is null or persona_id = $3) order by persona_id, position""",
            self._workspace_id,
            playbook_id,
            persona_id,
        )
        return [_value_prop(row) for row in rows]

    async def value_prop(self, prop_id: UUID) -> tuple[UUID, ValueProp] | None:
        """A value prop and its playbook's id."""
        row = await self._connection.fetchrow(
            """select v.* from value_props v join entities e on e.id = v.playbook_id and e.deleted_at is null
               where v.workspace_id = $1 and v.id = $2 for update of v""",
            self._workspace_id,
            prop_id,
        )
        return (row["playbook_id"], _value_prop(row)) if row else None

    async def put_value_prop(self, prop: ValueProp) -> None:
        await self._connection.execute(
            """update value_props set title = $3, details = $4, evidence = $5, sources = $6, updated_at = $7
               where workspace_id = $1 and id = $2""",
            self._workspace_id,
            prop.id,
            prop.title,
            prop.details,
            as_json(prop.evidence),
            as_json(prop.sources),
            prop.updated_at,
        )

    async def delete_value_prop(self, prop_id: UUID) -> None:
        await self._connection.execute(
            "delete from value_props where workspace_id = $1 and id = $2", self._workspace_id, prop_id
        )

    async def add_templates(self, playbook_id: UUID, templates: Sequence[Template]) -> None:
        await self._connection.executemany(
            "insert into templates values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [
                (
                    one.id,
                    self._workspace_id,
                    playbook_id,
                    one.persona_id,
                    position,
                    one.name,
                    one.status,
                    as_json(one.content),
                    one.created_at,
                )
                for position, one in enumerate(templates)
            ],
        )

    async def templates(self, playbook_id: UUID, persona_id: UUID | None = None) -> list[Template]:
        rows = await self._connection.fetch(
            """select * from templates where workspace_id = $1 and playbook_id = $2
               and ($3::uuid is null or persona_id = $3) order by position""",
            self._workspace_id,
            playbook_id,
            persona_id,
        )
        return [
            Template(
                row["id"],
                row["persona_id"],
                row["name"],
                row["status"],
                orjson.loads(row["content"]),
                row["created_at"],
            )
            for row in rows
        ]


def traits_of(row: asyncpg.Record) -> Traits:
    attached: list[dict[str, Any]] = orjson.loads(row["attached"])
    return Traits(
        PlaybookType(row["type"]),
        Status(row["status"]),
        UseMode(row["reference_mode"]),
        UseMode(row["proof_point_mode"]),
        row["offering_id"],
        row["competitor_id"],
        row["segment_id"],
        tuple(Attached(**one) for one in attached),
    )


def _value_prop(row: asyncpg.Record) -> ValueProp:
    return ValueProp(
        row["id"],
        row["persona_id"],
        row["title"],
        row["details"],
        tuple(orjson.loads(row["evidence"])),
        tuple(orjson.loads(row["sources"])),
        row["created_at"],
        row["updated_at"],
    )
