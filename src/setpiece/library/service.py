"""Use cases on any kind of entity: create, get, list, update, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse
from setpiece.kernel.pages import Page, Window
from setpiece.library.catalog import KINDS, offering_kinds
from setpiece.library.kind import Kind, Linking
from setpiece.library.model import (
    Change,
    Entity,
    Offerings,
    apply,
    complete_data,
    differences,
)
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.record import describe_fields
from setpiece.library.repository import EntityRepository, Filter, Stored
from setpiece.library.retrieval import terms_of
from setpiece.library.revisions import note
from setpiece.workspaces.work import Work

KIND_BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in (*KINDS, PLAYBOOK)}


def entities(work: Work) -> EntityRepository:
    return EntityRepository(work.scope, KIND_BY_NAME)


async def create_entity(work: Work, kind: Kind, change: Change) -> Entity:
    """Make one entity from the given fields.

    Raises:
        Invalid: an offering it names does not exist, or a core feature names none.
    """
    offerings, kinds = await resolve_offerings(work, kind, change)
    entity = build(work, kind, change, offerings or Offerings(), kinds)
    await entities(work).insert([stored("Created", None, entity, work)])
    return entity


async def get_entity(work: Work, kind: Kind, oid: str, *, lock: bool = False) -> Entity:
    """With `lock` nobody else changes it before the transaction ends.

    Raises:
        NotFound: the workspace has no such entity of that kind.
    """
    entity_id = parse(oid)
    entity = await entities(work).get(kind, entity_id, lock=lock) if entity_id else None
    if entity is None:
        raise NotFound(f"There is no {kind.label} '{oid[:64]}' in this workspace.")
    return entity


async def list_entities(work: Work, kind: Kind, wanted: Filter, window: Window) -> Page[Entity]:
    return await entities(work).page(wanted, window, uses=kind.counts_use)


async def update_entity(work: Work, kind: Kind, oid: str, change: Change) -> Entity:
    """Replace the given fields; the answer is the entity as it is afterwards.

    Raises:
        NotFound: there is no such entity.
        Invalid: an offering it names does not exist, or the name would become empty.
    """
    before = await get_entity(work, kind, oid, lock=True)
    offerings, kinds = await resolve_offerings(work, kind, change, before.offerings)
    after = apply(kind, before, change, offerings)
    if kinds:
        after = replace(after, offering_kinds={**(before.offering_kinds or {}), **kinds})
    return await save(work, before, after)


async def save(work: Work, before: Entity, after: Entity) -> Entity:
    """Write `after` over `before`, with its revision; nothing is written when nothing differs."""
    if not differences(describe_fields(before), describe_fields(after)):
        return before
    after = replace(after, updated_at=work.at)
    await entities(work).update([stored("Updated", before, after, work)])
    return after


async def delete_entity(work: Work, kind: Kind, oid: str) -> Entity:
    """Mark it deleted: it leaves every list, and its revisions stay."""
    before = await get_entity(work, kind, oid, lock=True)
    after = replace(before, deleted_at=work.at, updated_at=work.at)
    await entities(work).update([stored("Deleted", before, after, work)])
    return after


def build(
    work: Work, kind: Kind, change: Change, offerings: Offerings, kinds: Mapping[UUID, str] | None = None
) -> Entity:
    """A new entity from the given fields, not stored yet."""
    return Entity(
        id=new_uuid(),
        workspace_id=work.workspace_id,
        kind=kind.name,
        key=change.get("key"),
        name=change["name"],
        internal_name=change.get("internalName"),
        description=change.get("description"),
        primary_url=change.get("primaryUrl"),
        active=change.get("active", True),
        data=complete_data(kind, change),
        qualifying_questions=change.get("qualifyingQuestions", []),
        offerings=offerings,
        author=work.author,
        created_at=work.at,
        offering_kinds=kinds,
    )


def stored(verb: str, before: Entity | None, after: Entity, work: Work) -> Stored:
    """`after` with the revision that tells what became of `before`, and its retrieval terms."""
    gone = after.deleted_at is not None
    old = describe_fields(before) if before else {}
    diff = differences(old, {} if gone else describe_fields(after))
    kind = KIND_BY_NAME[after.kind]
    revision = note(verb, (after.id, kind.title, after.name), diff, work.author, work.at)
    terms = frozenset() if gone else terms_of(kind, after)
    return Stored(after, revision, terms, terms_of(kind, before) - terms if before else frozenset())


async def resolve_offerings(
    work: Work, kind: Kind, change: Change, before: Offerings | None = None
) -> tuple[Offerings | None, Mapping[UUID, str]]:
    """The offerings named in `change`, and their kinds; None when it names none and there are some already."""
    primary_oid, strategy = change.get("primaryOfferingOId"), change.get("linkingStrategy")
    if kind.linking is Linking.NONE or (primary_oid is None and strategy is None):
        if kind.linking is Linking.ONE and before is None:
            raise Invalid(f"'primaryOfferingOId' is required: a {kind.label} belongs to one offering.")
        return None, {}
    current = before or Offerings()
    some_oids: Sequence[str] = (strategy or {}).get("offeringOIds") or ()
    named = [oid for oid in (primary_oid, *some_oids) if oid]
    # One that it has already may be deleted by now: who sends a record back as it is changes nothing.
    kinds = await offering_kinds_of(work, [oid for oid in named if _id(oid) not in current.named])
    primary = current.primary if primary_oid is None else _id(primary_oid) if primary_oid else None
    if strategy is None:
        return replace(current, primary=primary), kinds
    some = tuple(dict.fromkeys(_id(oid) for oid in some_oids))
    return Offerings(primary, strategy.get("mode") == "ALL", some), kinds


async def offering_kinds_of(work: Work, oids: Sequence[str]) -> dict[UUID, str]:
    """The kind of each offering in `oids`.

    Raises:
        Invalid: one of them is no offering of this workspace.
    """
    if not oids:
        return {}
    found = await entities(work).kinds_of([one for oid in oids if (one := parse(oid))])
    for oid in oids:
        if found.get(_id(oid)) not in offering_kinds():
            raise Invalid(f"There is no product or service '{oid}' in this workspace.")
    return found


def _id(oid: str) -> UUID:
    return parse(oid) or UUID(int=0)
