"""Words of the free texts of a request found in what the library says of a candidate."""

from collections.abc import Sequence
from functools import lru_cache

from setpiece.library.titles.words import content_words
from setpiece.matching.model import (
    OfferingCandidate,
    PersonaCandidate,
    PlaybookCandidate,
    SegmentCandidate,
)
from setpiece.matching.overlap import measure_overlap
from setpiece.matching.signal import Measure, Scene
from setpiece.matching.signals.title_words import persona_words

_SAY_RUNTIME = "the context of this run mentions {}".format


@lru_cache(maxsize=2_048)
def playbook_words(playbook: PlaybookCandidate) -> frozenset[str]:
    return content_words(f"{playbook.name} {playbook.competitor_name or ''} {playbook.text}")


@lru_cache(maxsize=2_048)
def offering_words(offering: OfferingCandidate) -> frozenset[str]:
    return content_words(f"{offering.name} {offering.text}")


@lru_cache(maxsize=2_048)
def segment_words(segment: SegmentCandidate) -> frozenset[str]:
    return content_words(f"{segment.name} {segment.firmographics} {segment.text}")


def open_selection_context(
    scene: Scene, candidates: Sequence[PlaybookCandidate]
) -> Measure[PlaybookCandidate] | None:
    """Words in common; 1.0 for a playbook whose whole name is in the selection context."""
    overlap = measure_overlap(
        scene.selection_words, candidates, playbook_words, "the selection context mentions {}".format
    )
    if overlap is None:
        return None

    def named(playbook: PlaybookCandidate) -> bool:
        name = content_words(playbook.name)
        return len(name) > 1 and name <= scene.selection_words

    return Measure(
        lambda playbook: 1.0 if named(playbook) else overlap.value(playbook),
        lambda playbook: "the selection context names it" if named(playbook) else overlap.note(playbook),
    )


def open_persona_context(
    scene: Scene, candidates: Sequence[PersonaCandidate]
) -> Measure[PersonaCandidate] | None:
    return measure_overlap(scene.runtime_words, candidates, persona_words, _SAY_RUNTIME)


def open_playbook_context(
    scene: Scene, candidates: Sequence[PlaybookCandidate]
) -> Measure[PlaybookCandidate] | None:
    return measure_overlap(scene.runtime_words, candidates, playbook_words, _SAY_RUNTIME)


def open_offering_context(
    scene: Scene, candidates: Sequence[OfferingCandidate]
) -> Measure[OfferingCandidate] | None:
    return measure_overlap(scene.runtime_words, candidates, offering_words, _SAY_RUNTIME)


def open_segment_context(
    scene: Scene, candidates: Sequence[SegmentCandidate]
) -> Measure[SegmentCandidate] | None:
    return measure_overlap(scene.runtime_words, candidates, segment_words, _SAY_RUNTIME)


def open_company_words(
    scene: Scene, candidates: Sequence[OfferingCandidate]
) -> Measure[OfferingCandidate] | None:
    return measure_overlap(
        scene.company_words, candidates, offering_words, "it speaks of {}, as the company does".format
    )


def open_firmographics(
    scene: Scene, candidates: Sequence[SegmentCandidate]
) -> Measure[SegmentCandidate] | None:
    """Industry, size, place and other company facts against the segment's own words."""
    return measure_overlap(
        scene.company_words, candidates, segment_words, "the company matches it in {}".format
    )
