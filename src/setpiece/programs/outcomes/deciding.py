"""Where a program stands: the decision on its present epoch, and what goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from setpiece.programs.evidence.outlook import Outlook, look_ahead
from setpiece.programs.evidence.rule import Block, Decision, Guardrails, decide
from setpiece.programs.evidence.target import NotEvaluable
from setpiece.programs.evidence.wording import explain
from setpiece.programs.model import Program
from setpiece.programs.outcomes.epoch_repository import EpochRepository
from setpiece.programs.outcomes.folding import fold, fresh_standing
from setpiece.programs.outcomes.model import Standing
from setpiece.programs.spec.model import ProgramStatus
from setpiece.workspaces.work import Work

WEEK = timedelta(days=7)
_REMEMBERED = 2048
"""Outlooks: more than a large list has programs. An outlook takes milliseconds, and changes only when something was counted."""
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
    """The decision on everything that has matured by now; what was not counted yet is counted. `others` are further obstacles."""
    standing = await stand(work, program)
    recent = await EpochRepository(work.scope).pivots_since([program.id], work.at - WEEK)
    return judge(program, standing, recent.get(program.id, 0), work.at, others)


async def stand(work: Work, program: Program) -> Standing:
    """The present epoch of the program, counted up to now."""
    fresh = fresh_standing(program.id, program.epoch, program.spec)
    epochs = EpochRepository(work.scope)
    standing = await epochs.find(program.id, program.epoch)
    if standing is None:
        return fresh
    return await fold(work, fresh) if await epochs.has_matured(standing, work.at) else standing


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
    )
    decision = decide(standing.tally, target, standing.alpha, guardrails, standing.known)
    outlook = None
    if not is_brief and not isinstance(target, NotEvaluable):
        outlook = _look_ahead(standing.tally, target, standing.alpha, adaptation.min_sample_size)
    sentence = explain(decision, standing.tally, target, outlook, standing.unit)
    return Assessment(program, standing, decision, outlook, sentence, pivots_this_week, at)
