"""The jobs an email can have, and which facts each needs: the recipes the planner cooks from."""

from dataclasses import dataclass

from setpiece.agents.sequence.writer.model import Brief, Goal, Job, SequenceType
from setpiece.agents.sequence.writer.model import FactRole as R

OFFER = (R.VALUE_PROP, R.WHY_WE_MATTER, R.DIFFERENTIATOR, R.CAPABILITY, R.BENEFIT, R.REASON_WE_WIN)
"""What answers a problem, the closest to the reader first."""
_MECHANISM = (R.DIFFERENTIATOR, R.CAPABILITY, R.REASON_WE_WIN, R.VALUE_PROP, R.WHY_WE_MATTER, R.BENEFIT)
_GAIN = (R.BENEFIT, R.WHY_WE_MATTER, R.VALUE_PROP, R.DIFFERENTIATOR, R.CAPABILITY, R.REASON_WE_WIN)
_BACKING = (R.PROOF, R.REFERENCE, R.ATTACHED)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The roles that may fill each part of an email, best first."""

    leads: tuple[R, ...]
    answers: tuple[R, ...]
    costs: tuple[R, ...] = ()
    """More on the lead, from the reader's side."""
    consequences: tuple[R, ...] = _GAIN
    proofs: tuple[R, ...] = _BACKING


RECIPES: dict[Job, Recipe] = {
    Job.PROBLEM: Recipe((R.PAIN, R.CHALLENGE, R.SCENARIO, R.CONCERN), OFFER, (R.CHALLENGE, R.STATUS_QUO)),
    Job.STATUS_QUO: Recipe((R.STATUS_QUO, R.CHALLENGE, R.SCENARIO), _MECHANISM, (R.TRIGGER, R.CHALLENGE)),
    Job.PROOF: Recipe((R.PAIN, R.OBJECTIVE, R.CHALLENGE, R.CONCERN), _BACKING, (), OFFER),
    Job.OBJECTION: Recipe((R.OBJECTION, R.CONCERN), (R.ANSWER, *_MECHANISM), (), (R.ANSWER, *_GAIN)),
    Job.CLOSE: Recipe((R.OBJECTIVE, R.PAIN, R.CHALLENGE, R.SCENARIO, R.CONCERN), OFFER),
    Job.INSIGHT: Recipe((R.KEY_INSIGHT,), _MECHANISM, (R.STATUS_QUO, R.CHALLENGE)),
    Job.COMPARISON: Recipe((R.COMPETITOR_GAP,), (R.REASON_WE_WIN, *_MECHANISM[:-1])),
    Job.USE_CASE: Recipe((R.SCENARIO,), (R.USE_CASE, *OFFER), (), (R.USE_CASE, *_GAIN)),
    Job.GOAL: Recipe((R.OBJECTIVE, R.SEGMENT, R.CONCERN), OFFER),
    Job.OFFER: Recipe((*_MECHANISM, R.USE_CASE, *_BACKING, R.KEY_INSIGHT, R.APPROACH), (*_GAIN, R.PROOF)),
}  # fmt: skip

MIDDLE_BY_WORTH = (
    Job.PROOF,
    Job.STATUS_QUO,
    Job.OBJECTION,
    Job.PROBLEM,
    Job.COMPARISON,
    Job.INSIGHT,
    Job.USE_CASE,
    Job.GOAL,
)
"""Which jobs get a place first when the sequence is short."""
WHY_CHANGE_BY_WORTH = (
    Job.STATUS_QUO,
    Job.PROOF,
    Job.COMPARISON,
    Job.PROBLEM,
    Job.OBJECTION,
    Job.USE_CASE,
    Job.GOAL,
)
_IN_ORDER = (
    Job.STATUS_QUO,
    Job.PROBLEM,
    Job.INSIGHT,
    Job.COMPARISON,
    Job.PROOF,
    Job.USE_CASE,
    Job.GOAL,
    Job.OBJECTION,
    Job.OFFER,
)
FIRST_BY_TYPE: dict[SequenceType, tuple[Job, ...]] = {
    SequenceType.INBOUND: (Job.GOAL, Job.PROBLEM),
    SequenceType.CVI_WHY_CHANGE: (Job.INSIGHT, Job.STATUS_QUO, Job.PROBLEM),
}
"""What opens a sequence, the first that the facts allow; PROBLEM for every other type."""


def in_order(job: Job) -> int:
    """The place of a job between the first email and the last."""
    return _IN_ORDER.index(job)


def smart_goal(brief: Brief, job: Job, *, is_last: bool) -> Goal:
    """The ask that fits: who wrote to us is asked for a time, a doubt for an opinion, a last email for the right person."""
    if brief.style.sequence_type is SequenceType.INBOUND:
        return Goal.FIND_TIME_TO_CONNECT
    if brief.style.sequence_type is SequenceType.WARM_OUTBOUND and job is Job.PROOF:
        return Goal.SCHEDULE_MEETING
    if job is Job.OBJECTION:
        return Goal.ASK_FOR_FEEDBACK
    if is_last and job is Job.CLOSE:
        return Goal.REQUEST_INTRODUCTION
    return Goal.INITIATE_CONVERSATION
