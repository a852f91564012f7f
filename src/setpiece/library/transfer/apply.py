"""Writing what a plan says: in bulk, with a revision for each change, all or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from setpiece.library.model import Entity, differences
from setpiece.library.playbooks.describe import describe_traits
from setpiece.library.playbooks.generate import Play, value_props_for
from setpiece.library.playbooks.model import LinkRole, Playbook, UseMode, ValueProp
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.service import Details
from setpiece.library.record import describe_fields
from setpiece.library.repository import Stored
from setpiece.library.retrieval import terms_of
from setpiece.library.revisions import note
from setpiece.library.service import KIND_BY_NAME, entities
from setpiece.library.transfer.model import Action, Change, ImportPlan
from setpiece.library.transfer.repository import batches
from setpiece.workspaces.work import Work

_MANY = 500
"""Changes from which the database should look at its tables again before it plans the next query."""


async def apply_import(work: Work, plan: ImportPlan) -> None:
    """Write a plan, within the transaction in which it was made.

    A new playbook gets value props as `playbook/create` makes them, and so does a persona that is new to a playbook;
    value props that exist stay as they are.
    """
    assert work.connection.is_in_transaction(), "an import is all or nothing"
    repository = entities(work)
    for some in batches(_new(work, plan)):
        await repository.insert(some)
    for some in batches(_changed(work, plan)):
        await repository.update(some)
    await _write_playbooks(work, [change for change in plan.changes if change.playbook])
    if len(plan.changes) >= _MANY:
        await repository.refresh_statistics()


def _new(work: Work, plan: ImportPlan) -> Iterator[Stored]:
    return (_stored("Created", work, change) for change in plan.of(Action.CREATE))


def _changed(work: Work, plan: ImportPlan) -> Iterator[Stored]:
    yield from (_stored("Updated", work, change) for change in plan.of(Action.UPDATE))
    yield from (_stored("Deleted", work, change) for change in plan.of(Action.DELETE))
    for entity in plan.adopted:
        # A key is no content: it is stored without a revision.
        yield Stored(entity, None, terms_of(KIND_BY_NAME[entity.kind], entity))


def _stored(verb: str, work: Work, change: Change) -> Stored:
    """The entity with its revision, which for a playbook tells traits and links as well, and its terms."""
    after, gone = change.after, change.action is Action.DELETE
    old = _described(change.before, change.playbook_before)
    diff = differences(old, {} if gone else _described(after, change.playbook))
    revision = note(verb, (after.id, change.kind.title, after.name), diff, work.author, work.at)
    terms = frozenset() if gone else terms_of(change.kind, after)
    had = terms_of(change.kind, change.before) if change.before else frozenset()
    return Stored(after, revision, terms, had - terms)


def _described(entity: Entity | None, playbook: Playbook | None) -> dict[str, Any]:
    if entity is None:
        return {}
    return describe_fields(entity) | (describe_traits(playbook.traits, playbook.links) if playbook else {})


async def _write_playbooks(work: Work, changes: Sequence[Change]) -> None:
    repository = PlaybookRepository(work.scope)
    named = await entities(work).by_ids(_named_ids(changes), {})
    for change in changes:
        playbook = change.playbook
        assert playbook is not None
        await repository.put_traits(playbook.id, playbook.traits)
        await repository.put_links(playbook.id, playbook.links)
        existing = await repository.value_props(playbook.id) if change.before else []
        props = _new_props(work, Details(playbook, named, existing), change.playbook_before)
        if props:
            await repository.add_value_props(playbook.id, props)


def _new_props(work: Work, found: Details, before: Playbook | None) -> list[ValueProp]:
    """Value props for the personas that the playbook did not have and that have none."""
    known = {
        *(before.linked(LinkRole.PERSONA) if before else ()),
        *(prop.persona_id for prop in found.value_props),
    }
    play = _play(found)
    return [
        prop
        for persona in found.personas
        if persona.id not in known
        for prop in value_props_for(play, persona, work.at)
    ]


def _play(found: Details) -> Play:
    playbook, traits = found.playbook, found.playbook.traits
    proof = traits.proof_point_mode is UseMode.SPECIFIC
    return Play(
        found.named[traits.offering_id],
        playbook.entity.texts("keyInsight"),
        playbook.entity.description or "",
        found.personas,
        found.several(LinkRole.USE_CASE),
        found.several(LinkRole.PROOF_POINT) if proof else (),
        found.one(traits.competitor_id),
        found.one(traits.segment_id),
        traits.attached,
    )


def _named_ids(changes: Iterable[Change]) -> list[UUID]:
    return list(
        dict.fromkeys(one for change in changes if change.playbook for one in change.playbook.named_ids)
    )
