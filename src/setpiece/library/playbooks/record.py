"""Playbooks, value props and templates as the contract's records."""

from typing import Any

from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.library import record as library_record
from setpiece.library.kind import Kind
from setpiece.library.model import Entity
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import (
    TEMPLATE_PREFIX,
    VALUE_PROP_PREFIX,
    LinkRole,
    Playbook,
    Template,
    ValueProp,
)
from setpiece.library.playbooks.service import Details
from setpiece.library.service import KIND_BY_NAME


def listed(playbook: Playbook) -> dict[str, Any]:
    """A playbook in a list: its record and its traits, without what it links to."""
    traits = playbook.traits
    shown = library_record.record(PLAYBOOK, playbook.entity)
    shown["data"] = {
        **shown["data"],
        "exampleDescription": shown["data"]["exampleDescription"] or "",
        "methodology": None,
    }
    return shown | {
        "type": traits.type,
        "status": traits.status,
        "referenceMode": traits.reference_mode,
        "proofPointMode": traits.proof_point_mode,
    }


def full(found: Details) -> dict[str, Any]:
    """A playbook with everything it names."""
    traits = found.playbook.traits
    return listed(found.playbook) | {
        "product": named(found.one(traits.offering_id)),
        "personas": [persona(found, one) for one in found.several(LinkRole.PERSONA)],
        "useCases": [named(one) for one in found.several(LinkRole.USE_CASE)],
        "proofPoints": [named(one) for one in found.several(LinkRole.PROOF_POINT)],
        "references": [named(one) for one in found.several(LinkRole.REFERENCE)],
        "competitor": named(found.one(traits.competitor_id)),
        "segment": named(found.one(traits.segment_id)),
        "additionalContext": [one.row() for one in traits.attached],
    }


def brief(playbook: Playbook) -> dict[str, Any]:
    """The five fields of playbook/create and of a sequence's answer."""
    entity = playbook.entity
    return {
        "oId": show(PLAYBOOK.prefix, entity.id),
        "name": entity.name,
        "description": entity.description,
        "type": playbook.traits.type,
        "keyInsight": list(entity.texts("keyInsight")),
    }


def persona(found: Details, entity: Entity) -> dict[str, Any]:
    """A persona's full record with its value props in this playbook."""
    props = [value_prop(prop) for prop in found.props_of(entity.id)]
    return library_record.record(_kind(entity), entity) | {"valueProps": props}


def named(entity: Entity | None) -> dict[str, Any] | None:
    if entity is None:
        return None
    return {
        "oId": show(_kind(entity).prefix, entity.id),
        "name": entity.name,
        "internalName": entity.internal_name,
        "description": entity.description,
    }


def value_prop(prop: ValueProp) -> dict[str, Any]:
    return {
        "oId": show(VALUE_PROP_PREFIX, prop.id),
        "personaOId": show("pe", prop.persona_id),
        "title": prop.title,
        "details": prop.details,
        "evidence": list(prop.evidence),
        "sources": list(prop.sources),
        "createdAt": show_instant(prop.created_at),
        "updatedAt": show_if_any(prop.updated_at),
    }


def template(one: Template, personas: dict[Any, str]) -> dict[str, Any]:
    return {
        "oId": show(TEMPLATE_PREFIX, one.id),
        "name": one.name,
        "persona": {"oId": show("pe", one.persona_id), "name": personas.get(one.persona_id)},
        "status": one.status,
    }


def template_text(one: Template) -> dict[str, Any]:
    """A template's own words, with their placeholders."""
    return {
        "subject": one.content["subject"],
        "coreValueProp": one.content["coreValueProp"],
        "sections": {name: "\n\n".join(parts) for name, parts in one.content["sections"].items()},
        "createdAt": show_instant(one.created_at),
    }


def _kind(entity: Entity) -> Kind:
    return KIND_BY_NAME[entity.kind]
