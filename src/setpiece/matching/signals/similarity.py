"""How near a candidate's text is in meaning to the prospect's, as an embedding model sees it."""

from collections.abc import Sequence
from typing import TypeVar

from setpiece.matching.model import Cosines, Named, PersonaCandidate
from setpiece.matching.signal import Measure, Scene

C = TypeVar("C", bound=Named)

_TITLE_SPAN = (0.3, 0.7)
"""Cosines at which the value is 0 and 1. Of a job title with all personas, nine in ten reach 0.38; with the right one, half
reach 0.5 and one in ten 0.65. Chosen on the develop half: docs/matching.md."""

_CONTEXT_SPAN = (0.2, 0.6)
"""The same for texts of a sentence or more: of the contexts of the develop half with all playbooks, nine in ten reach 0.3;
with the right one, half reach 0.6 (selection) and 0.4 (context of the run)."""

_TELLING = 0.5


def _open(
    cosines: Cosines, candidates: Sequence[C], span: tuple[float, float], note: str
) -> Measure[C] | None:
    """The cosine, stretched from the span to 0..1; takes no part unless every candidate was compared."""
    if not candidates or any(one.id not in cosines for one in candidates):
        return None
    nothing, everything = span

    def value(candidate: C) -> float:
        return min(1.0, max(0.0, (cosines[candidate.id] - nothing) / (everything - nothing)))

    return Measure(value, lambda candidate: note if value(candidate) >= _TELLING else "")


def open_title_similarity(
    scene: Scene, candidates: Sequence[PersonaCandidate]
) -> Measure[PersonaCandidate] | None:
    if not scene.title.roles:
        return None
    return _open(
        scene.similar.title, candidates, _TITLE_SPAN, "its description is close to the title in meaning"
    )


def open_selection_similarity(scene: Scene, candidates: Sequence[C]) -> Measure[C] | None:
    return _open(
        scene.similar.selection, candidates, _CONTEXT_SPAN, "the selection context is close to it in meaning"
    )


def open_runtime_similarity(scene: Scene, candidates: Sequence[C]) -> Measure[C] | None:
    return _open(
        scene.similar.runtime, candidates, _CONTEXT_SPAN, "the context of this run is close to it in meaning"
    )


def open_company_similarity(scene: Scene, candidates: Sequence[C]) -> Measure[C] | None:
    return _open(
        scene.similar.company,
        candidates,
        _CONTEXT_SPAN,
        "what is known of the company is close to it in meaning",
    )
