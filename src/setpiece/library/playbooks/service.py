"""Use cases on playbooks: create, read, change. Listing and deleting are those of any entity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import parse
from setpiece.kernel.pages import Window
from setpiece.library.catalog import offering_kinds
from setpiece.library.model import Entity, Offerings, differences, named_texts
from setpiece.library.playbooks.describe import OID_FIELDS, describe_traits
from setpiece.library.playbooks.generate import (
    Play,
    data_of,
    relevant_sentences,
    title_of,
    value_props_for,
)
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import (
    Attached,
    LinkRole,
    Playbook,
    PlaybookType,
    Traits,
    UseMode,
    ValueProp,
)
from setpiece.library.playbooks.pick import pick_by_words
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.schemas import (
    PlaybookCreate,
    PlaybookUpdate,
)
from setpiece.library.repository import Filter, Stored
from setpiece.library.revisions import note
from setpiece.library.schemas import change_of, emptied
from setpiece.library.service import (
    KIND_BY_NAME,
    build,
    entities,
    get_entity,
    stored,
    update_entity,
)
from setpiece.workspaces.work import Work

_CLEARED_LINKS: Mapping[str, Any] = {
    **dict.fromkeys(OID_FIELDS.values(), ()),
    "competitorOId": None,
    "segmentOId": None,
}
_MOST_PICKED = 3
_MOST_COMPARED = 500


@dataclass(frozen=True, slots=True)
class Details:
    """A playbook with everything it names, loaded."""

    playbook: Playbook
    named: Mapping[UUID, Entity]
    value_props: Sequence[ValueProp]

    def one(self, entity_id: UUID | None) -> Entity | None:
        return self.named.get(entity_id) if entity_id else None

    def several(self, role: LinkRole) -> list[Entity]:
        return [self.named[one] for one in self.playbook.linked(role) if one in self.named]

    @property
    def personas(self) -> list[Entity]:
        return self.several(LinkRole.PERSONA)

    def of(self, entity: Entity) -> "Details":
        """The same with its entity replaced."""
        return replace(self, playbook=replace(self.playbook, entity=entity))

    def props_of(self, persona_id: UUID) -> list[ValueProp]:
        return [prop for prop in self.value_props if prop.persona_id == persona_id]


async def create_playbook(work: Work, body: PlaybookCreate, sources: Sequence[Attached] = ()) -> Details:
    """Make a playbook: what was not given is picked or drawn from the library.

    Raises:
        Invalid: an id is not one of this workspace's of the kind that is asked for, or no offering is named.
    """
    play, links = await plan(work, body)
    play = replace(play, attached=relevant_sentences(play, sources))
    change = {"name": body.name or title_of(play), "description": play.description, **data_of(play)}
    entity = build(work, PLAYBOOK, change, Offerings(primary=play.offering.id))
    playbook = Playbook(entity, _traits(body, play), links)
    props = [prop for persona in play.personas for prop in value_props_for(play, persona, work.at)]
    await entities(work).insert([_made(work, playbook)])
    repository = PlaybookRepository(work.scope)
    await repository.put_traits(playbook.id, playbook.traits)
    await repository.put_links(playbook.id, links)
    await repository.add_value_props(playbook.id, props)
    return await details(work, playbook)


def _made(work: Work, playbook: Playbook) -> Stored:
    """The new playbook's entity, its revision telling the traits and links as well."""
    made = stored("Created", None, playbook.entity, work)
    assert made.revision is not None
    told = differences({}, describe_traits(playbook.traits, playbook.links))
    return replace(made, revision=replace(made.revision, diff={**made.revision.diff, **told}))


async def get_playbook(work: Work, oid: str, *, lock: bool = False) -> Details:
    """Raises NotFound when the workspace has no such playbook; `lock` as in `get_entity`."""
    entity = await get_entity(work, PLAYBOOK, oid, lock=lock)
    return await details(work, (await with_traits(work, [entity]))[0])


