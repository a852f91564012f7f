"""Use cases on value props: what one persona gets from the offering, edited by hand."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.library.model import Entity
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import LinkRole, ValueProp
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.schemas import ValuePropAdd, ValuePropContent, ValuePropUpdate
from setpiece.library.playbooks.service import get_playbook, note_change
from setpiece.library.schemas import change_of
from setpiece.library.service import get_entity
from setpiece.workspaces.work import Work


async def add(work: Work, body: ValuePropAdd) -> list[ValueProp]:
    """Raises Invalid when the persona is not one of the playbook's."""
    found = await get_playbook(work, body.playbookOId, lock=True)
    persona_id = parse(body.personaOId)
    if persona_id not in found.playbook.linked(LinkRole.PERSONA):
        raise Invalid(
            f"'{body.personaOId}' is not one of the playbook's personas; add it with playbook/update."
        )
    props = [_hand_written(one, persona_id, work) for one in body.valueProps]
    await PlaybookRepository(work.scope).add_value_props(found.playbook.id, props)
    await _note_props(work, found.playbook.entity, {}, {prop.title: prop.details for prop in props})
    return props


async def update(work: Work, body: ValuePropUpdate) -> ValueProp:
    """Change a value prop; what a person wrote no longer rests on library fields."""
    playbook, before = await _value_prop(work, body.oId)
    change = change_of(body)
    if not change:
        return before
    after = replace(
        before,
        title=change.get("title", before.title),
        details=change.get("details", before.details),
        evidence=tuple(change.get("evidence", before.evidence)),
        sources=() if change.keys() & {"title", "details"} else before.sources,
        updated_at=work.at,
    )
    await PlaybookRepository(work.scope).put_value_prop(after)
    await _note_props(work, playbook, {before.title: before.details}, {after.title: after.details})
    return after


async def delete(work: Work, oid: str) -> ValueProp:
    playbook, prop = await _value_prop(work, oid)
    await PlaybookRepository(work.scope).delete_value_prop(prop.id)
    await _note_props(work, playbook, {prop.title: prop.details}, {})
    return prop


async def _value_prop(work: Work, oid: str) -> tuple[Entity, ValueProp]:
    prop_id = parse(oid)
    found = await PlaybookRepository(work.scope).value_prop(prop_id) if prop_id else None
    if found is None:
        raise NotFound(f"There is no value prop '{oid[:64]}' in this workspace.")
    return await get_entity(work, PLAYBOOK, show("pb", found[0]), lock=True), found[1]


def _hand_written(content: ValuePropContent, persona_id: UUID, work: Work) -> ValueProp:
    return ValueProp(
        new_uuid(), persona_id, content.title, content.details, tuple(content.evidence), (), work.at
    )


async def _note_props(
    work: Work, playbook: Entity, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    await note_change(work, playbook, {"valueProps": {"before": before or None, "after": after or None}})
