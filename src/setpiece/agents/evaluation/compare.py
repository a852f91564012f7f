"""Ours beside simpler ways of choosing a persona from a job title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.agents.evaluation.evaluate import Evaluated
from setpiece.agents.evaluation.report import numbers
from setpiece.agents.evaluation.source import Seen
from setpiece.matching.evaluation.baselines import (
    Guess,
    Scores,
    best_floor,
    embedding,
    fuzzy,
    has_rapidfuzz,
    judge_by,
    lexical,
    with_floor,
)
from setpiece.matching.evaluation.metrics import Summary, summarize
from setpiece.matching.evaluation.model import Judged

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Compared:
    """A way of choosing: what came of it, or why it was left out."""

    name: str
    summary: Summary | None
    note: str = ""


def compare(tuned_on: Evaluated, judged: Evaluated, label_by_id: Mapping[str, str]) -> list[Compared]:
    """Each way on the same cases. A baseline says "none" below the score that suits it best on `tuned_on`."""
    baselines = ("lexical only", "embedding only", "rapidfuzz")
    return [
        Compared(OURS, summarize(judged.by_title)),
        *(_compared(name, tuned_on, judged, label_by_id) for name in baselines),
    ]


def comparison(ways: Sequence[Compared]) -> list[dict[str, Any]]:
    """The same as JSON."""
    return [
        {"way": one.name, "note": one.note, **(numbers(one.summary) if one.summary else {})} for one in ways
    ]


def _compared(name: str, tuned_on: Evaluated, judged: Evaluated, label_by_id: Mapping[str, str]) -> Compared:
    if name == "rapidfuzz" and not has_rapidfuzz():
        return Compared(name, None, "not installed; it comes with the development dependencies")
    if name == "embedding only" and not any(one.similar.title for one in judged.seen):
        return Compared(name, None, "embeddings are switched off")
    floor = best_floor(_guesses(name, tuned_on, label_by_id))
    found = with_floor(_guesses(name, judged, label_by_id), floor)
    return Compared(name, summarize(found), f"none below {floor:.2f}")


def _guesses(name: str, evaluated: Evaluated, label_by_id: Mapping[str, str]) -> list[Guess]:
    pairs: Sequence[tuple[Judged, Seen]] = list(zip(evaluated.by_title, evaluated.seen, strict=True))
    return [judge_by(_scores(name, one, seen), label_by_id, one) for one, seen in pairs]


def _scores(name: str, judged: Judged, seen: Seen) -> Scores:
    personas = seen.candidates.personas
    if name == "lexical only":
        return lexical(judged.shown, personas)
    if name == "rapidfuzz":
        return fuzzy(judged.shown, personas)
    return embedding(seen.similar.title, personas)
