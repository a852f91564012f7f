"""Links in the library: a playbook is for personas and a segment, an offering has playbooks and personas."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from setpiece.matching.confidence import FLOOR
from setpiece.matching.model import (
    Kind,
    OfferingCandidate,
    PlaybookCandidate,
    SegmentCandidate,
)
from setpiece.matching.signal import Measure, Scene

_STRONG_FIT = 0.5
"""A linked candidate with this score counts in full; a weaker one in proportion."""

_FOR_ANYONE = 0.5
"""A playbook that names no persona stands between those for the right one and those for others."""


def follow_links(fit: Mapping[str, float]) -> Callable[[Iterable[str]], float]:
    """Gives, for linked ids, their best score relative to the best of all, less where even that is weak; 0..1."""
    top = max(fit.values(), default=0.0)
    scale = min(1.0, top / _STRONG_FIT) / top if top else 0.0
    return lambda linked: scale * max((fit.get(one, 0.0) for one in linked), default=0.0)


def _somebody_fits(scene: Scene) -> bool:
    """Whether a persona fits at all: otherwise the best of them is nothing to give as a reason."""
    return max(scene.fit(Kind.PERSONA).values(), default=0.0) >= FLOOR[Kind.PERSONA]


def open_persona_link(
    scene: Scene, _candidates: Sequence[PlaybookCandidate]
) -> Measure[PlaybookCandidate] | None:
    """How well the playbook's own personas fit; half as much as the best when it is for anyone."""
    fit = scene.fit(Kind.PERSONA)
    if not any(fit.values()):
        return None
    value_of = follow_links(fit)
    anyone = _FOR_ANYONE * value_of(fit)

    def value(playbook: PlaybookCandidate) -> float:
        return value_of(playbook.persona_ids) if playbook.persona_ids else anyone

    def note(playbook: PlaybookCandidate) -> str:
        if not _somebody_fits(scene):
            return ""
        if not playbook.persona_ids:
            return "it is not limited to particular personas"
        if value(playbook) < 2 * anyone:
            return "one of its personas fits a little"
        return "it is written for the persona that fits best"

    return Measure(value, note)


def open_segment_link(
    scene: Scene, _candidates: Sequence[PlaybookCandidate]
) -> Measure[PlaybookCandidate] | None:
    """How well the playbook's segment fits; takes no part while no segment does."""
    fit = scene.fit(Kind.SEGMENT)
    if not any(fit.values()):
        return None
    value_of = follow_links(fit)
    return Measure(
        lambda playbook: value_of((playbook.segment_id,)) if playbook.segment_id else 0.0,
        lambda _: "it is written for the company's segment",
    )


def open_playbook_link(
    scene: Scene, _candidates: Sequence[OfferingCandidate]
) -> Measure[OfferingCandidate] | None:
    """How well the best playbook for the offering fits."""
    fit, offerings = scene.fit(Kind.PLAYBOOK), scene.offering_by_playbook
    if not fit:
        return None
    by_offering: dict[str, list[str]] = {}
    for playbook_id in fit:
        by_offering.setdefault(offerings[playbook_id], []).append(playbook_id)
    value_of = follow_links(fit)

    def value(offering: OfferingCandidate) -> float:
        return value_of(by_offering.get(offering.id, ()))

    def note(offering: OfferingCandidate) -> str:
        told = _somebody_fits(scene) and value(offering) >= _STRONG_FIT
        return "the playbook that fits best sells it" if told else ""

    return Measure(value, note)


def open_offering_personas(
    scene: Scene, _candidates: Sequence[OfferingCandidate]
) -> Measure[OfferingCandidate] | None:
    """How well the personas linked to the offering fit; those linked to all offerings count for each."""
    fit, links = scene.fit(Kind.PERSONA), scene.offerings_by_persona
    if not any(fit.values()):
        return None
    value_of = follow_links(fit)
    by_offering: dict[str, list[str]] = {}
    for persona in fit:
        for offering_id in links.get(persona) or ():
            by_offering.setdefault(offering_id, []).append(persona)
    free = value_of(persona for persona in fit if links.get(persona) is None)

    def value(offering: OfferingCandidate) -> float:
        return max(free, value_of(by_offering.get(offering.id, ())))

    def note(offering: OfferingCandidate) -> str:
        told = _somebody_fits(scene) and value(offering) >= _STRONG_FIT
        return "the persona that fits best buys it" if told else ""

    return Measure(value, note)


def open_named_play(
    scene: Scene, _candidates: Sequence[OfferingCandidate]
) -> Measure[OfferingCandidate] | None:
    """A playbook for this very company, or against a competitor that was named, counts as far as it is for the person."""
    named = scene.named_plays
    if not any(named.values()):
        return None
    return Measure(
        lambda offering: named.get(offering.id, 0.0),
        lambda offering: (
            "a playbook that sells it names the company or its vendor" if named.get(offering.id) else ""
        ),
    )


def open_playbook_segment(
    scene: Scene, _candidates: Sequence[SegmentCandidate]
) -> Measure[SegmentCandidate] | None:
    """The segment the chosen playbook is written for."""
    wanted = scene.playbook.segment_id if scene.playbook else None
    if wanted is None:
        return None
    return Measure(
        lambda segment: 1.0 if segment.id == wanted else 0.0, lambda _: "the playbook is written for it"
    )
