"""The data of a sequence's answer, field by field as the contract documents it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from setpiece.agents.provenance import annotation
from setpiece.agents.sequence.gather import Chosen
from setpiece.agents.sequence.writer import Claim, DraftEmail, render
from setpiece.agents.sequence.writer.render import OutputFormat
from setpiece.kernel.ids import show
from setpiece.library import record as library_record
from setpiece.library.model import Entity, complete_data
from setpiece.library.playbooks import record as playbook_record
from setpiece.library.product import PRODUCT
from setpiece.library.service import KIND_BY_NAME
from setpiece.matching.model import Choice, Kind, Pick, Ranked

OUTPUT_TYPE = "SCOPED_PLAYBOOK"
_PREFIXES = {Kind.OFFERING: "px", Kind.PLAYBOOK: "pb", Kind.PERSONA: "pe", Kind.SEGMENT: "sg"}
SECTIONS = ("greeting", "opening", "body", "closing", "cta", "signature", "ps")
"""In the order of the email, so that who joins them as they come gets it."""


def data_for(
    chosen: Chosen,
    choice: Choice,
    emails: Sequence[DraftEmail],
    output_format: OutputFormat,
    *,
    full: bool,
    language_model: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything under `data`. A service is shown as `product` too, with a product's keys: older clients know no other."""
    offering = _offering(chosen.offering, choice.offering)
    return {
        "emails": [email_record(email, output_format) for email in emails],
        "product": offering | {"data": _product_data(chosen.offering) | offering["data"]},
        **({"service": offering} if chosen.offering.kind == "service" else {}),
        "playbook": playbook_record.brief(chosen.playbook) | _match(choice.playbook)
        if chosen.playbook
        else None,
        "persona": _named(chosen.persona, choice.persona),
        "segment": _named(chosen.segment, choice.segment),
        "outputType": OUTPUT_TYPE,
        "annotations": annotations(emails, full=full, language_model=language_model),
    }


def annotations(
    emails: Sequence[DraftEmail], *, full: bool, language_model: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Where each claim comes from, in the order in which the emails make them; and what a language model cost."""
    claims = [(number, claim) for number, email in enumerate(emails, start=1) for claim in email.claims]
    coverage = {"claims": len(claims), "fields": len({_place(claim) for _, claim in claims})}
    metadata: dict[str, Any] = {"emails": len(emails), **coverage} if full else {}
    metadata |= {"languageModel": dict(language_model)} if language_model else {}
    return {
        "annotations": [_annotation(number, claim, full=full) for number, claim in claims],
        "metadata": metadata or None,
    }


def choice_record(choice: Choice) -> dict[str, Any]:
    """Every candidate that was compared, with its score and each signal's part in it; kept with the run.

    Ids as clients know them. A service's begins like a product's here: matching does not tell them apart.
    """
    return {kind.value: _compared(choice, kind) for kind in Kind}


def plan_for(choice: Mapping[str, Any], emails: Sequence[DraftEmail], *, would_use: int) -> dict[str, Any]:
    """The data of a dry run: what would be chosen, which facts each email would rest on, and what it would cost."""
    return {
        "dryRun": True,
        "choice": choice,
        "emails": [
            {"step": step, "facts": [_annotation(step, claim, full=True)["meta"] for claim in email.claims]}
            for step, email in enumerate(emails, start=1)
        ],
        "wouldUse": would_use,
    }


def email_record(email: DraftEmail, output_format: OutputFormat) -> dict[str, Any]:
    rendered = render(email, output_format)
    return {
        "email": rendered.email,
        "subject": rendered.subject,
        "coreValueProp": rendered.core_value_prop,
        "sections": {name: rendered.sections[name] for name in SECTIONS},
    }


def _offering(entity: Entity, pick: Pick | None) -> dict[str, Any]:
    kind = KIND_BY_NAME[entity.kind]
    return {
        "data": library_record.data_of(kind, entity),
        **_identity(entity),
        "description": entity.description,
        "primaryUrl": entity.primary_url,
        "qualifyingQuestions": list(entity.qualifying_questions),
        **_match(pick),
    }


def _product_data(entity: Entity) -> dict[str, Any]:
    """Every key that a product's data has; empty where the offering has none of the kind."""
    return library_record.data_of(PRODUCT, replace(entity, data=complete_data(PRODUCT, entity.data)))


def _named(entity: Entity | None, pick: Pick | None) -> dict[str, Any] | None:
    if entity is None:
        return None
    return _identity(entity) | {"qualifyingQuestions": list(entity.qualifying_questions)} | _match(pick)


def _identity(entity: Entity) -> dict[str, Any]:
    prefix = KIND_BY_NAME[entity.kind].prefix
    return {"oId": show(prefix, entity.id), "name": entity.name, "internalName": entity.internal_name}


def _match(pick: Pick | None) -> dict[str, Any]:
    if pick is None:
        return {"matchConfidence": None, "matchAnalysis": None}
    return {"matchConfidence": pick.confidence.value, "matchAnalysis": pick.analysis}


def _annotation(number: int, claim: Claim, *, full: bool) -> dict[str, Any]:
    place = {"email": number, "section": claim.section}
    return annotation(claim.source, claim.sentence, claim.fact_text, place, full=full)


def _place(claim: Claim) -> tuple[str, str, int | None]:
    return claim.source.oid, claim.source.field, claim.source.index


def _compared(choice: Choice, kind: Kind) -> dict[str, Any]:
    pick: Pick | None = getattr(choice, kind.value)
    unchosen = choice.unchosen.get(kind)
    ranked = pick.ranked if pick else unchosen.ranked if unchosen else ()
    return {
        "chosen": _oid(kind, pick.id) if pick else None,
        "name": pick.name if pick else None,
        "margin": round(pick.margin, 4) if pick else None,
        **_match(pick),
        "pinnedBy": pick.pinned_by if pick else None,
        "reason": unchosen.reason if unchosen else None,
        "candidates": [_ranked(kind, one) for one in ranked],
    }


def _oid(kind: Kind, matched_id: str) -> str:
    return show(_PREFIXES[kind], UUID(matched_id))


def _ranked(kind: Kind, one: Ranked) -> dict[str, Any]:
    return {
        "oId": _oid(kind, one.id),
        "name": one.name,
        "score": one.score,
        "excluded": one.excluded,
        "signals": [
            {
                "signal": reading.signal,
                "value": round(reading.value, 4),
                "weight": round(reading.weight, 4),
                "share": round(reading.share, 4),
                "note": reading.note,
            }
            for reading in one.readings
            if reading.value or reading.note
        ],
    }
