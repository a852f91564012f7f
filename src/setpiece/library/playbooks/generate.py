"""What a playbook says before anyone edits it, each text resting on named library fields. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from setpiece.kernel.ids import new_uuid, show
from setpiece.library.model import Entity
from setpiece.library.playbooks.model import Attached, FieldSource, ValueProp
from setpiece.library.playbooks.pick import closest, pick_by_words

MOST_VALUE_PROPS = 5
_MOST_EVIDENCE = 3
_MOST_GATHERED = 50  # what nobody will read is not kept
_LONGEST_NAME = 200

# Fields of each kind, the most useful first.
_NEEDS = {
    "persona": ("painPoints", "keyObjectives", "keyConcerns"),
    "segment": ("strategicPriorities", "marketPressures", "businessDrivers", "keyPriorities"),
}
_ANSWERS = {
    "competitor": ("reasonsWeWin",),
    "product": (
        "customerBenefits",
        "differentiatedValue",
        "distinctCapabilities",
        "capabilities",
        "keyFeatures",
    ),
    "service": ("customerBenefits", "comparativeAdvantage", "deliverables", "competencies"),
    "use-case": ("desiredOutcomes",),
    "persona": ("whyWeMatterToThem",),
}
_PREFIX_BY_KIND = {
    "persona": "pe", "segment": "sg", "competitor": "cp", "product": "px", "service": "sc", "use-case": "uu",
    "proof-point": "pp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grounded:
    """One text of the library and where it stands."""

    text: str
    source: FieldSource


@dataclass(frozen=True, slots=True)
class Play:
    """What a playbook is made from."""

    offering: Entity
    key_insight: tuple[str, ...]
    description: str
    personas: Sequence[Entity]
    use_cases: Sequence[Entity] = ()
    proof_points: Sequence[Entity] = ()
    competitor: Entity | None = None
    segment: Entity | None = None
    attached: Sequence[Attached] = ()


def texts_of(entity: Entity, fields: Iterable[str]) -> list[Grounded]:
    """The texts of some fields of an entity, in order."""
    oid = show(_PREFIX_BY_KIND.get(entity.kind, "x"), entity.id)
    return [
        Grounded(text.strip(), FieldSource(oid, entity.kind, entity.name, field, index))
        for field in fields
        for index, text in enumerate(entity.texts(field))
        if text.strip()
    ]


def title_of(play: Play) -> str:
    """A name for a playbook that was given none."""
    return _title_of(play)[:_LONGEST_NAME]


def _title_of(play: Play) -> str:
    if play.competitor:
        return f"{play.offering.name} instead of {play.competitor.name}"
    if play.segment:
        return f"{play.offering.name} for {play.segment.name}"
    if play.personas:
        return f"{play.offering.name} for {_listed([persona.name for persona in play.personas[:2]])}"
    return f"{play.offering.name}: {play.description[:60]}" if play.description else play.offering.name


def data_of(play: Play) -> dict[str, Any]:
    """The playbook's `data`, drawn from the offering, the personas and the segment."""
    needs = [one.text for persona in play.personas for one in texts_of(persona, ("painPoints",))[:1]]
    offering = {
        field: play.offering.texts(field)
        for field in ("statusQuo", "likelyAlternative", "challengesAddressed")
    }
    different = [one.text for one in _answers(play, None)]
    status_quo = [*offering["statusQuo"], *offering["likelyAlternative"]]
    return {
        "explanation": play.description,
        "keyInsight": list(play.key_insight),
        "approachAngle": list(
            dict.fromkeys((*needs, *(play.segment.texts("uniqueApproach") if play.segment else ())))
        )[:5],
        "strategicNarrative": _first_of(
            status_quo, offering["challengesAddressed"], play.key_insight, different
        ),
        "icpConcerns": _gathered(play.personas, "keyConcerns"),
        "icpPriorities": _gathered(play.personas, "keyObjectives"),
        "statusQuo": status_quo,
        "differentiatedValue": list(
            play.offering.texts("differentiatedValue") or play.offering.texts("comparativeAdvantage")
        ),
    }


def value_props_for(play: Play, persona: Entity, at: datetime) -> list[ValueProp]:
    """Up to five props: each need of the persona with the fact that answers it best, no fact twice."""
    needs = texts_of(persona, _NEEDS["persona"])
    if play.segment:
        needs[2:2] = texts_of(play.segment, _NEEDS["segment"])[:2]
    answers = _answers(play, persona)
    props = []
    for need in needs[:MOST_VALUE_PROPS]:
        answer = closest(need.text, answers, lambda one: one.text)
        if answer is None:
            break
        answers.remove(answer)
        props.append(_prop(play, persona, need, answer, at))
    return props


def relevant_sentences(play: Play, found: Sequence[Attached], most: int = 12) -> list[Attached]:
    """The attached sentences that bear on the play, most of them first; none when nothing does."""
    about = [play.description, *play.key_insight, *(one.text for one in _answers(play, None))]
    for persona in play.personas:
        about.extend(one.text for one in texts_of(persona, _NEEDS["persona"]))
    return pick_by_words(" ".join(about), found, lambda one: one.text, most)


def _prop(play: Play, persona: Entity, need: Grounded, answer: Grounded, at: datetime) -> ValueProp:
    proof = [
        Grounded(one.name, FieldSource(show("pp", one.id), one.kind, one.name, "name"))
        for one in play.proof_points
    ]
    wanted = f"{need.text} {answer.text}"
    proven = pick_by_words(wanted, proof, lambda one: one.text, 1)
    attached = pick_by_words(wanted, play.attached, lambda one: one.text, 1)
    evidence = [answer.text, *(one.text for one in proven), *(one.text for one in attached)]
    return ValueProp(
        id=new_uuid(),
        persona_id=persona.id,
        title=_sentence(answer.text).rstrip("."),
        details=f"{_sentence(need.text)} {_sentence(answer.text)}",
        evidence=tuple(evidence[:_MOST_EVIDENCE]),
        sources=tuple(one.source.row() for one in (need, answer, *proven)),
        created_at=at,
    )


def _answers(play: Play, persona: Entity | None) -> list[Grounded]:
    """Facts that speak for the offering: a competitive play starts from the competitor, then the offering."""
    told = (play.competitor, persona, play.offering, *play.use_cases)
    return [one for entity in told if entity for one in texts_of(entity, _ANSWERS.get(entity.kind, ()))]


def _gathered(entities: Iterable[Entity], field: str) -> list[str]:
    return list(dict.fromkeys(text for entity in entities for text in entity.texts(field)))[:_MOST_GATHERED]


def _first_of(*groups: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(group[0] for group in groups if group))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)


def _sentence(text: str) -> str:
    """The text with a capital and a full stop, its words as they are."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
