"""How much two facts speak of the same thing. Shared words, rare ones counting more, unless a caller knows better.

Words are the default because they are exact, need no model, and cost microseconds. Whoever has embeddings passes another
`Relatedness` to `plan` and `write`; nothing else here changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log
from typing import Protocol

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.verbs import word_set
from setpiece.library.titles.words import content_words

RELATED = 0.12
"""From here on two facts belong in one email. Chosen by reading pairs from the example library."""
LINKED = 0.18
"""From here on one fact answers the other closely enough to stand in one sentence with it."""
FOLLOWS = 0.25
"""What a further sentence must have in common with lead and answer together; below, it reads as an aside."""
SAME = 0.55
"""The share of words from which on the second of two facts says nothing new. Chosen by reading, as the others."""
RESTATED = 0.42
"""How near two sentences of one side may not be in one email: they would say the same in other words. Chosen by reading
the pairs of the example libraries above 0.33."""
_REPEATED, _REPEATED_WORDS = 0.3, 3
"""The same between two sentences of one email, where it is heard sooner; two words in common are only its matter."""


def says_nothing_new(before: str, text: str) -> bool:
    """Whether most of a text's words stand in another one that was said before it."""
    words = content_words(text)
    return len(words & content_words(before)) >= SAME * len(words)


_TOPICS = (
    "rep seller sdr bdr ae salesperson salespeople",
    "hire onboard onboarding ramp recruit newcomer joiner",
    "price cost credit budget bill fee spend",
    "hour minute day week month wait slow fast late",
    "review check verify audit auditor reviewer approve",
    "source trace origin traceable based field",
    "reason explain score arithmetic candidate choice choose match why",
    "claim promise statement",
    "message messaging email mail sequence copy draft sentence",
    "vendor supplier outside contract processor",
    "change update edit rewrite revise withdraw",
    "record log history",
    "repeat repeatable test reproducible deterministic same",
    "export import file format",
    "tool stack software",
    "persona role title",
    "error mistake wrong fault correct correction",
    "alert alarm page noise",
    "delivery parcel shipment shipping freight carrier load truck",
    "payslip payroll payday salary wage pay",
    "tax filing deadline",
)
"""Words of business fields that speak of one thing; each line counts as one word."""
_SAYS_LITTLE = word_set(
    "hold run read see make get give go keep work take need find know show use stay come want list put let set say said mean "
    "write hold stand turn become bring start end try move call look fit reach nobody somebody everybody anybody everyone "
    "someone anyone nothing something everything one first second last next already enough right good better best well "
    "whole part thing way place today still ever never always often again away back everywhere instead between per "
    "hay hace hacer tiene tener puede poder nadie siempre tem fazer faz pode ter há ninguém sempre"
)
"""Words that two facts share by accident: verbs of any business, and words that stand for others."""
_TOPIC_BY_WORD = {word: line.split()[0] for line in _TOPICS for word in line.split()}
_FIELDS = frozenset(_TOPIC_BY_WORD.values())
_ALONE, _ALONE_OF_FIELD = 0.4, 0.6
"""What a single word in common counts for, and one of a business field: it may be an accident, two hardly are.
Twice the smaller is above the larger, which is how `_compare` tells one word from two."""


class Relatedness(Protocol):
    """Says how near the texts of one brief are: 0.0 nothing in common, 1.0 the same. Symmetric, pure, never fails."""

    def near(self, text: str) -> Mapping[str, float]:
        """Every text of the brief that has something in common with one of them, and how near it is."""
        ...


class Kinship:
    """Relatedness by words: the cosine of the two sets of words, weighted by how rare each is among the texts given."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(dict.fromkeys(texts))
        self._place = {text: at for at, text in enumerate(self._texts)}
        self._topics = [_topics(text) for text in self._texts]
        self._places_by_topic: dict[str, list[int]] = defaultdict(list)
        for at, topics in enumerate(self._topics):
            for topic in topics:
                self._places_by_topic[topic].append(at)
        count = len(self._place)
        self._weight = {topic: log(1 + count / len(at)) ** 2 for topic, at in self._places_by_topic.items()}
        self._size = [sum(self._weight[topic] for topic in topics) ** 0.5 for topics in self._topics]
        self._rows: dict[str, Mapping[str, float]] = {}

    def near(self, text: str) -> Mapping[str, float]:
        """A row costs as much as the text's words are frequent, so rows are made when they are asked for."""
        row = self._rows.get(text)
        if row is None:
            at = self._place.get(text)
            row = self._rows[text] = {} if at is None else self._compare(at)
        return row

    def _compare(self, at: int) -> Mapping[str, float]:
        shared = [0.0] * len(self._topics)
        certain = [0.0] * len(self._topics)
        for topic in self._topics[at]:
            weight, certainty = self._weight[topic], _ALONE_OF_FIELD if topic in _FIELDS else _ALONE
            for to in self._places_by_topic[topic]:
                shared[to] += weight
                certain[to] += certainty
        texts, sizes, size = self._texts, self._size, self._size[at]
        return {
            texts[to]: power
            * (sure if (sure := certain[to]) <= _ALONE_OF_FIELD else 1.0)
            / (size * sizes[to])
            for to, power in enumerate(shared)
            if power
        }


@lru_cache(maxsize=16)
def kinship_of(texts: tuple[str, ...]) -> Kinship:
    """Kept, because many people of one persona are written to from the same facts."""
    return Kinship(texts)


def says_the_same(one: str, other: str) -> bool:
    """Whether two facts say much the same in much the same words; words of one topic do not count as one here."""
    return other in saying_the_same(one, (other,))


def saying_the_same(text: str, others: Iterable[str]) -> set[str]:
    """Which of the others say the same as a text."""
    mine = _words(text)
    count, found = len(mine), set[str]()
    for other in others:
        theirs = _words(other)
        shared = len(mine & theirs)
        if shared >= SAME * max(1, count + len(theirs) - shared):
            found.add(other)
    return found


def repeats(one: str, other: str) -> bool:
    """Whether one of two sentences in the same email only says again what the other says."""
    mine, theirs = _words(one), _words(other)
    shared = len(mine & theirs)
    return shared >= _REPEATED_WORDS and shared >= _REPEATED * len(mine | theirs)


@lru_cache(maxsize=8_192)
def _words(text: str) -> frozenset[str]:
    return frozenset(map(_base, content_words(text)))


@lru_cache(maxsize=8_192)
def _topics(text: str) -> tuple[str, ...]:
    """In one order: sums of floating point depend on it, and a set's order is another in each process."""
    return tuple(sorted({_TOPIC_BY_WORD.get(word, word) for word in _words(text) - _SAYS_LITTLE}))


def _base(word: str) -> str:
    return _IRREGULAR.get(word) or lex.GERUNDS.get(word) or lex.PASTS.get(word) or word


_IRREGULAR = {
    "chosen": "choose", "written": "write", "spent": "spend", "shown": "show", "known": "know", "given": "give", "taken": "take",
    "seen": "see", "done": "do", "gone": "go", "driven": "drive", "broken": "break", "spoken": "speak", "fallen": "fall",
    "grown": "grow", "hidden": "hide", "forgotten": "forget", "stolen": "steal",
}  # fmt: skip
