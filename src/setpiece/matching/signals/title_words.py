"""Words of the job title found in what the library says of the persona."""

from collections.abc import Sequence
from functools import lru_cache

from setpiece.library.titles.words import content_words
from setpiece.matching.model import PersonaCandidate
from setpiece.matching.overlap import measure_overlap
from setpiece.matching.roles import profile_of
from setpiece.matching.signal import Measure, Scene


@lru_cache(maxsize=4_096)
def persona_words(persona: PersonaCandidate) -> frozenset[str]:
    """Words of its titles, names and text."""
    profile = profile_of(persona.name, persona.titles)
    return profile.words | content_words(f"{persona.name} {persona.internal_name or ''} {persona.text}")


def open_title_words(
    scene: Scene, candidates: Sequence[PersonaCandidate]
) -> Measure[PersonaCandidate] | None:
    words = frozenset(scene.title.words)
    return measure_overlap(
        words, candidates, persona_words, "its description shares {} with the title".format
    )
