"""What a run chooses from: all of a small library, and of a large one what shares a term with the prospect."""

from asyncio import gather, sleep
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from setpiece.agents.sequence.likeness import COMPARED_KINDS, MEANT_KINDS, Asked, nothing_asked
from setpiece.agents.sequence.nearest import pick_nearest, sharing
from setpiece.agents.sequence.repository import RetrievalRepository
from setpiece.library.model import Entity, named_texts
from setpiece.library.playbooks.model import LinkRole, Playbook
from setpiece.library.recent import made_of, read_entities
from setpiece.library.retrieval import RETRIEVED_KINDS
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.titles.terms import domain_terms, prospect_terms
from setpiece.matching.model import (
    ALL_OFFERINGS,
    Candidates,
    OfferingCandidate,
    PersonaCandidate,
    PlaybookCandidate,
    Prospect,
    SegmentCandidate,
    Similar,
)
from setpiece.matching.signals.title_words import persona_words
from setpiece.workspaces.work import Work

T = TypeVar("T")
R = TypeVar("R")

MOST_OF_A_KIND = 100
"""Up to this many of a kind all are compared; above it the index picks."""
MOST_PICKED = 50
"""How many personas the index picks of a large library, and playbooks that are for them. Chosen on bench/retrieval.py:
the right persona was among them for 39 of 40 people, with half as many for 34."""
MOST_NEAR = 20
"""How many of a large kind are brought in for their meaning, beside those that share terms."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Candidates for matching, the entities behind them, and how near they are; playbooks with their links to personas only."""

    candidates: Candidates
    entities: Mapping[UUID, Entity]
    playbooks: Mapping[UUID, Playbook]
    similar: Similar = field(default_factory=Similar)
    remark: str = ""
    """What was not compared and why, in a sentence; mostly empty."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Entities that were made candidates while something else was waited for."""

    offerings: dict[UUID, OfferingCandidate] = field(default_factory=dict)
    personas: dict[UUID, PersonaCandidate] = field(default_factory=dict)
    segments: dict[UUID, SegmentCandidate] = field(default_factory=dict)

    def read(self, found: Iterable[Entity]) -> None:
        """Make those ready that are not yet."""
        for one in found:
            if one.kind == "persona" and one.id not in self.personas:
                self.personas[one.id] = made_of(one, persona_candidate)
            elif one.kind == "segment" and one.id not in self.segments:
                self.segments[one.id] = made_of(one, segment_candidate)
            elif one.kind in ("product", "service") and one.id not in self.offerings:
                self.offerings[one.id] = made_of(one, offering_candidate)