async def update_playbook(work: Work, body: PlaybookUpdate) -> Details:
    """Change the given fields, traits and links; each change is one revision.

    Raises:
        NotFound: there is no such playbook.
        Invalid: an id is not one of this workspace's of the kind that is asked for.
    """
    change = change_of(body)
    change = emptied(PLAYBOOK, change.pop("clear", []), _CLEARED_LINKS) | change
    repository = PlaybookRepository(work.scope)
    entity = await update_entity(work, PLAYBOOK, body.oId, change)
    (before,) = await with_traits(work, [entity])
    links = {
        role: await _ids(work, change[field], role) for role, field in OID_FIELDS.items() if field in change
    }
    traits = await _changed_traits(work, before.traits, body)
    if traits != before.traits or any(links[role] != before.linked(role) for role in links):
        await repository.put_traits(entity.id, traits)
        await repository.put_links(entity.id, links)
        await _note_traits(work, before, traits, links)
    return await get_playbook(work, body.oId)


async def with_traits(work: Work, found: Sequence[Entity]) -> list[Playbook]:
    """Playbook entities with their traits and links."""
    repository, ids = PlaybookRepository(work.scope), [entity.id for entity in found]
    traits, links = await repository.traits(ids), await repository.links(ids)
    return [Playbook(entity, traits[entity.id], links.get(entity.id, {})) for entity in found]


async def details(work: Work, playbook: Playbook) -> Details:
    named = await entities(work).by_ids(playbook.named_ids, uses=True)
    return Details(playbook, named, await PlaybookRepository(work.scope).value_props(playbook.id))


async def plan(work: Work, body: PlaybookCreate) -> tuple[Play, dict[LinkRole, tuple[UUID, ...]]]:
    """What the playbook will be made from and link to; only reads.

    Raises:
        Invalid: as `create_playbook`.
    """
    offering = await _offering(work, body.productOId)
    insight = tuple(body.keyInsight or offering.texts("differentiatedValue")[:1])
    description = body.description or offering.description or str(offering.data.get("summary") or "")
    wanted = " ".join(filter(None, (body.context, body.description, *insight)))
    personas = await _given_or_picked(work, body, LinkRole.PERSONA, offering, body.context or wanted)
    use_cases = await _given_or_picked(work, body, LinkRole.USE_CASE, offering, body.context or wanted)
    proof = await _entities(work, body.proofPointOIds or (), LinkRole.PROOF_POINT)
    references = await _entities(work, body.referenceOIds or (), LinkRole.REFERENCE)
    play = Play(
        offering,
        insight,
        description,
        personas,
        use_cases,
        proof if _proof_mode(body) is UseMode.SPECIFIC else (),
        await _named(work, body.competitorOId, "competitor"),
        await _named(work, body.segmentOId, "segment"),
    )
    linked = zip(LinkRole, (personas, use_cases, proof, references), strict=True)
    return play, {role: tuple(one.id for one in several) for role, several in linked}


def _traits(body: PlaybookCreate, play: Play) -> Traits:
    implied = (
        PlaybookType.COMPETITIVE
        if play.competitor
        else PlaybookType.SECTOR
        if play.segment
        else PlaybookType.SOLUTION
    )
    return Traits(
        body.type or implied,
        body.status,
        body.referenceMode,
        _proof_mode(body),
        play.offering.id,
        play.competitor.id if play.competitor else None,
        play.segment.id if play.segment else None,
        tuple(play.attached),
    )


def _proof_mode(body: PlaybookCreate) -> UseMode:
    return body.proofPointMode or (UseMode.SPECIFIC if body.proofPointOIds else UseMode.NONE)


async def _changed_traits(work: Work, before: Traits, body: PlaybookUpdate) -> Traits:
    competitor = await _named(work, body.competitorOId, "competitor")
    segment = await _named(work, body.segmentOId, "segment")
    cleared = set(body.clear or ())
    return replace(
        before,
        type=body.type or before.type,
        status=body.status or before.status,
        reference_mode=body.referenceMode or before.reference_mode,
        proof_point_mode=body.proofPointMode or before.proof_point_mode,
        competitor_id=competitor.id
        if competitor
        else None
        if "competitorOId" in cleared
        else before.competitor_id,
        segment_id=segment.id if segment else None if "segmentOId" in cleared else before.segment_id,
    )


