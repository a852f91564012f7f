"""The `json` of the contract, and the evidence beside it. Pure. Source: seed 004, contract §5 and §7."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from setpiece import __version__
from setpiece.reports.moments import Found, Said
from setpiece.reports.writing.compose import Composed
from setpiece.reports.writing.model import LEAST_SPEECH_S, Ask, Point, Section, Statement
from setpiece.reports.writing.realise import quoted_text

PROMPT_VERSION = 1
"""Grows when the same moments would be written differently."""
MODEL = f"setpiece-embedded/{__version__}"
PROVIDER = "openai"
"""One of the two words that the contract's schema allows here; the model's name and the labels tell the truth."""


def meta(
    ask: Ask, *, model: str, labels: Iterable[str], attempts: int = 1, provider: str = PROVIDER
) -> dict[str, Any]:
    return {
        "prompt": {"name": ask.template.value, "version": PROMPT_VERSION, "labels": list(labels)},
        "render": {"provider": provider, "model": model, "attempts": attempts},
    }


def document(composed: Composed, ask: Ask, told: Mapping[str, Any]) -> dict[str, Any]:
    """`told` is the meta block."""
    return {
        "schemaVersion": 2,
        "template": ask.template.value,
        "title": composed.title,
        "summary": " ".join(one.text for one in composed.summary),
        "meta": dict(told),
        "sections": [_section(one) for one in composed.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    head = {"kind": section.kind, "key": section.key, "title": section.title}
    if section.kind == "actions":
        return head | {"items": _items(section)}
    if section.kind == "traits":
        return head | {"body": section.body, "phrases": list(section.phrases)}
    return head | {"body": section.body}


def _items(section: Section) -> list[dict[str, str]]:
    if not section.statements:
        return [{"title": section.nothing_title, "context": section.nothing}]
    return [{"title": one.title or section.title, "context": one.text} for one in section.statements]


def evidence(
    composed: Composed, found: Found, told: Mapping[str, Any], notes: Sequence[str]
) -> dict[str, Any]:
    """What each statement rests on, by section key; `summary` first."""
    return {
        "speakerIndex": found.speaker,
        "spokenLanguage": found.language,
        "speechSeconds": round(found.speech_s, 2),
        "leastSpeechSeconds": LEAST_SPEECH_S,
        "isEnoughSpeech": found.speech_s >= LEAST_SPEECH_S,
        "writer": told["render"]["model"],
        "notes": list(notes),
        "summary": {"statements": [_statement(one) for one in composed.summary]},
        "sections": {one.key: _of_section(one) for one in composed.sections},
    }


def _of_section(section: Section) -> dict[str, Any]:
    told = {"hasEvidence": bool(section.statements)}
    if not section.statements:
        return told | {"statements": [], "note": section.nothing}
    return told | {"statements": [_statement(one) for one in section.statements]}


def _statement(statement: Statement) -> dict[str, Any]:
    point = statement.point
    told: dict[str, Any] = {
        "text": statement.text,
        "rules": list(point.rules),
        "quotes": [_quote(one) for one in point.quotes],
        "cites": [_quote(one) for one in point.cites],
        "measures": _measures(point),
        "library": [
            {"kind": one.kind, "name": one.name, "field": one.field, "text": one.text} for one in point.facts
        ],
    }
    return told | {"title": statement.title} if statement.title else told


def _quote(said: Said) -> dict[str, Any]:
    return {
        "speakerIndex": said.speaker,
        "startSeconds": round(said.start_s, 2),
        "endSeconds": round(said.end_s, 2),
        "text": quoted_text(said),
    }


_MEASURE_NAMES = {
    "share": "talkShareRatio",
    "response": "responseDelayMedianSeconds",
    "interruptions": "interruptionCount",
    "turns": "turnCount",
    "monologue": "longestMonologueSeconds",
    "minutes": "speechSeconds",
    "speech": "speechSeconds",
    "least": "leastSpeechSeconds",
}


def _measures(point: Point) -> dict[str, float]:
    return {_MEASURE_NAMES[name]: value for name, value in point.measures.items()}
