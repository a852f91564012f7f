"""The programs of one workspace, and what they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from setpiece.programs.model import Program, Version
from setpiece.programs.spec.document import parse_spec, show_spec
from setpiece.programs.spec.model import Buddy, Mode, ProgramStatus, Spec
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

_COLUMNS = "id, spec, version, epoch, created_at, created_by, updated_at"


@dataclass(frozen=True, slots=True)
class Place:
    """After which one of a list, ordered by a moment and an id, the next page begins."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which programs are wanted; None is all."""

    statuses: Sequence[ProgramStatus] | None = None
    modes: Sequence[Mode] | None = None
    buddies: Sequence[Buddy] | None = None


class ProgramRepository:
    """Made from a scope bound to the workspace. A program that was deleted is not there."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, program: Program) -> None:
        """With its first version."""
        await self._connection.execute(
            """with made as (
                   insert into programs (id, workspace_id, spec, version, epoch, created_at, created_by, updated_at)
                   values ($1, $2, $3::jsonb, $4, $5, $6, $7, $6))
               insert into program_versions (workspace_id, program_id, version, spec, epoch, at, by, why)
               values ($2, $1, $4, $3::jsonb, $5, $6, $7, 'created')""",
            program.id, self._workspace_id, as_json(show_spec(program.spec)), program.version, program.epoch,
            program.created_at, program.created_by,
        )  # fmt: skip

    async def find(self, program_id: UUID) -> Program | None:
        return await self._one(program_id)

    async def hold(self, program_id: UUID) -> Program | None:
        """The program, which nobody else changes until the transaction ends. Rows that refer to it can still be added."""
        return await self._one(program_id, "for no key update")

    async def newest(self, wanted: Wanted, after: Place | None, most: int | None) -> Sequence[Program]:
        """At most `most` programs, the last changed first."""
        rows = await self._connection.fetch(
            f"""select {_COLUMNS} from programs
                where workspace_id = $1 and deleted_at is null
                  and ($2::text[] is null or status = any($2)) and ($3::text[] is null or mode = any($3))
                  and ($4::text[] is null or buddy_id = any($4))
                  and ($5::timestamptz is null or (updated_at, id) < ($5, $6))
                order by updated_at desc, id desc limit $7""",
            self._workspace_id,
            wanted.statuses,
            wanted.modes,
            wanted.buddies,
            after and after.at,
            after and after.id,
            most,
        )
        return [_program(row) for row in rows]

    async def write(self, program: Program, by: str, why: str) -> None:
        """The program as it is now, and a version of that."""
        await self._connection.execute(
            """with changed as (
                   update programs set spec = $3::jsonb, version = $4, updated_at = $6
                   where workspace_id = $2 and id = $1)
               insert into program_versions (workspace_id, program_id, version, spec, epoch, at, by, why)
               values ($2, $1, $4, $3::jsonb, $5, $6, $7, $8)""",
            program.id, self._workspace_id, as_json(show_spec(program.spec)), program.version, program.epoch,
            program.updated_at, by, why,
        )  # fmt: skip

    async def next_epoch(self, program_id: UUID) -> int:
        epoch: int = await self._connection.fetchval(
            "update programs set epoch = epoch + 1 where workspace_id = $1 and id = $2 returning epoch",
            self._workspace_id,
            program_id,
        )
        return epoch

    async def delete(self, program_id: UUID, at: datetime) -> None:
        """It is not there any more; what it was is kept."""
        await self._connection.execute(
            "update programs set deleted_at = $3 where workspace_id = $1 and id = $2",
            self._workspace_id,
            program_id,
            at,
        )

    async def deleted(self, before: UUID | None, most: int) -> Sequence[tuple[Program, datetime]]:
        """What was deleted and when, the newest programs first."""
        rows = await self._connection.fetch(
            f"""select {_COLUMNS}, deleted_at from programs
                where workspace_id = $1 and deleted_at is not null and ($2::uuid is null or id < $2)
                order by id desc limit $3""",
            self._workspace_id,
            before,
            most,
        )
        return [_deleted(row) for row in rows]

    async def find_deleted(self, program_id: UUID) -> tuple[Program, datetime] | None:
        row = await self._connection.fetchrow(
            f"""select {_COLUMNS}, deleted_at from programs
                where workspace_id = $1 and id = $2 and deleted_at is not null""",
            self._workspace_id,
            program_id,
        )
        return _deleted(row) if row else None

    async def forget(self, before: datetime) -> None:
        """Those that were deleted before then; whatever refers to them goes along."""
        await self._connection.execute(
            "delete from programs where workspace_id = $1 and deleted_at < $2", self._workspace_id, before
        )

    async def versions(self, program_id: UUID, before: int | None, most: int | None) -> Sequence[Version]:
        """The newest first."""
        rows = await self._connection.fetch(
            """select version, spec, epoch, at, by, why from program_versions
               where workspace_id = $1 and program_id = $2 and ($3::int is null or version < $3)
               order by version desc limit $4""",
            self._workspace_id,
            program_id,
            before,
            most,
        )
        return [_version(row) for row in rows]

    async def epochs_begun(self, program_id: UUID, upto: int, most: int) -> Sequence[tuple[Spec, Version]]:
        """The versions that began an epoch, up to that one, each with the spec before it; the newest first."""
        rows = await self._connection.fetch(
            """select * from (
                   select lag(spec) over by_version as before, version, spec, epoch, at, by, why,
                       lag(epoch) over by_version as epoch_before
                   from program_versions where workspace_id = $1 and program_id = $2 and epoch <= $3
                   window by_version as (order by version)) as v
               where epoch > epoch_before order by version desc limit $4""",
            self._workspace_id,
            program_id,
            upto,
            most,
        )
        return [(parse_spec(row["before"]), _version(row)) for row in rows]

    async def _one(self, program_id: UUID, how: str = "") -> Program | None:
        row = await self._connection.fetchrow(
            f"""select {_COLUMNS} from programs
                where workspace_id = $1 and id = $2 and deleted_at is null {how}""",
            self._workspace_id,
            program_id,
        )
        return _program(row) if row else None


def _version(row: asyncpg.Record) -> Version:
    spec = parse_spec(row["spec"])
    return Version(row["version"], spec, row["epoch"], row["at"], row["by"], row["why"])


def _deleted(row: asyncpg.Record) -> tuple[Program, datetime]:
    values = dict(row)
    at = values.pop("deleted_at")
    return _program(values), at


def _program(row: Mapping[str, Any]) -> Program:
    return Program(**dict(row) | {"spec": parse_spec(row["spec"])})
