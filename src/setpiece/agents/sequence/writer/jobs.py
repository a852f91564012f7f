"""The jobs an email can have, and which facts each needs: the recipes the planner cooks from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from setpiece.agents.sequence.writer.model import FactRole as R


class Job(StrEnum):
    PROBLEM = "problem"
    STATUS_QUO = "status_quo"
    INSIGHT = "insight"
    COMPARISON = "comparison"
    PROOF = "proof"
    USE_CASE = "use_case"
    OBJECTION = "objection"
    GOAL = "goal"
    MORE = "more"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Slot:
    """One sentence to be: where it stands and which roles may fill it, best first."""

    section: Literal["opening", "body"]
    roles: tuple[R, ...]
    needed: bool = False
    leads: bool = False
    """Whether this slot is what the email is about; no email is planned without it."""


_READER = (R.PAIN, R.CHALLENGE, R.CONCERN, R.OBJECTIVE, R.SEGMENT, R.RESPONSIBILITY)
_ASPIRING = (R.PAIN, R.OBJECTIVE, R.CHALLENGE, R.CONCERN, R.SEGMENT, R.RESPONSIBILITY)
_OFFER = (R.VALUE_PROP, R.WHY_WE_MATTER, R.DIFFERENTIATOR, R.BENEFIT, R.CAPABILITY)
_DETAIL = (R.WHY_WE_MATTER, R.DIFFERENTIATOR, R.CAPABILITY, R.BENEFIT, R.VALUE_PROP, R.APPROACH)
_GAIN = (R.WHY_WE_MATTER, R.BENEFIT, R.DIFFERENTIATOR, R.CAPABILITY, R.VALUE_PROP)
ANSWERS = (*_OFFER, R.PROOF)
"""What can answer a problem: a problem is worth opening with when one of these speaks of the same thing."""
_BACKING = (R.PROOF, R.REFERENCE, R.ATTACHED)


def _opening(*roles: R, leads: bool = False) -> Slot:
    return Slot("opening", roles, leads=leads)


def _body(*roles: R, needed: bool = False, leads: bool = False) -> Slot:
    return Slot("body", roles, needed, leads)


RECIPES: dict[Job, tuple[Slot, ...]] = {
    Job.PROBLEM: (_opening(*_READER, leads=True), _body(*_OFFER, needed=True), _body(*_GAIN), _body(*_DETAIL)),
    Job.STATUS_QUO: (
        _opening(R.STATUS_QUO, leads=True),
        _body(R.DIFFERENTIATOR, R.CAPABILITY, R.VALUE_PROP, R.WHY_WE_MATTER, R.BENEFIT, needed=True),
        _body(*_GAIN),
    ),
    Job.INSIGHT: (
        _opening(R.KEY_INSIGHT, leads=True),
        _body(R.VALUE_PROP, R.APPROACH, R.WHY_WE_MATTER, R.CAPABILITY, R.DIFFERENTIATOR, needed=True),
        _body(*_GAIN),
    ),
    Job.COMPARISON: (
        _opening(R.COMPETITOR_GAP, leads=True),
        _body(R.REASON_WE_WIN, R.DIFFERENTIATOR, R.CAPABILITY, needed=True),
        _body(*_GAIN),
    ),
    Job.PROOF: (
        _opening(*_ASPIRING, leads=True),
        _body(R.PROOF, R.REFERENCE, needed=True),
        _body(*_DETAIL, needed=True),
        _body(R.REFERENCE, R.PROOF),
    ),
    Job.USE_CASE: (_opening(*_ASPIRING), _body(R.USE_CASE, leads=True), _body(*_DETAIL), _body(*_GAIN)),
    Job.OBJECTION: (_opening(R.OBJECTION, leads=True), _body(*_DETAIL), _body(*_BACKING)),
    Job.GOAL: (_opening(R.OBJECTIVE, R.SEGMENT, R.CONCERN, leads=True), _body(*_OFFER, needed=True), _body(*_GAIN)),
    Job.MORE: (_opening(*_READER), _body(*_DETAIL, R.PROOF, R.KEY_INSIGHT, R.USE_CASE, R.REASON_WE_WIN, R.ATTACHED, leads=True), _body(*_GAIN)),
    Job.CLOSE: (_opening(R.OBJECTIVE, *_ASPIRING, leads=True), _body(*_GAIN, needed=True), _body(*_DETAIL)),
}  # fmt: skip

MIDDLE_BY_WORTH = (
    Job.PROOF,
    Job.STATUS_QUO,
    Job.COMPARISON,
    Job.OBJECTION,
    Job.INSIGHT,
    Job.USE_CASE,
    Job.GOAL,
)
"""Which jobs get a place first when the sequence is short."""
MIDDLE_IN_ORDER = (
    Job.STATUS_QUO,
    Job.INSIGHT,
    Job.COMPARISON,
    Job.PROOF,
    Job.USE_CASE,
    Job.GOAL,
    Job.OBJECTION,
    Job.MORE,
)
"""The order in which the chosen ones are sent."""
EXTRA_ROLES: dict[Literal["opening", "body"], tuple[R, ...]] = {
    "opening": (R.PAIN, R.CONCERN, R.CHALLENGE, R.RESPONSIBILITY, R.SEGMENT, R.TRIGGER),
    "body": (*_DETAIL, R.REASON_WE_WIN, R.USE_CASE, R.PROOF, R.REFERENCE, R.ATTACHED, R.KEY_INSIGHT),
}
"""What may lengthen an email that is short of its aim when its recipe is used up."""
