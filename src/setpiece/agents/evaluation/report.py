"""A run as it is shown, saved and read back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from setpiece.agents.evaluation.evaluate import JUDGED_KINDS, Evaluated
from setpiece.kernel.errors import Invalid
from setpiece.kernel.field_problems import findings, sentence
from setpiece.matching.evaluation.difference import Difference, compare_runs
from setpiece.matching.evaluation.metrics import Rate, Summary, summarize
from setpiece.matching.evaluation.model import Judged, of_kind
from setpiece.matching.model import Confidence, Kind

BY_TITLE = "persona, from the job title alone"
_SHOWN_CONFUSION = 20
_PLACES = 4


class _SavedCase(BaseModel):
    model_config = ConfigDict(extra="ignore")

    case: str
    kind: Kind
    expected: list[str]
    ranked: list[str]
    confidence: Confidence | None = None
    shown: str = ""

    def judged(self) -> Judged:
        return Judged(
            self.case, self.kind, tuple(self.expected), tuple(self.ranked), self.confidence, (), self.shown
        )


class SavedRun(BaseModel):
    """What `--save` writes and `--against` reads."""

    model_config = ConfigDict(extra="ignore")

    byTitle: list[_SavedCase] = Field(max_length=10_000)
    byAll: list[_SavedCase] = Field(max_length=40_000)


def read_saved(content: Any) -> SavedRun:
    """Raises Invalid when it is no saved run."""
    try:
        return SavedRun.model_validate(content)
    except ValidationError as problem:
        raise Invalid(f"This is no saved run: {sentence(findings(problem)[0])}.") from problem


def parts(evaluated: Evaluated) -> dict[str, tuple[Judged, ...]]:
    """What is reported on, by its heading; a kind of which no case says anything is left out."""
    by_kind = {f"{kind}, from all that is known": of_kind(evaluated.by_all, kind) for kind in JUDGED_KINDS}
    return {
        heading: judged for heading, judged in ({BY_TITLE: evaluated.by_title} | by_kind).items() if judged
    }


def report(evaluated: Evaluated, split: str, saved: SavedRun | None = None) -> dict[str, Any]:
    """Everything as JSON: per part its numbers, the misses, and what changed against a saved run."""
    return {
        "split": split,
        "parts": [_part(heading, judged) for heading, judged in parts(evaluated).items()],
        "difference": _difference(evaluated, saved) if saved else None,
        "byTitle": [_saved(one) for one in evaluated.by_title],
        "byAll": [_saved(one) for one in evaluated.by_all],
    }


def difference(evaluated: Evaluated, saved: SavedRun) -> dict[str, Difference]:
    """By `byTitle` and `byAll`: the same case can move in one and not in the other."""
    return {
        "byTitle": compare_runs([one.judged() for one in saved.byTitle], evaluated.by_title),
        "byAll": compare_runs([one.judged() for one in saved.byAll], evaluated.by_all),
    }


def _part(heading: str, judged: Sequence[Judged]) -> dict[str, Any]:
    return {
        "part": heading,
        "cases": len(judged),
        **numbers(summarize(judged)),
        "misses": [_saved(one) for one in judged if not one.is_right],
    }


def numbers(summary: Summary) -> dict[str, Any]:
    mean = summary.reciprocal_rank
    return {
        "accuracyAt1": rate(summary.at_1),
        "accuracyAt3": rate(summary.at_3),
        "meanReciprocalRank": None if mean is None else round(mean, _PLACES),
        "overall": rate(summary.overall),
        "noneRecall": rate(summary.none_recall),
        "nonePrecision": rate(summary.none_precision),
        "byConfidence": {level.value: rate(found) for level, found in summary.by_confidence.items()},
        "confusion": [asdict(one) for one in summary.confusion if one.expected != one.predicted][
            :_SHOWN_CONFUSION
        ],
    }


def rate(found: Rate) -> dict[str, Any]:
    ratio = found.ratio
    return {"right": found.hits, "of": found.of, "ratio": None if ratio is None else round(ratio, _PLACES)}


def _saved(one: Judged) -> dict[str, Any]:
    return {
        "case": one.case,
        "kind": one.kind.value,
        "shown": one.shown,
        "expected": list(one.expected),
        "ranked": list(one.ranked),
        "confidence": one.confidence.value if one.confidence else None,
    }


def _difference(evaluated: Evaluated, saved: SavedRun) -> Mapping[str, Any]:
    return {name: asdict(found) for name, found in difference(evaluated, saved).items()}
