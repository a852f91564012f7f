"""The facts a sequence may use: from the chosen entities, from what hangs on the offering, from the request."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer.model import Fact, FactRole, Source
from setpiece.kernel.ids import show
from setpiece.library.model import Entity
from setpiece.library.playbooks.model import LinkRole, Playbook, UseMode, ValueProp
from setpiece.library.service import KIND_BY_NAME

Facts = Mapping[FactRole, tuple[Fact, ...]]

# What each field of a kind is to the sale. Fields that are not here never reach an email: internal names,
# whyTheyMatterToUs, customers that a competitor's record names, and its keyDifferentiators, which may be theirs.
ROLES: Mapping[str, Mapping[str, FactRole]] = {
    "persona": {
        "painPoints": FactRole.PAIN,
        "keyConcerns": FactRole.CONCERN,
        "keyObjectives": FactRole.OBJECTIVE,
        "primaryResponsibilities": FactRole.RESPONSIBILITY,
        "whyWeMatterToThem": FactRole.WHY_WE_MATTER,
    },
    "product": {
        "statusQuo": FactRole.STATUS_QUO,
        "challengesAddressed": FactRole.CHALLENGE,
        "capabilities": FactRole.CAPABILITY,
        "distinctCapabilities": FactRole.CAPABILITY,
        "keyFeatures": FactRole.CAPABILITY,
        "differentiatedValue": FactRole.DIFFERENTIATOR,
        "customerBenefits": FactRole.BENEFIT,
    },
    "service": {
        "likelyAlternative": FactRole.STATUS_QUO,
        "challengesAddressed": FactRole.CHALLENGE,
        "deliverables": FactRole.CAPABILITY,
        "competencies": FactRole.CAPABILITY,
        "comparativeAdvantage": FactRole.DIFFERENTIATOR,
        "customerBenefits": FactRole.BENEFIT,
    },
    "core-feature": {
        "whyThisExists": FactRole.CHALLENGE,
        "whatItDoes": FactRole.CAPABILITY,
        "whatItImpacts": FactRole.BENEFIT,
    },
    "playbook": {"keyInsight": FactRole.KEY_INSIGHT},
    "segment": {
        "strategicPriorities": FactRole.SEGMENT,
        "marketPressures": FactRole.SEGMENT,
        "businessDrivers": FactRole.SEGMENT,
        "keyPriorities": FactRole.SEGMENT,
    },
    "use-case": {"desiredOutcomes": FactRole.USE_CASE, "scenarios": FactRole.SCENARIO},
    "competitor": {
        "comparativeWeaknesses": FactRole.COMPETITOR_GAP,
        "reasonsWeWin": FactRole.REASON_WE_WIN,
    },
    "alternative": {
        "hiddenCostsAndPitfalls": FactRole.STATUS_QUO,
        "whereItBreaks": FactRole.STATUS_QUO,
        "whyOurApproachIsSuperior": FactRole.REASON_WE_WIN,
    },
    "objection": {
        "name": FactRole.OBJECTION,
        "underlyingConcern": FactRole.OBJECTION,
        "reframeAndResponse": FactRole.ANSWER,
    },
    "buying-trigger": {
        "costOfInaction": FactRole.TRIGGER,
        "whyThisCreatesUrgency": FactRole.TRIGGER,
    },
    "proof-point": {"howWeTalkAboutThis": FactRole.PROOF, "whyThisMatters": FactRole.BENEFIT},
    "reference": {"emailSnippets": FactRole.REFERENCE, "keyStats": FactRole.REFERENCE},
}
MOST_OF_A_ROLE = 16
"""Facts of one role that the writer is given, the best first. A sequence of seven emails says about twenty facts of all roles;
with ten of each a run was 6 ms faster and emails lost the fact that answered their problem (docs/samples.md)."""
MOST_BESIDE = 10
"""Entities of each such kind; an email holds three facts."""
BESIDE = ("core-feature", "use-case", "alternative", "objection", "buying-trigger")
"""Kinds that are used because they hang on the offering, not because a playbook names them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What matching chose, as entities, and what may be used with it."""

    offering: Entity
    playbook: Playbook | None
    persona: Entity | None
    segment: Entity | None
    named: Mapping[UUID, Entity]
    """Everything the playbook names."""
    value_props: Sequence[ValueProp] = ()
    beside: Sequence[Entity] = ()


def gather(chosen: Chosen, request: SequenceRun, said: Sequence[Fact] = ()) -> Facts:
    """Facts by role, best first: those that the playbook's value props rest on lead. `said` is what the reader said on a call."""
    found: dict[FactRole, list[Fact]] = defaultdict(list)
    for entity in _told(chosen):
        for role, fact in _facts(entity):
            found[role].append(fact)
    found[FactRole.VALUE_PROP] += [
        _hand_written(prop, chosen) for prop in chosen.value_props if not prop.sources
    ]
    found[FactRole.ATTACHED] += list(_attached(chosen.playbook))
    found[FactRole.CONTEXT] += from_request(request.runtimeContext, "all")
    found[FactRole.CALL] += said
    leading = _leading(chosen.value_props)
    return {
        role: tuple(sorted(_once(facts), key=lambda one: leading.get(_place(one.source), len(leading))))[
            :MOST_OF_A_ROLE
        ]
        for role, facts in found.items()
        if facts
    }


