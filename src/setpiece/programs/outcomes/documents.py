"""A target and a tally as JSON, in which an epoch keeps them. A float comes back as the same float."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from setpiece.programs.evidence.tally import Tally
from setpiece.programs.evidence.target import MeanTarget, NotEvaluable, RateTarget, Target

_KINDS: Mapping[str, type[RateTarget | MeanTarget | NotEvaluable]] = {
    "rate": RateTarget,
    "mean": MeanTarget,
    "none": NotEvaluable,
}


def show_target(target: Target | NotEvaluable) -> dict[str, Any]:
    kind = next(name for name, made in _KINDS.items() if isinstance(target, made))
    return {"kind": kind, **asdict(target)}


def read_target_document(document: Mapping[str, Any]) -> Target | NotEvaluable:
    rest = {name: value for name, value in document.items() if name != "kind"}
    return _KINDS[document["kind"]](**rest)


def show_tally(tally: Tally) -> dict[str, Any]:
    return asdict(tally)


def read_tally(document: Mapping[str, Any] | None) -> Tally:
    if document is None:
        return Tally()
    return Tally(
        units=document["units"],
        successes=document["successes"],
        below=tuple(document["below"]),
        above=tuple(document["above"]),
        greatest_below=document["greatest_below"],
        greatest_above=document["greatest_above"],
    )
