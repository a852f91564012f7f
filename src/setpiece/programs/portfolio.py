"""All programs of a workspace at once, with their decisions, and which of them may be called failing together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.programs.evidence.portfolio import failing
from setpiece.programs.evidence.target import NotEvaluable
from setpiece.programs.model import Program
from setpiece.programs.outcomes.deciding import WEEK, Assessment, judge
from setpiece.programs.outcomes.epoch_repository import EpochRepository, read_standing
from setpiece.programs.outcomes.folding import fold, fresh_standing
from setpiece.programs.outcomes.model import Standing
from setpiece.programs.spec.document import parse_spec
from setpiece.programs.spec.model import ProgramStatus
from setpiece.workspaces.work import Work

MOST_COUNTED = 20
"""Programs whose matured units are counted when the list is asked for, some milliseconds each; a worker counts those of all every minute."""


@dataclass(frozen=True, slots=True)
class Member:
    """A program among the others.

    Attributes:
        is_failing: It may be called failing with the others that are: of those the expected share that is on target is at most alpha.
        is_counted: Everything that has matured is in it; otherwise a worker will count the rest within a minute.
    """

    found: Assessment
    is_failing: bool
    is_counted: bool


@dataclass(frozen=True, slots=True)
class _Row:
    program: Program
    standing: Standing
    has_matured: bool


async def survey(work: Work, statuses: Sequence[ProgramStatus], alpha: float) -> Sequence[Member]:
    """The programs with one of the statuses, those with the most evidence against their target first."""
    rows = await _rows(work, statuses)
    counted = await _count(work, [row for row in rows if row.has_matured][:MOST_COUNTED])
    recent = await EpochRepository(work.scope).pivots_since([row.program.id for row in rows], work.at - WEEK)
    assessed = [
        judge(row.program, counted.get(row.program.id, row.standing), recent.get(row.program.id, 0), work.at, is_brief=True)
        for row in rows
    ]  # fmt: skip
    logs = {
        one.program.id: one.decision.log_evidence
        for one in assessed
        if not isinstance(one.standing.target, NotEvaluable)
    }
    flagged = failing(logs, alpha)
    behind = {row.program.id for row in rows if row.has_matured} - counted.keys()
    members = [Member(one, one.program.id in flagged, one.program.id not in behind) for one in assessed]
    return sorted(members, key=lambda one: -one.found.decision.log_evidence)


async def _count(work: Work, rows: Sequence[_Row]) -> Mapping[UUID, Standing]:
    return {row.program.id: await fold(work, row.standing) for row in rows}


async def _rows(work: Work, statuses: Sequence[ProgramStatus]) -> list[_Row]:
    found = await work.connection.fetch(
        """select p.id, p.spec, p.version, p.epoch as present_epoch, p.created_at, p.created_by, p.updated_at, e.*,
               e.program_id is not null and exists (
                   select from program_units u where u.program_id = e.program_id and u.epoch = e.epoch
                       and u.counts_at > e.counted_through and u.counts_at <= $3) as has_matured
           from programs p left join program_epochs e
               on e.workspace_id = $1 and e.program_id = p.id and e.epoch = p.epoch
           where p.workspace_id = $1 and p.deleted_at is null and p.status = any($2)""",
        work.workspace_id,
        list(statuses),
        work.at,
    )
    rows = []
    for row in found:
        spec = parse_spec(row["spec"])
        program = Program(
            row["id"], spec, row["version"], row["present_epoch"], row["created_at"], row["created_by"], row["updated_at"]
        )  # fmt: skip
        is_begun = row["program_id"] is not None
        standing = read_standing(row) if is_begun else fresh_standing(program.id, program.epoch, spec)
        rows.append(_Row(program, standing, row["has_matured"]))
    return rows