async def _offering(work: Work, oid: str | None) -> Entity:
    if oid:
        for kind in offering_kinds():
            offering_id = parse(oid)
            if offering_id and (found := await entities(work).get(KIND_BY_NAME[kind], offering_id)):
                return found
        raise Invalid(f"'productOId': there is no product or service '{oid[:64]}' in this workspace.")
    offered = await entities(work).all_of(offering_kinds(), 2)
    if len(offered) != 1:
        raise Invalid("'productOId' is required: name the product or service that the playbook sells.")
    return offered[0]


async def _given_or_picked(
    work: Work, body: PlaybookCreate, role: LinkRole, offering: Entity, wanted: str
) -> list[Entity]:
    """The named ones; else those open to the offering that the context speaks of; else, for personas, the first ones."""
    oids = getattr(body, OID_FIELDS[role])
    if oids:
        return await _entities(work, oids, role)
    things = await _open_to(work, role, offering)
    picked = pick_by_words(wanted, things, lambda one: _text(role, one), _MOST_PICKED)
    return picked or (things[:_MOST_PICKED] if role is LinkRole.PERSONA and not body.context else [])


async def _open_to(work: Work, role: LinkRole, offering: Entity) -> list[Entity]:
    """Active entities for the offering, the oldest first; what is linked to nothing at all is for every offering."""
    found: dict[UUID, Entity] = {}
    for narrowed in (Filter((role,), offering_id=offering.id), Filter((role,))):
        page = await entities(work).page(narrowed, Window(_MOST_COMPARED))
        found |= {one.id: one for one in page.items if one.active and one.offerings.open_to(offering.id)}
    return [found[one] for one in sorted(found)]


def _text(role: LinkRole, entity: Entity) -> str:
    return " ".join(named_texts(KIND_BY_NAME[role], entity))


async def _entities(work: Work, oids: Sequence[str], role: LinkRole) -> list[Entity]:
    found = await entities(work).by_ids(await _ids(work, oids, role))
    return [found[one] for one in dict.fromkeys(parse(oid) for oid in oids) if one]


async def _ids(work: Work, oids: Sequence[str], role: LinkRole) -> tuple[UUID, ...]:
    ids = [parse(oid) for oid in oids]
    kinds = await entities(work).kinds_of([one for one in ids if one])
    for oid, one in zip(oids, ids, strict=True):
        if one is None or kinds.get(one) != role:
            raise Invalid(
                f"'{OID_FIELDS[role]}': there is no {role.replace('-', ' ')} '{oid[:64]}' in this workspace."
            )
    return tuple(dict.fromkeys(one for one in ids if one))


async def _named(work: Work, oid: str | None, kind: str) -> Entity | None:
    if not oid:
        return None
    entity_id = parse(oid)
    found = await entities(work).get(KIND_BY_NAME[kind], entity_id) if entity_id else None
    if found is None:
        raise Invalid(f"'{kind}OId': there is no {kind} '{oid[:64]}' in this workspace.")
    return found


async def _note_traits(
    work: Work, before: Playbook, traits: Traits, links: Mapping[LinkRole, tuple[UUID, ...]]
) -> None:
    after = describe_traits(traits, {**before.links, **links})
    await note_change(work, before.entity, differences(describe_traits(before.traits, before.links), after))


async def note_change(work: Work, playbook: Entity, diff: Mapping[str, Any]) -> None:
    """Write a revision of the playbook for a change that is not in its entity, which has to be locked."""
    revision = note("Updated", (playbook.id, PLAYBOOK.title, playbook.name), diff, work.author, work.at)
    written = replace(playbook, updated_at=work.at)
    terms = stored("Updated", playbook, written, work).terms
    await entities(work).update([Stored(written, revision, terms)])
