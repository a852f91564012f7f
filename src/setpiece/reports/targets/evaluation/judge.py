"""Hits, false hits and misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from setpiece.kernel.errors import Invalid
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.reports.model import Call
from setpiece.reports.targets.choose import choose_speaker
from setpiece.reports.targets.evaluation.cases import Case, Cases
from setpiece.reports.targets.model import NOT_FOUND
from setpiece.reports.targets.schemas import Strategy, TargetSelector


class Verdict(StrEnum):
    """What came of a case."""

    HIT = "hit"
    """The speaker who is meant, or nobody where nobody is meant."""
    FALSE_HIT = "false hit"
    """Another speaker, or somebody where nobody is meant: the worst, for a report on the wrong person follows."""
    MISS = "miss"
    """Nobody where somebody is meant."""


@dataclass(frozen=True, slots=True)
class Judged:
    case: Case
    language: str
    speaker: int | None
    confidence: float
    why: str

    @property
    def verdict(self) -> Verdict:
        if self.speaker in self.case.right:
            return Verdict.HIT
        return Verdict.MISS if self.speaker is None else Verdict.FALSE_HIT


async def judge(cases: Cases, wanted: Sequence[Case], embedder: Embedder | None) -> list[Judged]:
    transcripts = {one.id: one for one in cases.transcripts}
    calls = {one.id: one.call() for one in cases.transcripts}
    return [
        await _judged(one, calls[one.transcript], transcripts[one.transcript].language, embedder)
        for one in wanted
    ]


async def _judged(case: Case, call: Call, language: str, embedder: Embedder | None) -> Judged:
    selector = TargetSelector(strategy=Strategy.MAGIC_HINT, hint=case.hint)
    try:
        chosen = await choose_speaker(call, selector, embedder, language="en")
    except Invalid as missed:
        if missed.code != NOT_FOUND:
            raise
        return Judged(case, language, None, 0.0, missed.message)
    return Judged(case, language, chosen.speaker, chosen.confidence, chosen.why)


def summary(judged: Sequence[Judged], split: str) -> dict[str, Any]:
    """Counts in all and for each language, and what went wrong."""
    languages = sorted({one.language for one in judged})
    return {
        "split": split,
        "all": _counts(judged),
        "byLanguage": {
            language: _counts([one for one in judged if one.language == language]) for language in languages
        },
        "wrong": [_shown(one) for one in judged if one.verdict is not Verdict.HIT],
    }


def _counts(judged: Sequence[Judged]) -> dict[str, int]:
    verdicts = [one.verdict for one in judged]
    return {
        "cases": len(verdicts),
        "hits": verdicts.count(Verdict.HIT),
        "falseHits": verdicts.count(Verdict.FALSE_HIT),
        "misses": verdicts.count(Verdict.MISS),
    }


def _shown(one: Judged) -> dict[str, Any]:
    return {
        "case": one.case.id,
        "hint": one.case.hint,
        "expected": str(one.case.expect),
        "chosen": "none" if one.speaker is None else str(one.speaker),
        "confidence": one.confidence,
        "verdict": one.verdict.value,
        "why": one.why,
    }
