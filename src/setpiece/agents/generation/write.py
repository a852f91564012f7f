"""Making the drafted entities: all of a request, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from setpiece.agents.extraction.extract import shown_origins
from setpiece.agents.generation.drafts import Draft
from setpiece.agents.generation.schemas import GenerateBody
from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.library.generations import GenerationRepository
from setpiece.library.kind import Kind
from setpiece.library.model import Entity, Offerings
from setpiece.library.playbooks.describe import OID_FIELDS
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import LinkRole
from setpiece.library.playbooks.schemas import PlaybookUpdate
from setpiece.library.playbooks.service import get_playbook, update_playbook
from setpiece.library.service import build, entities, resolve_offerings, stored
from setpiece.workspaces.model import MEMBER_PREFIX
from setpiece.workspaces.work import Work

_MOST_LINKED = 200  # entities of a kind that an update of a playbook may name
_RAG: Mapping[str, Any] = {"enabled": False, "topK": 3, "collections": ["WEBSITE"], "minRelevance": 0.3}
"""Shown as the contract has it: nothing is retrieved from anywhere but the sources that were sent."""


async def check_links(work: Work, kind: Kind, body: GenerateBody) -> None:
    """Say at once what is wrong with the ids, before a page is read for nothing.

    Raises:
        Invalid: an offering is not one of this workspace, or is missing.
        NotFound: there is no such playbook.
    """
    await resolve_offerings(work, kind, _links(body))
    if playbook := getattr(body, "playbookOId", None):
        await get_playbook(work, playbook)


async def write_drafts(work: Work, kind: Kind, body: GenerateBody, drafts: Sequence[Draft]) -> list[Entity]:
    """The new entities, each with where its values come from.

    Raises:
        Invalid, NotFound: as `check_links`.
    """
    offerings, kinds = await resolve_offerings(work, kind, _links(body))
    made = [
        replace(
            build(work, kind, _change(draft), offerings or Offerings(), kinds),
            generation=_metadata(work, draft),
        )
        for draft in drafts
    ]
    await entities(work).insert([stored("Created", None, entity, work) for entity in made])
    await GenerationRepository(work.scope).insert({one.id: one.generation or {} for one in made})
    if playbook := getattr(body, "playbookOId", None):
        await _add_to_playbook(work, kind, playbook, made)
    return made


def notes_on(kind: Kind, body: GenerateBody, drafts: Sequence[Draft]) -> list[str]:
    """What the reader of the answer should know."""
    notes = [
        f"'{kind.collection}[{number}]': {unused} statements of its sources fitted no field and were left out."
        for number, draft in enumerate(drafts)
        if (unused := draft.extracted.unused)
    ]
    if body.brandVoiceOId:
        notes.append("'brandVoiceOId' has no effect: values are quoted as they stand.")
    return notes


def _links(body: GenerateBody) -> dict[str, Any]:
    strategy = getattr(body, "linkingStrategy", None)
    return {
        "primaryOfferingOId": getattr(body, "primaryOfferingOId", None),
        "linkingStrategy": strategy.model_dump() if strategy else None,
    }


def _change(draft: Draft) -> dict[str, Any]:
    return {**draft.extracted.values, "name": draft.name}


def _metadata(work: Work, draft: Draft) -> dict[str, Any]:
    return {
        "userSources": list(draft.sources),
        "resourceCenterSources": [],
        "ragConfig": dict(_RAG),
        "generatedAt": show_instant(work.at),
        "generatedByUserOId": show(MEMBER_PREFIX, work.author.id),
        "fields": shown_origins(draft.extracted),
    }


async def _add_to_playbook(work: Work, kind: Kind, oid: str, made: Sequence[Entity]) -> None:
    found, role = await get_playbook(work, oid), LinkRole(kind.name)
    linked = [*found.playbook.linked(role), *(one.id for one in made)]
    if len(linked) > _MOST_LINKED:
        raise Invalid(f"'playbookOId': the playbook would have more than {_MOST_LINKED} {kind.label}s.")
    change: dict[str, Any] = {OID_FIELDS[role]: [show(kind.prefix, one) for one in linked]}
    await update_playbook(work, PlaybookUpdate(oId=show(PLAYBOOK.prefix, found.playbook.id), **change))
