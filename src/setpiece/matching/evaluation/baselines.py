"""Simpler ways of choosing a persona from a job title, to compare with. Each gives a score 0..1 for each candidate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from setpiece.library.titles.words import content_words, fold
from setpiece.matching.evaluation.model import NONE, Judged
from setpiece.matching.model import Cosines, Kind, PersonaCandidate
from setpiece.matching.overlap import Overlap

Scores = Mapping[str, float]


def lexical(job_title: str, candidates: Sequence[PersonaCandidate]) -> Scores:
    """Words in common with the persona's names, titles and text, the rare ones counting more."""
    words = {one.id: content_words(f"{_titles(one)} {one.text}") for one in candidates}
    overlap = Overlap(content_words(job_title), words)
    return {one.id: overlap.value(one.id) for one in candidates}


def embedding(cosines: Cosines, candidates: Sequence[PersonaCandidate]) -> Scores:
    """The cosine of title and persona text alone."""
    return {one.id: cosines.get(one.id, 0.0) for one in candidates}


def has_rapidfuzz() -> bool:
    return find_spec("rapidfuzz") is not None


def fuzzy(job_title: str, candidates: Sequence[PersonaCandidate]) -> Scores:
    """Rapidfuzz's `WRatio` of the title with the nearest common title or name; a development dependency."""
    from rapidfuzz import fuzz

    asked = fold(job_title)
    return {
        one.id: max(fuzz.WRatio(asked, fold(title)) for title in (one.name, *one.titles)) / 100
        for one in candidates
    }


@dataclass(frozen=True, slots=True)
class Guess:
    """A case as a baseline scored it."""

    judged: Judged
    best: float


def judge_by(scores: Scores, label_by_id: Mapping[str, str], like: Judged) -> Guess:
    """The case `like` with this ranking in the place of its own; equal scores keep the order of the candidates."""
    ordered = sorted(scores, key=lambda one: -scores[one])[:10]
    ranked = tuple(label_by_id[one] for one in ordered)
    judged = Judged(like.case, Kind.PERSONA, like.expected, ranked, None, like.tags, like.shown)
    return Guess(judged, scores[ordered[0]] if ordered else 0.0)


def best_floor(guesses: Sequence[Guess]) -> float:
    """The score below which "none" should be said so that most of these cases are right; the lowest of equals.

    To be fair to a baseline it is given the floor that suits it best on the cases it is tuned on.
    """
    floors = [0.0, *sorted({one.best for one in guesses})]
    return max(floors, key=lambda floor: (_right_with(guesses, floor), -floor))


def with_floor(guesses: Sequence[Guess], floor: float) -> tuple[Judged, ...]:
    return tuple(one.judged if one.best >= floor else _none(one.judged) for one in guesses)


def _right_with(guesses: Sequence[Guess], floor: float) -> int:
    return sum(
        (one.judged.predicted if one.best >= floor else NONE) in one.judged.expected for one in guesses
    )


def _none(one: Judged) -> Judged:
    return Judged(one.case, one.kind, one.expected, (), None, one.tags, one.shown)


def _titles(one: PersonaCandidate) -> str:
    return f"{one.name} {one.internal_name or ''} {' '.join(one.titles)}"
