"""Where a program stands: the decision on its present epoch, and what goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import parse, show
from setpiece.programs.evidence.outlook import Outlook, look_ahead
from setpiece.programs.evidence.rule import Block, Decision, Guardrails, decide
from setpiece.programs.evidence.tally import without_past
from setpiece.programs.evidence.target import NotEvaluable
from setpiece.programs.evidence.wording import explain
from setpiece.programs.model import PROGRAM_PREFIX, Program
from setpiece.programs.outcomes.folding import fold
from setpiece.programs.outcomes.model import Standing
from setpiece.programs.outcomes.overview_repository import Overview, find_overview
from setpiece.programs.spec.model import ProgramStatus
from setpiece.workspaces.work import Work

_REMEMBERED = 2048
"""Outlooks: more than a large list has programs. An outlook takes milliseconds, and is the same for all that have counted the same."""
_look_ahead = lru_cache(_REMEMBERED)(look_ahead)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A program, its evidence and the decision.

    Attributes:
        outlook: None where there is nothing to test.
        pivots_this_week: Applied in the last 7 x 24 hours.
    """

    program: Program
    standing: Standing
    decision: Decision
    outlook: Outlook | None
    sentence: str
    pivots_this_week: int
    at: datetime


async def assess(work: Work, program: Program, others: Sequence[Block] = ()) -> Assessment:
    """The decision on everything that has matured by now; what was not counted yet is counted. `others` are further obstacles.

    Raises:
        NotFound: the program was deleted meanwhile.
    """
    found = await find_overview(work, program.id)
    if found is None:
        raise _gone(show(PROGRAM_PREFIX, program.id))
    return judge(found.program, await _up_to_now(work, found), found.pivots_this_week, work.at, others)


async def assess_shown(work: Work, shown_id: str) -> Assessment:
    """The decision on the program with this id; what was not counted yet is counted.

    Raises:
        NotFound: the workspace has none of that id, or it was deleted.
    """
    program_id = parse(shown_id)
    found = await find_overview(work, program_id) if program_id else None
    if found is None:
        raise _gone(shown_id)
    return judge(found.program, await _up_to_now(work, found), found.pivots_this_week, work.at)


async def _up_to_now(work: Work, found: Overview) -> Standing:
    return await fold(work, found.standing) if found.has_matured else found.standing


def _gone(shown_id: str) -> NotFound:
    return NotFound(f"There is no playbook '{shown_id[:64]}' in this workspace.")


def judge(
    program: Program,
    standing: Standing,
    pivots_this_week: int,
    at: datetime,
    others: Sequence[Block] = (),
    *,
    is_brief: bool = False,
) -> Assessment:
    """The decision on what is kept. A brief one has no outlook, which takes milliseconds the first time."""
    adaptation, target = program.spec.adaptation, standing.target
    guardrails = Guardrails(
        active=program.status is ProgramStatus.ACTIVE,
        adapting=adaptation.enabled,
        least_units=adaptation.min_sample_size,
        pivots_this_week=pivots_this_week,
        most_pivots_a_week=adaptation.max_pivots_per_week,
        others=tuple(others),
        status=_status_in_words(program),
    )
    decision = decide(standing.tally, target, standing.alpha, guardrails, standing.known)
    outlook = None
    if not is_brief and not isinstance(target, NotEvaluable):
        outlook = _look_ahead(
            without_past(standing.tally), target, standing.alpha, adaptation.min_sample_size
        )
    untouched = bool(standing.kinds) and not standing.touched
    sentence = explain(
        decision, standing.tally, target, outlook, standing.unit, standing.metric, untouched=untouched
    )
    return Assessment(program, standing, decision, outlook, sentence, pivots_this_week, at)


def _status_in_words(program: Program) -> str:
    """What the status is; the rule pauses a program for which no change is prepared, and nobody should have to guess that."""
    if program.status is ProgramStatus.DRAFT:
        return "a draft"
    unprepared = program.status is ProgramStatus.PAUSED and not program.spec.adaptation.alternatives
    return (
        f"{program.status}, with no change prepared in adaptation.xAlternatives"
        if unprepared
        else program.status
    )
