"""A library file as lint sees it: entities that were never stored. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from setpiece.kernel.ids import new_uuid
from setpiece.library.kind import Kind
from setpiece.library.lint.model import LintedLibrary, LintSettings
from setpiece.library.model import Entity, Offerings, complete_data
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import Playbook
from setpiece.library.transfer.content import (
    Targets,
    offerings_from,
    roles_from,
    traits_from,
    with_default_traits,
)
from setpiece.library.transfer.document import Document, Entry
from setpiece.library.transfer.links import ALL
from setpiece.library.transfer.names import Names
from setpiece.library.transfer.resolve import Resolver
from setpiece.workspaces.model import Member

_NOBODY = Member(UUID(int=0), "", "")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""A file has neither authors nor dates; no rule looks at these when `stored` is False."""


def library_of(document: Document, settings: LintSettings) -> LintedLibrary:
    """Raises Invalid when the file could not be imported; all its problems are told."""
    ids = {entry.id: new_uuid() for entry in document.entries}
    problems = document.problems.copy()
    resolver = Resolver(
        Names({one: named for named, one in ids.items()}), document.unsound, frozenset(), problems
    )
    targets = [resolver.targets(entry) for entry in document.entries]
    problems.refuse_any()
    entities, playbooks = [], {}
    for entry, to in zip(document.entries, targets, strict=True):
        given = _given(entry, to)
        entity = _entity(ids[entry.id], entry, given, offerings_from(given, to))
        entities.append(entity)
        if entry.kind is PLAYBOOK:
            playbooks[entity.id] = Playbook(entity, traits_from(given, to, None), roles_from(entry.kind, to))
    return LintedLibrary(tuple(entities), playbooks, stored=False, settings=settings)


def _given(entry: Entry, targets: Targets) -> Mapping[str, Any]:
    given = dict(entry.given)
    if entry.links.get("offerings") == ALL:
        given["offerings"] = ALL
    return with_default_traits(given, targets) if entry.kind is PLAYBOOK else given


def _entity(entity_id: UUID, entry: Entry, given: Mapping[str, Any], offerings: Offerings) -> Entity:
    kind: Kind = entry.kind
    return Entity(
        id=entity_id,
        workspace_id=UUID(int=0),
        kind=kind.name,
        key=entry.key,
        name=given["name"],
        internal_name=given.get("internalName"),
        description=given.get("description"),
        primary_url=given.get("primaryUrl"),
        active=given.get("active", True),
        data=complete_data(kind, given),
        qualifying_questions=given.get("qualifyingQuestions", []),
        offerings=offerings,
        author=_NOBODY,
        created_at=_NEVER,
    )
