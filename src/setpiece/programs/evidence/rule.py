"""The decision: whether a program should change course now, what still keeps it from that, and how sure that is."""

import math
from dataclasses import dataclass
from enum import StrEnum

from setpiece.programs.evidence.bernoulli import anytime_p_value
from setpiece.programs.evidence.tally import Tally, log_evidence_of_missing, log_evidence_of_surpassing
from setpiece.programs.evidence.target import NotEvaluable, Target

DEFAULT_ALPHA = 0.10
"""A pivot can be taken back and is cheap beside leads that are burnt, so one false one in ten epochs at most is a fair price."""


class State(StrEnum):
    COLLECTING = "collecting"
    NO_EVIDENCE = "no_evidence"
    PIVOT = "pivot"
    TARGET_MET = "target_met"
    BLOCKED = "blocked"
    NOT_EVALUABLE = "not_evaluable"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that keeps a program from pivoting: a code for programs, a clause for people."""

    code: str
    text: str


_EVIDENCE = Block("evidence", "the evidence against the target is not enough")
_SWITCHED_OFF = Block("adaptation_disabled", "adaptation is switched off")


@dataclass(frozen=True, slots=True)
class Guardrails:
    """Everything beside the evidence that a pivot needs. Each can only remove a pivot, so none touches the guarantee.

    Args:
        active: The program's status is active; `status` is the word for it.
        adapting: `adaptation.enabled`.
        least_units: `adaptation.minSampleSize`.
        pivots_this_week: Applied in the last 7 x 24 hours.
        most_pivots_a_week: `adaptation.maxPivotsPerWeek`.
        others: What else is in the way: a judge's veto, no alternative prepared, a kill switch.
    """

    active: bool
    adapting: bool
    least_units: int
    pivots_this_week: int
    most_pivots_a_week: int
    others: tuple[Block, ...] = ()
    status: str = "not active"


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a program stands.

    Args:
        blocks: What still keeps it from a pivot; empty exactly in the state `pivot`.
        log_evidence: Natural log of the evidence that the target is missed; enough at log(1/α).
        log_evidence_above: The same for "surpassed".
        anytime_p: A p-value for "the program is on target" that holds however often it was looked at.
        reason: Why the target cannot be tested; None where it can.
    """

    state: State
    blocks: tuple[Block, ...] = ()
    alpha: float = DEFAULT_ALPHA
    log_evidence: float = 0.0
    log_evidence_above: float = 0.0
    anytime_p: float = 1.0
    reason: str | None = None


def decide(
    tally: Tally,
    target: Target | NotEvaluable,
    alpha: float,
    guardrails: Guardrails,
    known: tuple[float, float] | None = None,
) -> Decision:
    """The decision on what has matured; a pure function of what is kept, so it costs the same after ten outcomes and ten million.

    `known` is the log evidence of missing the target and of surpassing it, where that is kept beside the tally: to compute it takes most of the time.
    """
    if isinstance(target, NotEvaluable):
        block = Block("not_evaluable", "the target cannot be tested")
        return Decision(State.NOT_EVALUABLE, (block,), alpha, reason=target.reason)
    missing, surpassing = known or (
        log_evidence_of_missing(tally, target),
        log_evidence_of_surpassing(tally, target),
    )
    enough = -math.log(alpha)
    blocks = _blocks(tally, missing >= enough, guardrails)
    return Decision(
        state=_state(tally, missing >= enough, surpassing >= enough, blocks, guardrails),
        blocks=blocks,
        alpha=alpha,
        log_evidence=missing,
        log_evidence_above=surpassing,
        anytime_p=anytime_p_value(max(tally.greatest_below, missing)),
    )


def _state(
    tally: Tally, missed: bool, surpassed: bool, blocks: tuple[Block, ...], guardrails: Guardrails
) -> State:
    if tally.units < guardrails.least_units:
        return State.COLLECTING
    if missed:
        return State.BLOCKED if blocks else State.PIVOT
    return State.TARGET_MET if surpassed else State.NO_EVIDENCE


def _blocks(tally: Tally, missed: bool, guardrails: Guardrails) -> tuple[Block, ...]:
    found = []
    if not missed:
        found.append(_EVIDENCE)
    if (lacking := guardrails.least_units - tally.units) > 0:
        found.append(_too_few(lacking, guardrails.least_units))
    if not guardrails.active:
        found.append(Block("status", f"the playbook is {guardrails.status}"))
    if not guardrails.adapting:
        found.append(_SWITCHED_OFF)
    if guardrails.pivots_this_week >= guardrails.most_pivots_a_week:
        found.append(_weekly_cap(guardrails))
    return (*found, *guardrails.others)


def _too_few(lacking: int, least: int) -> Block:
    text = f"at least {least:,} have to have had time to answer, and {lacking:,} {'is' if lacking == 1 else 'are'} missing"
    return Block("min_sample_size", text)


def _weekly_cap(guardrails: Guardrails) -> Block:
    most = guardrails.most_pivots_a_week
    text = "no pivot is ever made by itself here" if most == 0 else f"this week's {most} pivots are used up"
    return Block("weekly_cap", text)
