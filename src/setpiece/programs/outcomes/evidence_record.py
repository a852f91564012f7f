"""The evidence as it is shown and as a pivot keeps it."""

import math
from typing import Any

from setpiece.programs.evidence.target import MeanTarget, NotEvaluable, RateTarget
from setpiece.programs.outcomes.deciding import Assessment
from setpiece.programs.outcomes.documents import show_target

_LARGEST_LOG = 700.0  # e to it is near the largest number that a reader of JSON takes
METHODS = {RateTarget: "bb-eprocess/1", MeanTarget: "betting/1"}
"""Source: playbooks-v1, 2.1."""


def evidence_record(found: Assessment) -> dict[str, Any] | None:
    """None where there is nothing to test."""
    target, decision = found.standing.target, found.decision
    if isinstance(target, NotEvaluable):
        return None
    shown = {
        "method": METHODS[type(target)],
        "alpha": decision.alpha,
        "eNeeded": 1 / decision.alpha,
        "target": show_target(target),
        "samples": found.standing.samples,
        "successes": found.standing.successes,
        "eValue": e_value(decision.log_evidence),
        "eValueAbove": e_value(decision.log_evidence_above),
        "anytimeP": decision.anytime_p,
    }
    if found.outlook:
        bounds = found.outlook.bounds
        shown |= {"lowerBound": bounds.lower, "upperBound": bounds.upper}
    return shown


def e_value(log_evidence: float) -> float:
    return math.exp(min(log_evidence, _LARGEST_LOG))