def step_context(request: SequenceRun) -> dict[int, tuple[Fact, ...]]:
    """Facts that were given for single emails, each once; no email has room for more than a few."""
    steps = (step for step in request.runtimeContext or () if step.isdigit())
    return {
        int(step): tuple(_once(from_request(request.runtimeContext, step))[:MOST_OF_A_ROLE]) for step in steps
    }


def from_request(context: Mapping[str, str] | None, step: str) -> list[Fact]:
    """Each line of a runtime context as a fact."""
    lines = [line.strip() for line in (context or {}).get(step, "").splitlines()]
    source = Source("", "request", "Request", f"runtimeContext.{step}")
    return [Fact(line, source) for line in lines if line]


def _told(chosen: Chosen) -> Iterator[Entity]:
    """The entities whose facts may be used, the closest to the reader first."""
    playbook = chosen.playbook
    yield from (one for one in (chosen.persona, playbook.entity if playbook else None) if one)
    if playbook:
        yield from _named(chosen, _usable_links(playbook))
    yield chosen.offering
    if chosen.segment:
        yield chosen.segment
    yield from chosen.beside


def _usable_links(playbook: Playbook) -> list[UUID]:
    """What the playbook names and allows; `none` keeps proof points or references out."""
    traits, ids = playbook.traits, list(playbook.linked(LinkRole.USE_CASE))
    if traits.competitor_id:
        ids.append(traits.competitor_id)
    if traits.proof_point_mode is UseMode.SPECIFIC:
        ids += playbook.linked(LinkRole.PROOF_POINT)
    if traits.reference_mode is UseMode.SPECIFIC:
        ids += playbook.linked(LinkRole.REFERENCE)
    return ids


def _named(chosen: Chosen, ids: Iterable[UUID]) -> Iterator[Entity]:
    return (chosen.named[one] for one in ids if one in chosen.named)


def _facts(entity: Entity) -> Iterator[tuple[FactRole, Fact]]:
    oid, found = show(KIND_BY_NAME[entity.kind].prefix, entity.id), False
    for field, role in ROLES.get(entity.kind, {}).items():
        if field == "name":
            yield role, Fact(entity.name, Source(oid, entity.kind, entity.name, field))
        for index, text in enumerate(entity.texts(field)):
            found = found or role is FactRole.PROOF
            yield role, Fact(text, Source(oid, entity.kind, entity.name, field, index))
    if entity.kind == "proof-point" and not found:
        yield FactRole.PROOF, Fact(entity.name, Source(oid, entity.kind, entity.name, "name"))


def _attached(playbook: Playbook | None) -> Iterator[Fact]:
    for one in playbook.traits.attached if playbook else ():
        oid = show("pb", playbook.id) if playbook else ""
        yield Fact(one.text, Source(oid, "context-source", one.source, "additionalContextSources"))


def _hand_written(prop: ValueProp, chosen: Chosen) -> Fact:
    assert chosen.persona is not None
    field, text = ("details", prop.details) if prop.details else ("title", prop.title)
    return Fact(text, Source(show("hy", prop.id), "value-prop", prop.title, field))


def _leading(props: Sequence[ValueProp]) -> dict[tuple[str, str, int | None], int]:
    """The places that value props rest on, by rank."""
    places = ((one["oId"], one["field"], one["index"]) for prop in props for one in prop.sources)
    return {place: rank for rank, place in reversed(list(enumerate(places)))}


def _place(source: Source) -> tuple[str, str, int | None]:
    return source.oid, source.field, source.index


def _once(facts: Iterable[Fact]) -> list[Fact]:
    return list({" ".join(fact.text.lower().split()): fact for fact in reversed(list(facts))}.values())[::-1]
