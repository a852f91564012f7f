"""What an import would change: each entry compared with the workspace, before anything is written."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from setpiece.kernel.errors import Conflict
from setpiece.kernel.ids import new_uuid
from setpiece.library.model import Entity, differences
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import Playbook
from setpiece.library.service import KIND_BY_NAME, build
from setpiece.library.transfer.content import (
    Targets,
    content,
    content_of,
    offerings_from,
    roles_from,
    traits_from,
    with_default_traits,
)
from setpiece.library.transfer.document import Document, Entry
from setpiece.library.transfer.links import ALL
from setpiece.library.transfer.match import match
from setpiece.library.transfer.model import Action, Change, ImportPlan
from setpiece.library.transfer.names import Named, Names, shown_keys
from setpiece.library.transfer.repository import Heading, LibraryRepository
from setpiece.library.transfer.resolve import Resolver
from setpiece.storage.database import Scope
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

__all__ = ["ImportPlan", "plan_alone", "plan_import"]


async def plan_import(work: Work, document: Document, *, prune: bool = False) -> ImportPlan:
    """Compare a document with the workspace; nothing is written. With `prune`, what no entry speaks of is deleted.

    Within a transaction everything compared is held until its end, so that the plan still fits when it is applied;
    a plan that is to be applied has to be made in the transaction that applies it.

    Raises:
        Invalid: the document has problems, or names what there is not; all of them are told.
        Conflict: somebody deleted an entity while it was compared.
    """
    repository = LibraryRepository(work)
    headings = await repository.headings()
    # Beside the event loop: comparing a large file takes seconds, and other requests should not wait for it.
    planner = await asyncio.to_thread(_Planner, work, document, headings, prune=prune)
    targets = await asyncio.to_thread(planner.resolve, prune=prune)
    await planner.load(repository)
    return await asyncio.to_thread(planner.plan, targets)


def plan_alone(document: Document) -> Sequence[Change]:
    """What a document would make in an empty workspace, in its order. Needs no database.

    Raises:
        Invalid: the document has problems, or names what there is not; all of them are told.
    """
    # Whoever makes a new entity reads whose it is and when, and never the rows.
    nowhere = Scope(cast("PoolConnectionProxy[Any]", None), UUID(int=0))
    work = Work(nowhere, Member(UUID(int=0), "Library", "File"), datetime.fromtimestamp(0, UTC))
    planner = _Planner(work, document, (), prune=False)
    return planner.plan(planner.resolve(prune=False)).changes


class _Planner:
    """Holds what is known of both sides while they are compared."""

    def __init__(self, work: Work, document: Document, headings: Sequence[Heading], *, prune: bool) -> None:
        self._work = work
        self._document = document
        self._matched = match(document.entries, headings)
        kept = set(self._matched.values())
        self._doomed = [one.id for one in headings if one.id not in kept] if prune else []
        self._id_by_entry: dict[Named, UUID] = {
            entry.id: self._matched.get(entry.id) or new_uuid() for entry in document.entries
        }
        in_file = {entity_id: key for (_, key), entity_id in self._matched.items()}
        self._named = shown_keys(headings, in_file)
        self._named |= {entity_id: named for named, entity_id in self._id_by_entry.items()}
        self._names = Names(self._named)
        self._entities: Mapping[UUID, Entity] = {}
        self._playbooks: Mapping[UUID, Playbook] = {}

    def resolve(self, *, prune: bool) -> Sequence[Targets]:
        """What each entry links to; raises Invalid with these problems and those of the document."""
        problems = self._document.problems.copy()
        if prune and not self._document.entries:
            problems.add("", "a file without entries would delete the whole library")
        resolver = Resolver(self._names, self._document.unsound, frozenset(self._doomed), problems)
        targets = [resolver.targets(entry) for entry in self._document.entries]
        problems.refuse_any()
        return targets

    async def load(self, repository: LibraryRepository) -> None:
        kinds = {entity_id: kind for entity_id, (kind, _) in self._named.items()}
        self._entities = await repository.load([*self._matched.values(), *self._doomed], kinds)
        if not self._entities.keys() >= {*self._matched.values(), *self._doomed}:
            raise Conflict("The library changed while the file was compared with it; try again.")
        playbooks = [one for one in self._entities.values() if one.kind == PLAYBOOK.name]
        self._playbooks = await repository.load_playbooks(playbooks)

    def plan(self, targets: Sequence[Targets]) -> ImportPlan:
        changes: list[Change] = []
        adopted: list[Entity] = []
        for entry, to in zip(self._document.entries, targets, strict=True):
            change = self._change(entry, to)
            if change.before is None or change.fields:
                changes.append(change)
            elif change.before.key != entry.key:
                adopted.append(replace(change.before, key=entry.key))
        unchanged = len(self._document.entries) - len(changes)
        return ImportPlan([*changes, *(self._deletion(one) for one in self._doomed)], adopted, unchanged)

    def _change(self, entry: Entry, targets: Targets) -> Change:
        entity_id, kind = self._id_by_entry[entry.id], entry.kind
        before, was = self._entities.get(entity_id), self._playbooks.get(entity_id)
        given = _given(entry, targets)
        after = self._entity(entry, given, targets, before)
        will_be = None
        if kind is PLAYBOOK:
            traits = traits_from(given, targets, was.traits if was else None)
            will_be = Playbook(after, traits, roles_from(kind, targets))
        if before is None:
            return Change(Action.CREATE, kind, entry.key, None, after, {}, None, will_be)
        old = content_of(kind, before, was, self._names)
        fields = differences(old, content(kind, given, targets, self._names))
        return Change(Action.UPDATE, kind, entry.key, before, after, fields, was, will_be)

    def _entity(
        self, entry: Entry, given: Mapping[str, Any], targets: Targets, before: Entity | None
    ) -> Entity:
        offerings = offerings_from(given, targets)
        kinds = {one: self._named[one][0] for one in offerings.named}
        fresh = build(self._work, entry.kind, {**given, "key": entry.key}, offerings, kinds)
        if before is None:
            return replace(fresh, id=self._id_by_entry[entry.id])
        return replace(
            fresh,
            id=before.id,
            author=before.author,
            created_at=before.created_at,
            updated_at=self._work.at,
            archived_at=before.archived_at,
        )

    def _deletion(self, entity_id: UUID) -> Change:
        entity = self._entities[entity_id]
        gone = replace(entity, deleted_at=self._work.at, updated_at=self._work.at)
        kind, (_, key) = KIND_BY_NAME[entity.kind], self._named[entity_id]
        return Change(Action.DELETE, kind, key, entity, gone, {}, self._playbooks.get(entity_id))


def _given(entry: Entry, targets: Targets) -> Mapping[str, Any]:
    """The entry's fields, with `offerings: all` among them and what a playbook is when nothing is said."""
    given = dict(entry.given)
    if entry.links.get("offerings") == ALL:
        given["offerings"] = ALL
    return with_default_traits(given, targets) if entry.kind is PLAYBOOK else given
