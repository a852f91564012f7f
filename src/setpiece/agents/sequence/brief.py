"""From a request, an agent's settings and the gathered facts to the writer's brief."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.model import read_grades
from setpiece.agents.sequence.gather import Chosen, Facts, step_context
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer import (
    Brief,
    Craft,
    Goal,
    Length,
    Recipient,
    Sender,
    SequenceType,
    Step,
    Style,
    Tone,
)

DEFAULT_EMAILS = 3


def brief_for(
    identity: Identity, chosen: Chosen, facts: Facts, request: SequenceRun, settings: Mapping[str, Any]
) -> Brief:
    """Everything the writer may use, and nothing else."""
    told = settings.get("sequenceSettings") or {}
    competitor_id = chosen.playbook.traits.competitor_id if chosen.playbook else None
    competitor = chosen.named.get(competitor_id) if competitor_id else None
    return Brief(
        recipient=Recipient(
            identity.first_name,
            identity.last_name,
            identity.job_title,
            identity.company_name,
            identity.company_domain,
            identity.email,
        ),
        sender=sender_of(told),
        offering_name=chosen.offering.name,
        offering_kind="service" if chosen.offering.kind == "service" else "product",
        persona_name=chosen.persona.name if chosen.persona else None,
        competitor_name=competitor.name if competitor else None,
        facts=facts,
        step_context=step_context(request),
        instructions=instructions_of(request, settings),
        style=style_of(told),
        steps=steps_of(settings),
        lang=request.lang,
        seed="|".join(
            (identity.subject, chosen.offering.name, chosen.playbook.entity.name if chosen.playbook else "")
        ),
    )


def steps_of(settings: Mapping[str, Any]) -> dict[int, Step]:
    """Style and sender of the emails that `stepPatches` changes: the sequence's settings with the patch merged in."""
    told = settings.get("sequenceSettings") or {}
    found = {}
    for step, patch in (settings.get("stepPatches") or {}).items():
        if any(value is not None for name, value in patch.items() if name != "instructions"):
            merged = _merged(told, patch)
            found[int(step)] = Step(style_of(merged), sender_of(merged))
    return found


def _merged(settings: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(settings)
    for name, value in patch.items():
        inner = merged.get(name)
        if isinstance(value, Mapping) and isinstance(inner, Mapping):
            merged[name] = _merged(inner, value)
        elif value is not None:
            merged[name] = value
    if patch.get("goal"):
        merged["primaryGoal"] = patch.get("primaryGoal") or patch["goal"]
    return merged


def sender_of(told: Mapping[str, Any]) -> Sender:
    """Who signs, from `sequenceSettings`."""
    sender = told.get("sender") or {}
    return Sender(sender.get("name"), sender.get("title"), sender.get("company"), sender.get("signOff"))


def style_of(told: Mapping[str, Any]) -> Style:
    """The style in `sequenceSettings`; what it leaves open keeps the writer's default."""
    style = Style(num_emails=told.get("numEmails") or DEFAULT_EMAILS, craft=_craft(told))
    changes = {
        "tone": _member(Tone, told.get("tone")),
        "length": _member(Length, told.get("length")),
        "sequence_type": _member(SequenceType, told.get("sequenceType")),
        "goal": _member(Goal, told.get("primaryGoal") or told.get("goal")),
        "unique_subjects": told.get("generateUniqueSubjectLines"),
        "same_subject": told.get("applySubjectToAllEmails"),
        "same_cta": told.get("applyCtaToAllEmails"),
        "include_ps": told.get("includePs"),
        "greeting": _text(told.get("greeting")),
        "subject": _text(told.get("subject")) or None,
        "cta": _text(told.get("cta")) or None,
    }
    return replace(style, **{name: value for name, value in changes.items() if value is not None})


def emails_of(settings: Mapping[str, Any]) -> int:
    """How many emails the agent writes for one person."""
    return int((settings.get("sequenceSettings") or {}).get("numEmails") or DEFAULT_EMAILS)


def _craft(told: Mapping[str, Any]) -> Craft:
    default, craft = Craft(), told.get("craft") or {}
    words = {
        Length(name): (low, high)
        for name, pair in (craft.get("words") or {}).items()
        if pair
        for low, high in [pair]
    }
    subject = craft.get("subjectWords")
    level = told.get("readingLevel")
    return Craft(
        words={**default.words, **words},
        sentence_words=craft.get("sentenceWords") or default.sentence_words,
        grade=(read_grades(level) if level is not None else None) or default.grade,
        subject_words=(subject[0], subject[1]) if subject else default.subject_words,
    )


def instructions_of(request: SequenceRun, settings: Mapping[str, Any]) -> dict[str, str]:
    """The agent's instructions, then the request's; a step's add to those for all."""
    told = settings.get("sequenceSettings") or {}
    of_type = told.get("sequenceTypeCustomInstructions") if told.get("sequenceType") == "CUSTOM" else None
    found: dict[str, list[str]] = {
        "all": [
            of_type or "",
            told.get("sequenceCustomInstructions") or "",
            settings.get("instructions") or "",
        ]
    }
    for step, patch in (settings.get("stepPatches") or {}).items():
        found.setdefault(step, []).append(str(patch.get("instructions") or ""))
    for step, text in (request.runtimeInstructions or {}).items():
        found.setdefault(step, []).append(text)
    return {step: "\n".join(filter(None, texts)) for step, texts in found.items() if any(texts)}


def _text(value: Any) -> str | None:
    """Settings are kept as they were sent, also under names that meant nothing then: only a text counts."""
    return value if isinstance(value, str) else None


def _member(options: Any, value: Any) -> Any:
    """The option of that value; None for one that the embedded writer does not have."""
    return (
        options(value) if isinstance(value, str) and value in {option.value for option in options} else None
    )
