"""Programs with what is kept of their present epochs, in one question to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
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
    found = await _ask(work, [program_id], None)
    return found[0] if found else None


async def list_overviews(work: Work, statuses: Sequence[ProgramStatus]) -> Sequence[Overview]:
    """Of all programs with one of the statuses."""
    return await _ask(work, None, list(statuses))


async def _ask(
    work: Work, ids: Sequence[UUID] | None, statuses: Sequence[ProgramStatus] | None
) -> list[Overview]:
    rows = await work.connection.fetch(
        """select p.id, p.spec, p.version, p.epoch as present_epoch, p.created_at, p.created_by, p.updated_at, e.*,
               e.program_id is not null and exists (
                   select from program_units u where u.program_id = e.program_id and u.epoch = e.epoch
                       and u.counts_at > e.counted_through and u.counts_at <= $2) as has_matured,
               (select count(*)::int from program_pivots v where v.program_id = p.id and v.is_applied and v.reverts is null
                   and v.at > $3) as pivots_this_week
           from programs p left join program_epochs e
               on e.workspace_id = $1 and e.program_id = p.id and e.epoch = p.epoch
           where p.workspace_id = $1 and p.deleted_at is null
             and ($4::uuid[] is null or p.id = any($4)) and ($5::text[] is null or p.status = any($5))""",
        work.workspace_id,
        work.at,
        work.at - WEEK,
        ids,
        statuses,
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
