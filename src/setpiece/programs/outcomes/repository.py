"""The outcomes of one epoch, its units, and what they are known by. Only who holds the epoch uses what writes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from setpiece.programs.outcomes.counting import Success
from setpiece.programs.outcomes.model import Outcome, OutcomeKind, Unit
from setpiece.storage.database import Scope

_UNIT = "key, run_id, variant, first_touch_at, matures_at, counts_at, success_at, value, is_late, person"
_OUTCOME = "source_id, key, kind, at, first_touch_at, value, lead_id, counts_for, recorded_at, corrects, corrected_by, person"


class OutcomeRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope, program_id: UUID, epoch: int) -> None:
        self._connection = scope.connection
        self._place = (scope.workspace_id, program_id, epoch)

    async def known(self, names: Collection[UUID]) -> tuple[dict[UUID, str], dict[UUID, UUID]]:
        """The units that are known by one of the names, by name, and the persons."""
        rows = await self._connection.fetch(
            """select name, key, person from program_unit_names
               where workspace_id = $1 and program_id = $2 and epoch = $3 and name = any($4::uuid[])""",
            *self._place,
            list(names),
        )
        keys = {row["name"]: row["key"] for row in rows}
        return keys, {row["name"]: row["person"] for row in rows if row["person"]}

    async def learn(self, key_by_name: Mapping[UUID, str], person_by_name: Mapping[UUID, UUID]) -> None:
        await self._connection.execute(
            """insert into program_unit_names (workspace_id, program_id, epoch, name, key, person)
               select $1, $2, $3, * from unnest($4::uuid[], $5::text[], $6::uuid[])""",
            *self._place,
            list(key_by_name),
            list(key_by_name.values()),
            [person_by_name.get(name) for name in key_by_name],
        )

    async def add(self, run_id: UUID, outcomes: Sequence[Outcome]) -> set[str]:
        """Keep those that the run does not have; gives their source ids."""
        columns = _columns(_OUTCOME, outcomes)
        rows = await self._connection.fetch(
            f"""insert into program_outcomes (workspace_id, program_id, epoch, run_id, {_OUTCOME})
                select $1, $2, $3, $4, * from unnest($5::text[], $6::text[], $7::text[], $8::timestamptz[],
                    $9::timestamptz[], $10::float8[], $11::text[], $12::float8[], $13::timestamptz[], $14::text[], $15::text[], $16::uuid[])
                on conflict do nothing returning source_id""",
            *self._place,
            run_id,
            *columns,
        )
        return {row["source_id"] for row in rows}

    async def units(self, keys: Collection[str]) -> dict[str, Unit]:
        rows = await self._connection.fetch(
            f"""select {_UNIT} from program_units
                where workspace_id = $1 and program_id = $2 and epoch = $3 and key = any($4::text[])""",
            *self._place,
            list(keys),
        )
        return {row["key"]: Unit(**row) for row in rows}

    async def successes(self, keys: Collection[str]) -> dict[str, list[Success]]:
        """Everything that the units have succeeded in, whenever it was, as far as it was not corrected."""
        rows = await self._connection.fetch(
            """select key, at, counts_for, person from program_outcomes
               where workspace_id = $1 and program_id = $2 and epoch = $3 and key = any($4::text[])
                   and counts_for is not null and corrected_by is null""",
            *self._place,
            list(keys),
        )
        found: dict[str, list[Success]] = {}
        for row in rows:
            found.setdefault(row["key"], []).append(Success(row["at"], row["counts_for"], row["person"]))
        return found

    async def named(self, run_id: UUID, source_ids: Collection[str]) -> dict[str, Outcome]:
        """Those of the run with these source ids."""
        rows = await self._connection.fetch(
            f"""select {_OUTCOME} from program_outcomes
                where workspace_id = $1 and run_id = $2 and source_id = any($3::text[])""",
            self._place[0],
            run_id,
            list(source_ids),
        )
        return {row["source_id"]: _outcome(row) for row in rows}

    async def correct(self, run_id: UUID, corrections: Sequence[Outcome]) -> None:
        """Note on what each of the outcomes corrects that it does."""
        await self._connection.execute(
            """update program_outcomes o set corrected_by = c.source_id
               from unnest($3::text[], $4::text[]) as c (corrects, source_id)
               where o.workspace_id = $1 and o.run_id = $2 and o.source_id = c.corrects""",
            self._place[0],
            run_id,
            [one.corrects for one in corrections],
            [one.source_id for one in corrections],
        )

    async def contacted(self, keys: Collection[str]) -> dict[str, dict[UUID, datetime]]:
        """Who of the units was contacted, and when first."""
        rows = await self._connection.fetch(
            """select key, person, min(first_touch_at) as at from program_outcomes
               where workspace_id = $1 and program_id = $2 and epoch = $3 and key = any($4::text[])
                   and first_touch_at is not null and person is not null and corrected_by is null
               group by key, person""",
            *self._place,
            list(keys),
        )
        found: dict[str, dict[UUID, datetime]] = {}
        for row in rows:
            found.setdefault(row["key"], {})[row["person"]] = row["at"]
        return found

    async def touches(self, keys: Collection[str]) -> dict[str, list[tuple[UUID, Outcome]]]:
        """What says that the units were touched, with its run. Reads all outcomes of the epoch's runs, and is asked for seldom."""
        rows = await self._connection.fetch(
            f"""select run_id, {_OUTCOME} from program_outcomes
                where workspace_id = $1 and key = any($4::text[]) and first_touch_at is not null and corrected_by is null
                    and run_id in (select id from program_runs where workspace_id = $1 and program_id = $2 and epoch = $3)
                order by recorded_at""",
            *self._place,
            list(keys),
        )
        found: dict[str, list[tuple[UUID, Outcome]]] = {}
        for row in rows:
            found.setdefault(row["key"], []).append((row["run_id"], _outcome(row)))
        return found

    async def write_units(self, units: Sequence[Unit]) -> None:
        columns = _columns(_UNIT, units)
        await self._connection.execute(
            f"""insert into program_units (workspace_id, program_id, epoch, {_UNIT})
                select $1, $2, $3, * from unnest($4::text[], $5::uuid[], $6::text[], $7::timestamptz[], $8::timestamptz[],
                    $9::timestamptz[], $10::timestamptz[], $11::float8[], $12::boolean[], $13::uuid[])
                on conflict (program_id, epoch, key) do update set
                    run_id = excluded.run_id, variant = excluded.variant, first_touch_at = excluded.first_touch_at,
                    matures_at = excluded.matures_at, counts_at = excluded.counts_at, success_at = excluded.success_at,
                    value = excluded.value, is_late = excluded.is_late, person = excluded.person""",
            *self._place,
            *columns,
        )


class RunOutcomes:
    """The outcomes of runs, to be read. Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def newest(self, run_id: UUID, after: tuple[datetime, str] | None, most: int) -> Sequence[Outcome]:
        """Those reported last first."""
        at, source_id = after or (None, None)
        rows = await self._connection.fetch(
            f"""select {_OUTCOME} from program_outcomes
                where workspace_id = $1 and run_id = $2 and ($3::timestamptz is null or (recorded_at, source_id) < ($3, $4))
                order by recorded_at desc, source_id desc limit $5""",
            self._workspace_id,
            run_id,
            at,
            source_id,
            most,
        )
        return [_outcome(row) for row in rows]


def _outcome(row: asyncpg.Record) -> Outcome:
    given = {name: row[name] for name in _OUTCOME.split(", ")}
    return Outcome(**given | {"kind": OutcomeKind(row["kind"])})


def _columns(names: str, rows: Sequence[Any]) -> list[list[Any]]:
    """The attributes of the rows, a list for each name."""
    return [[getattr(row, name) for row in rows] for name in names.split(", ")]
