"""Programs with what is kept of their present epochs, in one question to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg

from setpiece.programs.model import Program
from setpiece.programs.outcomes.epoch_repository import read_standing
from setpiece.programs.outcomes.folding import fresh_standing
from setpiece.programs.outcomes.model import Standing
from setpiece.programs.spec.document import parse_spec
from setpiece.programs.spec.model import ProgramStatus
from setpiece.workspaces.work import Work

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Overview:
    """A program and its present epoch.

    Attributes:
        has_matured: There are units to be counted.
        pivots_this_week: Applied in the last 7 x 24 hours; taking one back is none.
    """

    program: Program
    standing: Standing
    has_matured: bool
    pivots_this_week: int


async def find_overview(work: Work, program_id: UUID) -> Overview | None:
    """None when the workspace has no such program, or it was deleted."""
    found = await _ask(work, "p.id = $4", "program_id = $4", program_id)
    return found[0] if found else None


async def list_overviews(
    work: Work, statuses: Sequence[ProgramStatus], most: int | None = None
) -> Sequence[Overview]:
    """Of all programs with one of the statuses, or of those at most that were changed last."""
    newest = "" if most is None else f"order by p.updated_at desc, p.id desc limit {most:d}"
    return await _ask(work, f"p.status = any($4) {newest}", "true", list(statuses))


async def count_programs(work: Work, statuses: Sequence[ProgramStatus]) -> int:
    """How many have one of the statuses."""
    found: int = await work.connection.fetchval(
        "select count(*) from programs where workspace_id = $1 and deleted_at is null and status = any($2)",
        work.workspace_id,
        list(statuses),
    )
    return found


async def _ask(work: Work, of_programs: str, of_pivots: str, wanted: Any) -> list[Overview]:
    """With a condition for each use, so that the database plans each once and not at every question."""
    rows = await work.connection.fetch(
        f"""select p.id, p.spec, p.version, p.epoch as present_epoch, p.created_at, p.created_by, p.updated_at, e.*,
                e.program_id is not null and exists (
                    select from program_units u where u.program_id = e.program_id and u.epoch = e.epoch
                        and u.counts_at > e.counted_through and u.counts_at <= $2) as has_matured,
                coalesce(v.applied, 0) as pivots_this_week
            from programs p
            left join program_epochs e on e.workspace_id = $1 and e.program_id = p.id and e.epoch = p.epoch
            left join (
                select program_id, count(*)::int as applied from program_pivots
                where workspace_id = $1 and {of_pivots} and is_applied and reverts is null and at > $3
                group by program_id) v on v.program_id = p.id
            where p.workspace_id = $1 and p.deleted_at is null and {of_programs}""",
        work.workspace_id,
        work.at,
        work.at - WEEK,
        wanted,
    )
    return [_overview(row) for row in rows]


def _overview(row: asyncpg.Record) -> Overview:
    spec = parse_spec(row["spec"])
    program = Program(
        row["id"], spec, row["version"], row["present_epoch"], row["created_at"], row["created_by"], row["updated_at"]
    )  # fmt: skip
    is_begun = row["program_id"] is not None
    standing = read_standing(row) if is_begun else fresh_standing(program.id, program.epoch, spec)
    return Overview(program, standing, row["has_matured"], row["pivots_this_week"])
