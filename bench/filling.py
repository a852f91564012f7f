"""A library of any size: the thirteen kinds in realistic proportion, written through the library's own repositories."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench.bodies import FIELDS, INDUSTRIES, LEVELS, data_for, persona_body, phrase, spellings
from bench.place import Place, Tenant
from setpiece.kernel.clock import now
from setpiece.kernel.ids import new_uuid, show
from setpiece.library.catalog import KINDS
from setpiece.library.kind import Kind
from setpiece.library.model import Entity, Offerings
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import (
    LinkRole,
    PlaybookType,
    Status,
    Traits,
    UseMode,
    ValueProp,
)
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.service import build, entities, stored
from setpiece.storage.database import Database, open_database
from setpiece.workspaces.work import Work

OF_A_THOUSAND = {
    "product": 4, "service": 2, "core-feature": 60, "persona": 100, "segment": 30, "use-case": 120, "competitor": 40,
    "alternative": 50, "objection": 140, "buying-trigger": 90, "proof-point": 180, "reference": 144, "playbook": 40,
}  # fmt: skip
_CHUNK = 1000
_PERSONAS_OF_A_PLAYBOOK = 3

Ids = Mapping[str, Sequence[UUID]]


@dataclass(frozen=True, slots=True)
class Library:
    """A filled workspace."""

    tenant: Tenant
    size: int
    ids: Ids
    """By kind, oldest first."""

    def oids(self, kind: Kind) -> list[str]:
        return [show(kind.prefix, one) for one in self.ids[kind.name]]


async def fill(place: Place, size: int) -> Library:
    """A new workspace with `size` entities, the same for the same size."""
    tenant, chosen = await place.tenant(), random.Random(size)
    ids: dict[str, list[UUID]] = {}
    async with aclosing(await open_database(place.dsn, max_size=1)) as database:
        for kind in KINDS:
            ids[kind.name] = await _fill_kind(database, tenant, kind, _count(kind, size), chosen, ids)
        ids["playbook"] = await _fill_playbooks(database, tenant, _count(PLAYBOOK, size), chosen, ids)
    return Library(tenant, size, ids)


def prospects(seed: int, count: int) -> list[dict[str, Any]]:
    """Run bodies for different people: title, company, and mostly a fact about them."""
    return list(_prospects(random.Random(seed), count))


def _prospects(chosen: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        industry = chosen.choice(INDUSTRIES)
        person = {
            "firstName": "Example",
            "jobTitle": chosen.choice(spellings(chosen.choice(LEVELS), chosen.choice(FIELDS))),
            "companyName": f"Example {industry.capitalize()} {number}",
            "companyDomain": f"{industry}-{number}.example",
            "requestId": f"prospect {number}",
        }
        told = chosen.random() < 0.7
        yield person | (
            {"runtimeContext": {"all": f"They {phrase(chosen, industry).lower()}."}} if told else {}
        )


def _count(kind: Kind, size: int) -> int:
    return OF_A_THOUSAND[kind.name] * size // 1000


async def _fill_kind(
    database: Database, tenant: Tenant, kind: Kind, count: int, chosen: random.Random, ids: Ids
) -> list[UUID]:
    made: list[UUID] = []
    for start in range(0, count, _CHUNK):
        async with database.transaction(tenant.workspace_id) as scope:
            work = Work(scope, tenant.member, now())
            numbers = range(start, min(start + _CHUNK, count))
            several = [_entity(work, kind, chosen, number, ids) for number in numbers]
            await entities(work).insert([stored("Created", None, one, work) for one in several])
        made += [one.id for one in several]
    return made


def _entity(work: Work, kind: Kind, chosen: random.Random, number: int, ids: Ids) -> Entity:
    industry = chosen.choice(INDUSTRIES)
    change: dict[str, Any] = {
        "name": f"{phrase(chosen, industry)} {number}",
        "description": phrase(chosen, industry),
        **data_for(kind, chosen, industry),
    }
    if kind.name == "persona":
        change |= persona_body(chosen, number)
    return build(work, kind, change, _offerings(chosen, ids) if not kind.is_offering else Offerings())


def _offerings(chosen: random.Random, ids: Ids) -> Offerings:
    """Half belong to one offering, a few to all, some to two, the rest to none."""
    offered, drawn = [*ids["product"], *ids["service"]], chosen.random()
    if drawn < 0.5:
        return Offerings(primary=chosen.choice(offered))
    if drawn < 0.55:
        return Offerings(all=True)
    return Offerings(some=tuple(chosen.sample(offered, 2))) if drawn < 0.75 else Offerings()


async def _fill_playbooks(
    database: Database, tenant: Tenant, count: int, chosen: random.Random, ids: Ids
) -> list[UUID]:
    made: list[UUID] = []
    for start in range(0, count, _CHUNK):
        async with database.transaction(tenant.workspace_id) as scope:
            work = Work(scope, tenant.member, now())
            numbers = range(start, min(start + _CHUNK, count))
            several = [_playbook(work, chosen, number, ids) for number in numbers]
            await entities(work).insert([stored("Created", None, one, work) for one, _ in several])
            for entity, traits in several:
                await _put_rest(work, entity, traits, chosen, ids)
        made += [one.id for one, _ in several]
    return made


def _playbook(work: Work, chosen: random.Random, number: int, ids: Ids) -> tuple[Entity, Traits]:
    industry = chosen.choice(INDUSTRIES)
    change = {
        "name": f"{phrase(chosen, industry)} {number}",
        "description": phrase(chosen, industry),
        **data_for(PLAYBOOK, chosen, industry),
        "exampleDomains": [f"{industry}-{chosen.randrange(1000)}.example"],
    }
    play_type = chosen.choice((PlaybookType.SOLUTION, PlaybookType.PRACTITIONER, PlaybookType.SECTOR))
    traits = Traits(
        play_type,
        Status.ACTIVE,
        UseMode.SPECIFIC,
        UseMode.SPECIFIC,
        chosen.choice(ids["product"]),
        segment_id=chosen.choice(ids["segment"]) if play_type is PlaybookType.SECTOR else None,
    )
    return build(work, PLAYBOOK, change, Offerings(primary=traits.offering_id)), traits


async def _put_rest(work: Work, entity: Entity, traits: Traits, chosen: random.Random, ids: Ids) -> None:
    repository, personas = (
        PlaybookRepository(work.scope),
        chosen.sample(ids["persona"], _PERSONAS_OF_A_PLAYBOOK),
    )
    await repository.put_traits(entity.id, traits)
    links = {
        LinkRole.PERSONA: personas,
        LinkRole.USE_CASE: chosen.sample(ids["use-case"], 2),
        LinkRole.PROOF_POINT: chosen.sample(ids["proof-point"], 2),
        LinkRole.REFERENCE: chosen.sample(ids["reference"], 1),
    }
    await repository.put_links(entity.id, links)
    await repository.add_value_props(entity.id, [_value_prop(work, one, chosen) for one in personas])


def _value_prop(work: Work, persona_id: UUID, chosen: random.Random) -> ValueProp:
    source = {"oId": show("pe", persona_id), "kind": "persona", "name": "", "field": "painPoints", "index": 0}
    return ValueProp(new_uuid(), persona_id, phrase(chosen), phrase(chosen), (), (source,), work.at)
