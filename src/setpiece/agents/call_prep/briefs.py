"""Who is on the line, which company, and what they may object: for the seller's eyes, in the library's own words."""

from collections.abc import Iterator, Sequence

from setpiece.agents.document import Line, Section, item
from setpiece.agents.matched import of_kind, proofs
from setpiece.agents.material import Material
from setpiece.agents.sequence.gather import ROLES
from setpiece.agents.sequence.writer.clean import clean_name, clean_text
from setpiece.agents.sequence.writer.model import Fact, FactRole, Source
from setpiece.agents.speech import plain
from setpiece.agents.told import labelled
from setpiece.kernel.ids import show
from setpiece.library.model import Entity
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.titles.words import content_words

_MOST = 4
"""Entries of one list: what somebody reads in the minute before a call."""
_MOST_OBJECTIONS = 5

_OF_PERSONA = (
    ("answers-for", "Answers for", "primaryResponsibilities"),
    ("pains", "What hurts in this role", "painPoints"),
    ("goals", "What they want", "keyObjectives"),
    ("concerns", "What makes them hesitate", "keyConcerns"),
    ("why-us", "Why we matter to them", "whyWeMatterToThem"),
    ("why-them", "Why they matter to us", "whyTheyMatterToUs"),
)
_OF_SEGMENT = (
    ("looks-like", "What such companies look like", "firmographicCharacteristics"),
    ("priorities", "What they work on", "strategicPriorities"),
    ("priorities", "What they work on", "keyPriorities"),
    ("pressures", "What presses on them", "marketPressures"),
    ("mind", "What to mind", "keyConsiderations"),
    ("approach", "How to sell to them", "uniqueApproach"),
)


def person_brief(material: Material) -> list[Section]:
    """From the request who they are, from the chosen persona what the role is like."""
    persona = material.chosen.persona
    sections = [Section("person", "The person", tuple(_person(material)))]
    return sections + (_lists(persona, _OF_PERSONA) if persona else [])


def company_brief(material: Material) -> list[Section]:
    """What was given of the company, and the segment it was matched to."""
    segment = material.chosen.segment
    sections = [Section("company", "The company", tuple(_company(material)))]
    return sections + (_lists(segment, _OF_SEGMENT) if segment else [])


def objections(material: Material) -> list[Section]:
    """The library's objections, the nearest to the persona's concerns first, each with what to ask and to answer."""
    persona = material.chosen.persona
    words = content_words(" ".join(persona.texts("keyConcerns"))) if persona else frozenset()
    found = sorted(
        of_kind(material.chosen.beside, "objection"), key=lambda one: -len(words & content_words(_text(one)))
    )
    sections = [_objection(at, one) for at, one in enumerate(found[:_MOST_OBJECTIONS], start=1)]
    return sections or _worries(material)


def entity_facts(entity: Entity, field: str) -> list[Fact]:
    """A field's texts as facts that name their place."""
    oid = show(KIND_BY_NAME[entity.kind].prefix, entity.id)
    texts = ((at, text) for at, text in enumerate(entity.texts(field)) if clean_text(text))
    return [Fact(text, Source(oid, entity.kind, entity.name, field, at)) for at, text in texts]


def _person(material: Material) -> Iterator[Line]:
    who, persona = material.identity, material.chosen.persona
    name = " ".join(filter(None, (clean_name(who.first_name), clean_name(who.last_name))))
    title, company = clean_name(who.job_title), material.company_name
    given = [_request_fact(field, value) for field, value in _given(material) if value]
    if title or company or name:
        at = f" at {company}" if company else ""
        yield Line(f"{name or 'The person'}{f', {title}' if title else ''}{at}.", tuple(given))
    else:
        yield Line("Neither name, title nor company is known.")
    if persona:
        about = clean_text(persona.description or "")
        facts = tuple(_field_fact(persona, "description", about) for _ in range(bool(about)))
        yield Line(
            f"The library knows the role as “{clean_text(persona.name)}”{f': {about}' if about else '.'}",
            facts,
        )
        yield from _sure(material)


def _sure(material: Material) -> Iterator[Line]:
    pick = material.selection.choice.persona
    if pick is not None and pick.confidence.value != "HIGH":
        yield Line(f"How sure that is: {pick.confidence.value}. {pick.analysis}")


def _company(material: Material) -> Iterator[Line]:
    who, segment = material.identity, material.chosen.segment
    name, domain = material.company_name, who.company_domain
    given = [
        _request_fact(field, value)
        for field, value in (("companyName", name), ("companyDomain", domain))
        if value
    ]
    if name or domain:
        yield Line(f"{name or domain}{f' ({domain})' if name and domain else ''}.", tuple(given))
    else:
        yield Line("The company is not known.")
    yield from (
        item(clean_text(labelled(fact)).removesuffix("."), fact) for fact in material.told[: 2 * _MOST]
    )
    if segment:
        about = clean_text(segment.description or "")
        facts = (_field_fact(segment, "description", about),) if about else ()
        yield Line(
            f"Matched to the segment “{clean_text(segment.name)}”{f': {about}' if about else '.'}", facts
        )
    else:
        reason = material.selection.choice.unchosen
        yield from (Line(one.reason) for kind, one in reason.items() if kind.value == "segment")


def _lists(entity: Entity, fields: Sequence[tuple[str, str, str]]) -> list[Section]:
    """One section for each field that holds something; the first of two fields with one id counts."""
    sections: dict[str, Section] = {}
    for place, heading, field in fields:
        facts = entity_facts(entity, field)[:_MOST]
        if facts:
            sections.setdefault(
                place, Section(place, heading, tuple(item(plain(fact), fact) for fact in facts))
            )
    return list(sections.values())


def _objection(at: int, objection: Entity) -> Section:
    lines: list[Line] = []
    for label, field in (
        ("Behind it", "underlyingConcern"),
        ("Often assumed", "assumptionsAndMisconceptions"),
        ("Ask", "areasToProbeAndClarify"),
        ("Answer", "reframeAndResponse"),
    ):
        lines += [item(f"{label}: {plain(fact)}", fact) for fact in entity_facts(objection, field)[:2]]
    return Section(f"objection-{at}", clean_text(objection.name), tuple(lines))


def _worries(material: Material) -> list[Section]:
    """Without objections in the library: the persona's concerns, each beside the proof there is."""
    concerns = material.facts.get(FactRole.CONCERN, ())[:_MOST]
    if not concerns:
        return []
    proof = [fact for one in proofs(material.chosen) for fact in entity_facts(one, "howWeTalkAboutThis")][:2]
    lines = [item(plain(fact), fact) for fact in concerns]
    lines += [item(f"Proof to have at hand: {plain(fact)}", fact) for fact in proof]
    return [Section("concerns", "What they may worry about", tuple(lines))]


def _given(material: Material) -> tuple[tuple[str, str | None], ...]:
    who = material.identity
    return (
        ("firstName", who.first_name),
        ("lastName", who.last_name),
        ("jobTitle", who.job_title),
        ("companyName", who.company_name),
    )


def _request_fact(field: str, value: str) -> Fact:
    return Fact(value, Source("", "request", "Request", field))


def _field_fact(entity: Entity, field: str, text: str) -> Fact:
    return Fact(
        text, Source(show(KIND_BY_NAME[entity.kind].prefix, entity.id), entity.kind, entity.name, field)
    )


def _text(entity: Entity) -> str:
    return " ".join((entity.name, *(text for field in ROLES["objection"] for text in entity.texts(field))))
