"""From a request, an agent's settings and the gathered facts to the writer's brief."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.sequence.gather import Chosen, Facts, step_context
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer import (
    Brief,
    Goal,
    Length,
    Recipient,
    Sender,
    SequenceType,
    Style,
    Tone,
)

DEFAULT_EMAILS = 3


def brief_for(
    identity: Identity, chosen: Chosen, facts: Facts, request: SequenceRun, settings: Mapping[str, Any]
) -> Brief:
    """Everything the writer may use, and nothing else."""
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
        sender=sender_of(settings),
        offering_name=chosen.offering.name,
        offering_kind="service" if chosen.offering.kind == "service" else "product",
        persona_name=chosen.persona.name if chosen.persona else None,
        competitor_name=competitor.name if competitor else None,
        facts=facts,
        step_context=step_context(request),
        instructions=instructions_of(request, settings),
        style=style_of(settings),
        seed="|".join(
            (identity.subject, chosen.offering.name, chosen.playbook.entity.name if chosen.playbook else "")
        ),
    )


def sender_of(settings: Mapping[str, Any]) -> Sender:
    told = (settings.get("sequenceSettings") or {}).get("sender") or {}
    return Sender(told.get("name"), told.get("title"), told.get("company"), told.get("signOff"))


def style_of(settings: Mapping[str, Any]) -> Style:
    """The style of an agent; what it leaves open keeps the writer's default."""
    told = settings.get("sequenceSettings") or {}
    style = Style(num_emails=emails_of(settings))
    changes = {
        "tone": _member(Tone, told.get("tone")),
        "length": _member(Length, told.get("length")),
        "sequence_type": _member(SequenceType, told.get("sequenceType")),
        "goal": _member(Goal, told.get("goal")),
        "unique_subjects": told.get("generateUniqueSubjectLines"),
        "include_ps": told.get("includePs"),
    }
    return replace(style, **{name: value for name, value in changes.items() if value is not None})


def emails_of(settings: Mapping[str, Any]) -> int:
    """How many emails the agent writes for one person."""
    return int((settings.get("sequenceSettings") or {}).get("numEmails") or DEFAULT_EMAILS)


def instructions_of(request: SequenceRun, settings: Mapping[str, Any]) -> dict[str, str]:
    """The agent's instructions, then the request's; a step's add to those for all."""
    told = settings.get("sequenceSettings") or {}
    found: dict[str, list[str]] = {
        "all": [told.get("sequenceCustomInstructions") or "", settings.get("instructions") or ""]
    }
    for step, patch in (settings.get("stepPatches") or {}).items():
        found.setdefault(step, []).append(str(patch.get("instructions") or ""))
    for step, text in (request.runtimeInstructions or {}).items():
        found.setdefault(step, []).append(text)
    return {step: "\n".join(filter(None, texts)) for step, texts in found.items() if any(texts)}


def _member(options: Any, value: Any) -> Any:
    """The option of that value; None for one that the embedded writer does not have."""
    return options(value) if value in {option.value for option in options} else None
