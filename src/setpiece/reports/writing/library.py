"""What the library says to a need or a doubt of the call: the fact with the most in common, and none when little is. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from setpiece.providers.embeddings.embedder import Embedder, Vector
from setpiece.reports.moments import Found, Kind, Moment, Said
from setpiece.reports.moments.languages import language_of
from setpiece.reports.moments.languages.language import Language
from setpiece.reports.writing.model import LibraryFact

_TOLD = (Kind.OBJECTION, Kind.QUESTION, Kind.CRITERION, Kind.NEED, Kind.PAIN)
_MOST_MOMENTS = 40
"""The strongest; a report quotes fewer."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
"""Letters: inflection stands behind them in all three languages."""
_LEAST_SHARED = 2
"""Words, or a word and the topic; one in common is a coincidence."""
_LEAST_LIKENESS = 0.5
"""Cosine: of five facts written for the example call, the three pairs above it fit, and the first that does not fit has 0.36."""
_ANSWERS_DOUBTS, _ANSWERS_NEEDS = (
    frozenset({"objection", "proof-point"}),
    frozenset({"use-case", "proof-point"}),
)
Ties = Mapping[tuple[int, int], LibraryFact]
"""The fact for words of the call, by their turn and place."""


@dataclass(frozen=True, slots=True)
class _Pair:
    moment: Moment
    fact: LibraryFact
    shared: int
    likeness: float

    @property
    def score(self) -> float:
        fits = self.fact.kind in (
            _ANSWERS_DOUBTS if self.moment.kind in {Kind.OBJECTION, Kind.QUESTION} else _ANSWERS_NEEDS
        )
        return self.shared + 4 * max(0.0, self.likeness) + fits

    @property
    def is_close(self) -> bool:
        return self.shared >= _LEAST_SHARED or self.likeness >= _LEAST_LIKENESS


def key_of(said: Said) -> tuple[int, int]:
    return said.turn, said.first


async def tie(found: Found, facts: Sequence[LibraryFact], embedder: Embedder | None) -> Ties:
    """The best fact for each need and doubt; each fact once.

    Raises:
        Unavailable: the embedder's files are missing.
    """
    moments = found.of(*_TOLD)[:_MOST_MOMENTS]
    language = language_of(found.language)
    if not facts or not moments or language is None:
        return {}
    likeness = await _likeness(moments, facts, embedder)
    pairs = [
        _Pair(moment, fact, _shared(moment, fact, language), likeness.get((n, m), 0.0))
        for n, moment in enumerate(moments)
        for m, fact in enumerate(facts)
    ]
    return _best(pair for pair in pairs if pair.is_close)


async def _likeness(
    moments: Sequence[Moment], facts: Sequence[LibraryFact], embedder: Embedder | None
) -> dict[tuple[int, int], float]:
    if embedder is None:
        return {}
    texts = [*(one.said.text for one in moments), *(f"{one.about} {one.text}" for one in facts)]
    vectors = await embedder.embed(texts)
    said, told = vectors[: len(moments)], vectors[len(moments) :]
    return {(n, m): _cosine(one, other) for n, one in enumerate(said) for m, other in enumerate(told)}


def _cosine(one: Vector, other: Vector) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


def _shared(moment: Moment, fact: LibraryFact, language: Language) -> int:
    """Words in common that say something, and one more when both are about the same matter."""
    about = f"{fact.name} {fact.about} {fact.text}"
    topic = next((one for one, pattern in language.topics if pattern.search(about)), None)
    words = _stems(moment.said.text, language.plain) & _stems(about, language.plain)
    return len(words) + (moment.topic is not None and topic is moment.topic)


def _stems(text: str, plain: frozenset[str]) -> set[str]:
    return {match[0][:_STEM] for match in _WORD.finditer(text.casefold()) if match[0] not in plain}


def _best(pairs: Iterable[_Pair]) -> Ties:
    ties: dict[tuple[int, int], LibraryFact] = {}
    used: Counter[str] = Counter()
    for pair in sorted(pairs, key=lambda one: -one.score):
        place = key_of(pair.moment.said)
        if place not in ties and not used[pair.fact.text]:
            ties[place] = pair.fact
            used[pair.fact.text] += 1
    return ties
