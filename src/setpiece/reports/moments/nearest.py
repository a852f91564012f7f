"""Moments that no rule knows, by likeness in meaning to a few sentences of each kind. Asks an embedder."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from setpiece.providers.embeddings.embedder import Embedder, Vector
from setpiece.reports.model import Call
from setpiece.reports.moments.found import Found, by_turn
from setpiece.reports.moments.hits import terms_of, topic_of
from setpiece.reports.moments.languages import language_of
from setpiece.reports.moments.languages.language import Language
from setpiece.reports.moments.model import Kind, Moment, Said
from setpiece.reports.moments.said import is_quotable, sentences_of

_LEAST_WORDS = 7
"""Shorter sentences are near to everything."""
_MOST_SENTENCES = 300
"""The longest are asked about first: an embedder takes milliseconds for each."""
LEAST_LIKENESS, LEAST_MARGIN = 0.5, 0.03
"""Cosine to the nearest sentence, and how much nearer it is than the next kind's. Of what no rule knew in sixteen sentences written for
it and in ten English example calls, all seven at 0.5 and more are what they are near to, and two of the eighteen from 0.38 to 0.5."""
_OF_LIKENESS = 0.9
"""What a likeness counts as strength: less than a rule's own words."""


async def with_nearest(found: Found, call: Call, embedder: Embedder) -> Found:
    """What was found, and more.

    Raises:
        Unavailable: the embedder's files are missing.
    """
    language = language_of(call.language)
    if language is None:
        return found
    unknown = _unknown(found, call)
    seeds = [(kind, text) for kind, texts in language.like.items() for text in texts]
    vectors = await embedder.embed([*(text for _, text in seeds), *(said.text for said in unknown)])
    near = vectors[: len(seeds)]
    kinds = [kind for kind, _ in seeds]
    more = [
        moment
        for said, vector in zip(unknown, vectors[len(seeds) :], strict=True)
        if (moment := _nearest(said, _likeness_by_kind(vector, kinds, near), language))
    ]
    moments = sorted(
        [*found.moments, *more], key=lambda one: (one.said.start_s, one.said.turn, one.said.first)
    )
    return replace(found, moments=tuple(moments), by_turn=by_turn(moments))


def _unknown(found: Found, call: Call) -> list[Said]:
    """The speaker's longest sentences in which no rule found anything."""
    sentences = [
        said
        for said in sentences_of(call.turns)
        if said.speaker == found.speaker
        and len(said.words) >= _LEAST_WORDS
        and not said.is_question
        and is_quotable(said)
        and not any(said.overlaps(one.said) for one in found.in_turn(said.turn))
    ]
    return sorted(sentences, key=lambda said: -len(said.words))[:_MOST_SENTENCES]


def _likeness_by_kind(vector: Vector, kinds: Sequence[Kind], seeds: Sequence[Vector]) -> dict[Kind, float]:
    likeness: dict[Kind, float] = {}
    for kind, seed in zip(kinds, seeds, strict=True):
        cosine = sum(one * other for one, other in zip(vector, seed, strict=True))
        likeness[kind] = max(likeness.get(kind, -1.0), cosine)
    return likeness


def _nearest(said: Said, likeness: Mapping[Kind, float], language: Language) -> Moment | None:
    ranked = sorted(likeness.items(), key=lambda one: -one[1])
    (kind, best), (_, second) = ranked[0], ranked[1]
    if best < LEAST_LIKENESS or best - second < LEAST_MARGIN:
        return None
    rule, strength = f"nearest.{kind.value}", round(best * _OF_LIKENESS, 2)
    return Moment(kind, said, rule, strength, topic_of(said, language), terms=terms_of(said, language))
