"""All programs of a workspace at once, with their decisions, and which of them may be called failing together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.programs.evidence.portfolio import failing
from setpiece.programs.evidence.target import NotEvaluable
from setpiece.programs.outcomes.deciding import Assessment, judge
from setpiece.programs.outcomes.folding import fold
from setpiece.programs.outcomes.overview_repository import Overview, count_programs, list_overviews
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


async def survey(work: Work, statuses: Sequence[ProgramStatus], alpha: float) -> Sequence[Member]:
    """The programs with one of the statuses, those with the most evidence against their target first."""
    assessed, lacking = await _assessed(work, await list_overviews(work, statuses))
    logs = {
        one.program.id: one.decision.log_evidence
        for one in assessed
        if not isinstance(one.standing.target, NotEvaluable)
    }
    flagged = failing(logs, alpha)
    members = [Member(one, one.program.id in flagged, one.program.id not in lacking) for one in assessed]
    return sorted(members, key=lambda one: -one.found.decision.log_evidence)


async def assess_newest(
    work: Work, statuses: Sequence[ProgramStatus], most: int
) -> tuple[Sequence[Assessment], int]:
    """At most `most` of the programs with one of the statuses, the last changed first; and how many there are."""
    assessed, _ = await _assessed(work, await list_overviews(work, statuses, most))
    return assessed, await count_programs(work, statuses)


async def _assessed(work: Work, rows: Sequence[Overview]) -> tuple[list[Assessment], set[UUID]]:
    """In their order; and those of which not all that has matured was counted."""
    behind = [row for row in rows if row.has_matured]
    counted = {row.program.id: await fold(work, row.standing) for row in behind[:MOST_COUNTED]}
    assessed = [
        judge(row.program, counted.get(row.program.id, row.standing), row.pivots_this_week, work.at, is_brief=True)
        for row in rows
    ]  # fmt: skip
    return assessed, {row.program.id for row in behind[MOST_COUNTED:]}
