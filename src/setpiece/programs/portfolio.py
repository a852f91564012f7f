"""All programs of a workspace at once, with their decisions, and which of them may be called failing together."""

from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.programs.evidence.portfolio import failing
from setpiece.programs.evidence.target import NotEvaluable
from setpiece.programs.outcomes.deciding import Assessment, judge
from setpiece.programs.outcomes.folding import fold
from setpiece.programs.outcomes.overview_repository import list_overviews
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
    rows = await list_overviews(work, statuses)
    behind = [row for row in rows if row.has_matured]
    counted = {row.program.id: await fold(work, row.standing) for row in behind[:MOST_COUNTED]}
    assessed = [
        judge(row.program, counted.get(row.program.id, row.standing), row.pivots_this_week, work.at, is_brief=True)
        for row in rows
    ]  # fmt: skip
    logs = {
        one.program.id: one.decision.log_evidence
        for one in assessed
        if not isinstance(one.standing.target, NotEvaluable)
    }
    flagged = failing(logs, alpha)
    lacking = {row.program.id for row in behind[MOST_COUNTED:]}
    members = [Member(one, one.program.id in flagged, one.program.id not in lacking) for one in assessed]
    return sorted(members, key=lambda one: -one.found.decision.log_evidence)