async def load_candidates(
    work: Work,
    prospect: Prospect,
    pinned: Iterable[UUID],
    named: Iterable[UUID] = (),
    asked: Asked | None = None,
    *,
    picked: int = MOST_PICKED,
) -> Loaded:
    """Everything worth comparing.

    What the request pins and the agent names is among it, whatever the index says; a pin also when it is not active. The
    model may still be thinking about the prospect (`asked`): it is waited for only where its answer is needed.
    """
    pins, asked = list(pinned), asked or nothing_asked()
    retrieval = RetrievalRepository(work.scope)
    counted = await retrieval.counts(RETRIEVED_KINDS, MOST_OF_A_KIND)
    always = [*pins, *named, *(one for _, ids in counted.values() for one in ids)]
    large = {kind: live for kind, (live, _) in counted.items() if live > MOST_OF_A_KIND}
    by_terms = await pick_nearest(retrieval, _most_by_kind(large, picked), _terms(prospect)) if large else {}
    # All that is known already is fetched before the model is waited for.
    found = await _entities(work, [*always, *(one for ids in by_terms.values() for one in ids)], {})
    ready = Ready()
    near, _ = await _beside(
        _of_large_kinds(work, by_terms, large, asked, picked), lambda: ready.read(found.values())
    )
    ids = [*always, *near]
    if "playbook" in large:
        ids += await retrieval.playbooks_of(list(dict.fromkeys(ids)), picked)
    found |= await _entities(work, dict.fromkeys(ids), found)
    playbooks, _ = await _beside(_to_compare(work, found.values()), lambda: ready.read(found.values()))
    lacking = await needed(retrieval, prospect, playbooks, found, {*pins, *named})
    found |= await _entities(work, lacking | _sold_to(dict.fromkeys(ids), found, picked // 3), found)
    usable = {one.id for one in found.values() if one.active}.union(pins)
    (similar, remark), candidates = await _beside(
        _compare(work, found.values(), asked), lambda: as_candidates(found, playbooks, usable, ready)
    )
    return Loaded(candidates, found, {one.id: one for one in playbooks}, similar, remark)


async def _beside(answer: Coroutine[Any, Any, T], read: Callable[[], R]) -> tuple[T, R]:
    """What the database or the model answers, and what was read while they were at it."""

    async def read_once_sent() -> R:
        await sleep(0)
        return read()

    answered, done = await gather(answer, read_once_sent())
    return answered, done


async def _compare(work: Work, found: Iterable[Entity], asked: Asked) -> tuple[Similar, str]:
    return await (await asked.whole).compare(work, [one for one in found if one.kind in COMPARED_KINDS])


async def _of_large_kinds(
    work: Work, by_terms: Mapping[str, Sequence[UUID]], sizes: Mapping[str, int], asked: Asked, picked: int
) -> list[UUID]:
    """Of each large kind what shares terms with the prospect, and then what is near to it in meaning."""
    near = {
        kind: await asked.nearest(work, kind, MOST_NEAR, sizes[kind]) for kind in MEANT_KINDS if kind in sizes
    }
    ids: list[UUID] = []
    for kind, most in _most_by_kind(sizes, picked).items():
        nearest = [*by_terms[kind], *near.get(kind, ())]
        # Nothing in common with any of them is no reason to say that there is none.
        ids += nearest or await RetrievalRepository(work.scope).all_ids([kind], most)
    return ids


def _most_by_kind(kinds: Iterable[str], picked: int) -> dict[str, int]:
    """How many of each large kind share terms; all but personas also come with the personas' playbooks."""
    return {kind: picked if kind == "persona" else picked // 3 for kind in kinds}


async def _entities(work: Work, ids: Iterable[UUID], known: Collection[UUID]) -> dict[UUID, Entity]:
    """Those of the entities that are not known yet."""
    lacking = [one for one in ids if one not in known]
    return await read_entities(work, lacking) if lacking else {}


async def _to_compare(work: Work, found: Iterable[Entity]) -> list[Playbook]:
    playbooks = [one for one in found if one.kind == "playbook"]
    if not playbooks:
        return []
    compared = await RetrievalRepository(work.scope).compared([one.id for one in playbooks])
    return [Playbook(one, *compared[one.id]) for one in playbooks]


def _terms(prospect: Prospect) -> tuple[str, ...]:
    texts = (prospect.selection_context, prospect.runtime_context, prospect.company_name)
    return prospect_terms(prospect.job_title, prospect.company_domain, texts)


async def needed(
    retrieval: RetrievalRepository,
    prospect: Prospect,
    playbooks: Iterable[Playbook],
    found: Mapping[UUID, Entity],
    wanted: Collection[UUID],
) -> set[UUID]:
    """What has to be known of playbooks to compare them and to use them.

    Of a playbook's personas those that were found are the nearest to the prospect. When none was, it is written for others:
    it counts for what its personas share with the job title, unless something beside them may speak for it.
    """
    single, far = set[UUID](), set[UUID]()
    domains = prospect_terms(None, prospect.company_domain, ())
    for one in playbooks:
        traits, personas = one.traits, set(one.linked(LinkRole.PERSONA))
        single |= {ref for ref in (traits.offering_id, traits.segment_id, traits.competitor_id) if ref}
        if personas.isdisjoint(found):
            on_its_own = one.id in wanted or _speaks_for_itself(one, prospect, domains)
            (single if on_its_own else far).update(personas)
    titles = prospect_terms(prospect.job_title, None, ())
    return single | (await sharing(retrieval, "persona", far, titles) if titles else far)


def _speaks_for_itself(playbook: Playbook, prospect: Prospect, domains: Collection[str]) -> bool:
    """Whether it may be chosen although its personas do not fit: docs/matching.md, from scores to a choice."""
    examples = domain_terms(playbook.entity.texts("exampleDomains"))
    return bool(
        prospect.selection_context or playbook.traits.competitor_id or not examples.isdisjoint(domains)
    )


def _sold_to(ids: Iterable[UUID], found: Mapping[UUID, Entity], most: int) -> set[UUID]:
    """The offerings that the nearest personas are linked to: a product's text has no word of a job title."""
    personas = (found[one] for one in ids if one in found and found[one].kind == "persona")
    offerings = dict.fromkeys(one for persona in personas for one in persona.offerings.named)
    return set(islice(offerings, most))


def as_candidates(
    found: Mapping[UUID, Entity],
    playbooks: Sequence[Playbook],
    usable_ids: Collection[UUID],
    ready: Ready | None = None,
) -> Candidates:
    """The entities as matching sees them, in the library's order; those that are `ready` need not be made."""
    ready = ready or Ready()
    usable = sorted((found[one] for one in usable_ids if one in found), key=lambda one: one.id)
    by_kind = {kind: [one for one in usable if one.kind == kind] for kind in RETRIEVED_KINDS}
    ready.read(usable)
    return Candidates(
        offerings=tuple(ready.offerings[one.id] for one in (*by_kind["product"], *by_kind["service"])),
        playbooks=tuple(
            _playbook(one, found) for one in sorted(playbooks, key=lambda one: one.id) if one.id in usable_ids
        ),
        personas=tuple(ready.personas[one.id] for one in by_kind["persona"]),
        segments=tuple(ready.segments[one.id] for one in by_kind["segment"]),
    )


def offering_candidate(one: Entity) -> OfferingCandidate:
    return OfferingCandidate(str(one.id), one.name, _text(one))


def persona_candidate(one: Entity) -> PersonaCandidate:
    """Its words are read with it: any choice asks for those."""
    made = PersonaCandidate(
        str(one.id), one.name, one.internal_name, one.texts("commonJobTitles"), _text(one), _offerings(one)
    )
    persona_words(made)
    return made


def segment_candidate(one: Entity) -> SegmentCandidate:
    return SegmentCandidate(str(one.id), one.name, _text(one), _firmographics(one), _offerings(one))


def _playbook(playbook: Playbook, found: Mapping[UUID, Entity]) -> PlaybookCandidate:
    traits, entity = playbook.traits, playbook.entity
    competitor = found.get(traits.competitor_id) if traits.competitor_id else None
    return PlaybookCandidate(
        id=str(entity.id),
        name=entity.name,
        offering_id=str(traits.offering_id),
        type=traits.type,
        status=traits.status,
        persona_ids=frozenset(str(one) for one in playbook.linked(LinkRole.PERSONA)),
        segment_id=str(traits.segment_id) if traits.segment_id else None,
        competitor_name=competitor.name if competitor else None,
        example_domains=entity.texts("exampleDomains"),
        text=_text(entity),
    )


def _offerings(entity: Entity) -> frozenset[str] | None:
    """The offerings it is for; nothing linked at all means that nobody drew a line, so every one."""
    reached = entity.offerings
    return ALL_OFFERINGS if reached.all or not reached.named else frozenset(str(one) for one in reached.named)


def _text(entity: Entity) -> str:
    return " ".join(named_texts(KIND_BY_NAME[entity.kind], entity)[1:])


def _firmographics(entity: Entity) -> str:
    values = entity.data.get("firmographics") or {}
    told = (value for several in values.values() for value in several)
    return " ".join((*told, *entity.texts("firmographicCharacteristics")))
