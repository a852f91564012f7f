"""Who spoke of something, or asked about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from setpiece.library.titles.words import STOP_WORDS, stem
from setpiece.providers.embeddings.embedder import Embedder, Vector
from setpiece.reports.targets.hints.evidence import Evidence
from setpiece.reports.targets.hints.heard import Heard
from setpiece.reports.targets.hints.lexicon.topics import EMPTY, HOW_LONG, HOW_MUCH, REQUESTING, TOPICS

FULL = 4.5
"""Points for a sentence with every word of the topic."""
AGAIN = 0.6
MOST_AGAIN = 3
FIRST = 2.0
LEAST_COVER = 0.5
"""Of a topic's words; below it a sentence is about something else."""
NOBODY = 1.8
SYNONYM = 0.8
"""What another word for the same is worth: who said the very word is rather meant."""
LEAST_STEM, LEAST_STEM_RATIO = 4, 0.65
"""Letters, and their part of the longer word, that two words share at their beginning to be forms of one."""
BESIDE_A_QUESTION = 0.55
"""A sentence beside a question in one turn often says what the question is about."""
NEAR, SAME = 0.45, 0.75
"""Cosines of the embedder between which a sentence begins to be about a topic and surely is (on MiniLM's sentence pairs)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a topic, and the words of three languages that mean the same."""

    word: str
    synonyms: frozenset[str]


async def spoke_of(
    sentences: Sequence[Heard], text: str, embedder: Embedder | None, *, in_questions: bool, is_first: bool
) -> Evidence:
    """Evidence on who spoke of it: the best sentence counts, further ones a little, and who began counts when that is meant."""
    found = Evidence(nobody=NOBODY, missing=("nobody_asked" if in_questions else "nobody_spoke", text[:80]))
    terms = terms_of(text)
    asked_in = {one.turn for one in sentences if one.is_question}
    considered = [
        one for one in sentences if not in_questions or one.turn in asked_in or REQUESTING.search(one.plain)
    ]
    covers = [
        cover(terms, one.plain) * (1.0 if not in_questions or _asks(one) else BESIDE_A_QUESTION)
        for one in considered
    ]
    if embedder and considered and max(covers, default=0.0) < LEAST_COVER:
        covers = [max(pair) for pair in zip(covers, await _near(embedder, text, considered), strict=True)]
    best: dict[int, tuple[float, Heard]] = {}
    times: dict[int, int] = {}
    first: int | None = None
    for heard, covered in zip(considered, covers, strict=True):
        if covered < LEAST_COVER:
            continue
        first = heard.speaker if first is None else first
        times[heard.speaker] = times.get(heard.speaker, 0) + 1
        if covered > best.get(heard.speaker, (0.0, heard))[0]:
            best[heard.speaker] = covered, heard
    for speaker, (covered, heard) in best.items():
        points = FULL * covered + AGAIN * min(times[speaker] - 1, MOST_AGAIN)
        points += FIRST if is_first and speaker == first else 0.0
        found.quote(speaker, points, "asks" if in_questions else "says", heard)
    return found


def _asks(heard: Heard) -> bool:
    return heard.is_question or REQUESTING.search(heard.plain) is not None


def terms_of(text: str) -> tuple[Term, ...]:
    """The topic's words; when all of them are empty ones, these."""
    text = HOW_LONG.sub("time", HOW_MUCH.sub("howmuch", text))
    words = [one for one in text.split() if one not in STOP_WORDS and one not in EMPTY and len(one) > 1]
    return tuple(Term(one, _synonyms(one)) for one in dict.fromkeys(words or text.split()))


def _synonyms(word: str) -> frozenset[str]:
    return frozenset().union(*(topic for topic in TOPICS if any(_begins(word, one) for one in topic)))


def cover(terms: Sequence[Term], said: str) -> float:
    """The part of the topic's words that a sentence has, 0 to 1."""
    words = HOW_LONG.sub("time", HOW_MUCH.sub("howmuch", said)).split()
    return sum(_worth(term, words) for term in terms) / len(terms) if terms else 0.0


def _worth(term: Term, words: Sequence[str]) -> float:
    if any(are_forms(word, term.word) for word in words):
        return 1.0
    return SYNONYM if any(_begins(word, one) for word in words for one in term.synonyms) else 0.0


def _begins(word: str, stem_of_topic: str) -> bool:
    return word == stem_of_topic or (len(stem_of_topic) >= LEAST_STEM and word.startswith(stem_of_topic))


@lru_cache(maxsize=65_536)
def are_forms(word: str, other: str) -> bool:
    """Whether both are one word in two forms: `encrypted` and `encryption`."""
    if word == other or stem(word) == stem(other):
        return True
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return shared >= LEAST_STEM and shared >= LEAST_STEM_RATIO * max(len(word), len(other))


async def _near(embedder: Embedder, text: str, considered: Sequence[Heard]) -> list[float]:
    topic, *said = await embedder.embed([text, *(one.text for one in considered)])
    return [min(1.0, max(0.0, (_cosine(topic, one) - NEAR) / (SAME - NEAR))) for one in said]


def _cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
