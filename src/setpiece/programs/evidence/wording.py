"""A decision in plain sentences."""

import math
from collections.abc import Mapping

from setpiece.programs.evidence.outlook import Outlook
from setpiece.programs.evidence.rule import Decision, State
from setpiece.programs.evidence.tally import Tally
from setpiece.programs.evidence.target import NotEvaluable, RateTarget, Target

MOST_SHOWN = 1000
"""Beyond it the evidence is "more than 1,000": nobody's decision depends on further digits."""
_DID: Mapping[str | None, str] = {"reply_rate": "answered well", "meeting_booked": "booked a meeting"}
_UNTOUCHED = "It was reported what came of contacts, and not who was contacted. Report each contact as 'touched': who has not answered is known by nothing else."


def explain(
    decision: Decision,
    tally: Tally,
    target: Target | NotEvaluable,
    outlook: Outlook | None = None,
    unit: str = "account",
    metric: str | None = None,
    *,
    untouched: bool = False,
) -> str:
    """What was seen, what follows, and what comes next; two or three sentences.

    With an outlook it also says how long it may still take. The unit is what is counted, in the singular. `untouched`: outcomes were
    reported, and nobody's first contact.
    """
    if isinstance(target, NotEvaluable):
        return f"This playbook cannot be judged. {target.reason}"
    seen = _UNTOUCHED if untouched else _seen(tally, target, unit, _DID.get(metric, "succeeded"))
    return " ".join((seen, *_conclusion(decision, outlook)))


def _seen(tally: Tally, target: Target, unit: str, did: str) -> str:
    if not tally.units:
        return f"No {unit} has had time to answer yet; the target is {_aim(target)}."
    counted = f"{tally.units:,} {unit}{' has' if tally.units == 1 else 's have'} had time to answer"
    if isinstance(target, RateTarget):
        share = tally.successes / tally.units
        return f"{counted} and {tally.successes:,} {did} ({_percent(share)}); the target is {_percent(target.rate)}."
    mean = target.unscaled(tally.successes / tally.units)
    clipped = f"values are counted from {_number(target.floor)} to {_number(target.cap)}"
    return f"{counted} and brought {_number(mean)} on average ({clipped}); the target is {_aim(target)}."


def _aim(target: Target) -> str:
    if isinstance(target, RateTarget):
        return _percent(target.rate)
    return f"{_number(target.mean)} {'at most' if target.lower_is_better else 'each'}"


def _conclusion(decision: Decision, outlook: Outlook | None) -> list[str]:
    against = f"the evidence that the target is missed is {evidence(decision.log_evidence)}"
    enough = f"{_number(1 / decision.alpha)} is enough"
    match decision.state:
        case State.PIVOT:
            odds = (
                f"of playbooks that are on target, at most {_percent(decision.alpha)} are ever called failing"
            )
            return [f"That is too little: {against}, and {enough}; {odds}.", "Change one thing."]
        case State.BLOCKED:
            return [f"That is too little: {against}, and {enough}.", f"Nothing is changed, because {_texts(decision)}."]  # fmt: skip
        case State.TARGET_MET:
            more = evidence(decision.log_evidence_above)
            return [f"That is more than the target: the evidence for it is {more}, and {enough}.", "This can be scaled up."]  # fmt: skip
        case State.COLLECTING:
            return [
                f"It is too early to conclude anything: {_texts(decision, 'min_sample_size')}.",
                *_to_come(outlook),
            ]
        case _:
            return [f"That does not contradict the target: {against}, and {_number(1 / decision.alpha)} is needed.", *_to_come(outlook)]  # fmt: skip


def _texts(decision: Decision, code: str | None = None) -> str:
    return " and ".join(block.text for block in decision.blocks if code in (None, block.code))


def _to_come(outlook: Outlook | None) -> list[str]:
    if outlook is None:
        return []
    soonest, usual = (outlook.still_needed.get(share, 0) for share in (0.0, 0.5))
    told = f"A failing playbook is known after about {_more(soonest)} if none of them succeeds"
    if usual in (0, soonest):  # of a mean only the first is known; and one failure may be all that lacks
        return [f"{told}."]
    return [f"{told}, and as a rule after {_more(usual)} if they succeed half as often as they should."]


def _more(units: int | None) -> str:
    return "more than a million more" if units is None else f"{units:,} more"


def evidence(log_evidence: float) -> str:
    """The evidence as people read it."""
    if log_evidence > math.log(MOST_SHOWN):
        return f"more than {MOST_SHOWN:,}"
    value = math.exp(log_evidence)
    return f"{value:.1f}" if value >= 0.1 else "below 0.1"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _number(value: float) -> str:
    return f"{value:,.6g}"
