"""Use cases: lint a workspace, lint a file."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from setpiece.library.lint.check import LintReport, check_library
from setpiece.library.lint.model import LintedLibrary, LintSettings
from setpiece.library.lint.reading import library_of
from setpiece.library.lint.repository import GoneRepository
from setpiece.library.model import Entity
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import LinkRole, Playbook
from setpiece.library.service import entities
from setpiece.library.transfer.document import Document
from setpiece.library.transfer.repository import LibraryRepository, batches
from setpiece.workspaces.work import Work

_DEFAULTS = LintSettings()


async def read_library(work: Work, settings: LintSettings = _DEFAULTS) -> LintedLibrary:
    """The workspace's live entities with their links, and the names of what links lead to in vain. No row is locked."""
    repository = LibraryRepository(work)
    headings = await repository.headings()
    kinds = {one.id: one.kind for one in headings}
    found: dict[UUID, Entity] = {}
    for some in batches(kinds):
        found |= await entities(work).by_ids(some, kinds)
    playbooks = await repository.load_playbooks([one for one in found.values() if one.kind == PLAYBOOK.name])
    playbooks = _with_dead_links(playbooks, await GoneRepository(work.scope).links())
    live = tuple(found[one] for one in kinds if one in found)
    gone = [one for one in _linked(live, playbooks.values()) if one not in found]
    names = await GoneRepository(work.scope).names(gone) if gone else {}
    return LintedLibrary(live, playbooks, names, settings=settings)


async def lint_workspace(work: Work, settings: LintSettings = _DEFAULTS) -> LintReport:
    library = await read_library(work, settings)
    # Beside the event loop: ten thousand entities take seconds.
    return await asyncio.to_thread(check_library, library)


def lint_document(document: Document, settings: LintSettings = _DEFAULTS) -> LintReport:
    """Raises Invalid when the file could not be imported."""
    return check_library(library_of(document, settings))


def _with_dead_links(
    playbooks: Mapping[UUID, Playbook], dead: Mapping[UUID, Mapping[LinkRole, tuple[UUID, ...]]]
) -> dict[UUID, Playbook]:
    return {
        one: replace(
            playbook,
            links={role: (*playbook.linked(role), *dead.get(one, {}).get(role, ())) for role in LinkRole},
        )
        for one, playbook in playbooks.items()
    }


def _linked(live: Iterable[Entity], playbooks: Iterable[Playbook]) -> list[UUID]:
    offered = (one for entity in live for one in entity.offerings.named)
    named = (one for playbook in playbooks for one in playbook.named_ids)
    return list(dict.fromkeys((*offered, *named)))
