"""Spanish and Portuguese facts made ready for a sentence: the two share their grammar as far as a frame needs it.

The shapes are the English ones: BARE is an infinitive ("reducir costes"), THIRD what something does ("guarda cada
factura"), CLAUSE a sentence with its subject. What is unclear is a FRAGMENT, which stands after a colon.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from setpiece.agents.sequence.writer.casing import lower_start
from setpiece.agents.sequence.writer.clean import (
    clean_text,
    count_words,
    holds_placeholder,
    is_mostly_latin,
    split_sentences,
    words_of,
)
from setpiece.agents.sequence.writer.model import Fact, FactRole
from setpiece.agents.sequence.writer.phrase import LONGEST_WORDS, SPEAKABLE_WORDS, Phrase, is_said
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.topics import Topic
from setpiece.agents.sequence.writer.voice import Voice

_OURS = frozenset({
    FactRole.CAPABILITY, FactRole.DIFFERENTIATOR, FactRole.WHY_WE_MATTER, FactRole.VALUE_PROP, FactRole.REASON_WE_WIN,
    FactRole.BENEFIT, FactRole.PROOF, FactRole.COMPETITOR_GAP, FactRole.REFERENCE, FactRole.USE_CASE, FactRole.ANSWER,
})  # fmt: skip
_SEPARATE = re.compile(r"; | [—–] |, (?=(?:lo que|o que|así que|por lo que|porque|ya que|pues)\b)")
_MOST_SUBJECT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words that tell the shape of a phrase in one of the two languages."""

    articles: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    finite: frozenset[str]
    """Present forms, third person singular, which are hardly ever nouns."""
    finite_or_noun: frozenset[str]
    """Forms that are also nouns ("cuenta"): verbs only before an object, as the first word of what we do."""
    plural_endings: tuple[str, ...]
    no_plurals: frozenset[str]
    """Words with such an ending that are no verbs."""
    no_infinitives: frozenset[str]
    gerund: re.Pattern[str]
    negations: frozenset[str]
    nobody: frozenset[str]
    """Subjects that are a pronoun: a verb follows."""
    before_verb: frozenset[str]
    """Small words between a subject and its verb ("se", "ya no")."""

    def classify(self, text: str, role: FactRole) -> Shape:
        if text[:1] in "\"“«'‘" and len(text) > 2:
            return Shape.QUOTE
        words = [word.lower() for word in words_of(text)]
        if not words or ": " in text:
            return Shape.FRAGMENT
        first, second = words[0], words[1] if len(words) > 1 else ""
        if first in self.subordinators or first in self.prepositions:
            return Shape.FRAGMENT
        if self._is_infinitive(first) and len(words) > 1:
            return (
                Shape.CLAUSE if self._has_finite(words, 2) and second not in self.determiners else Shape.BARE
            )
        if self.gerund.fullmatch(first):
            return Shape.GERUND
        if first in self.finite or (first in self.finite_or_noun and second in self.determiners):
            return Shape.THIRD if role in _OURS else Shape.CLAUSE
        if first in self.negations and (first in self.nobody or self._has_finite(words, 1)):
            return Shape.CLAUSE
        if self.is_plural_verb(first) and len(words) > 1:
            return Shape.CLAUSE
        return Shape.CLAUSE if self._has_finite(words, 1) else Shape.NOUN

    def _is_infinitive(self, word: str) -> bool:
        plain = word.removesuffix("se")
        return len(plain) > 3 and plain.endswith(("ar", "er", "ir")) and plain not in self.no_infinitives

    def is_plural_verb(self, word: str) -> bool:
        return len(word) > 4 and word.endswith(self.plural_endings) and word not in self.no_plurals

    def _is_verb_at(self, words: list[str], at: int) -> bool:
        word, before = words[at], words[at - 1]
        if before in self.prepositions or word in self.determiners | self.before_verb:
            return False
        if word in self.finite or self.is_plural_verb(word):
            return True
        return before in self.before_verb and at > 1 and not self._is_infinitive(word)

    def _has_finite(self, words: list[str], start: int) -> bool:
        """Whether a main verb follows; one after "que" or another subordinator belongs to a clause of its own."""
        subordinate = False
        for at in range(start, len(words)):
            word = words[at]
            if word in self.subordinators:
                subordinate = True
            elif self._is_verb_at(words, at):
                if not subordinate:
                    return True
                subordinate = False
        return False


def phrase_maker(grammar: Grammar) -> Callable[[FactRole, Fact, Voice], Phrase | None]:
    """`to_phrase` of a language: the fact cleaned, cut to a sentence, cased and classified; None when it cannot be said."""

    def to_phrase(role: FactRole, fact: Fact, voice: Voice) -> Phrase | None:
        excerpt = _first_sentence(clean_text(fact.text))
        if excerpt is None or "?" in excerpt or holds_placeholder(excerpt) or not is_mostly_latin(excerpt):
            return None
        text = lower_start(excerpt, voice.protected)
        first, _, rest = text.partition(" ")
        if (
            rest
            and first[:1].isupper()
            and first.lower() in grammar.determiners | grammar.finite | grammar.negations
        ):
            text = f"{first.lower()} {rest}"
        shape = grammar.classify(text, role)
        if is_said(role, fact):  # its words would have to change their person
            return None
        return Phrase(role, fact, shape, text, excerpt, count_words(text))

    return to_phrase


def _first_sentence(text: str) -> str | None:
    sentences = split_sentences(text)
    if not sentences:
        return None
    sentence = sentences[0].rstrip(" .,;:!…-–—").lstrip("¡¿")
    if count_words(sentence) > SPEAKABLE_WORDS:
        parts = _SEPARATE.split(sentence)
        sentence = parts[0] if count_words(parts[0]) >= 4 else sentence
    return sentence if 0 < count_words(sentence) <= LONGEST_WORDS else None


def topic_finder(grammar: Grammar) -> Callable[[Phrase], Iterator[Topic]]:
    """`topics_of` of a language: the whole fact when it is short, or its noun before the first relative or preposition."""

    def topics_of(phrase: Phrase) -> Iterator[Topic]:
        whole = phrase.shape in {Shape.NOUN, Shape.BARE, Shape.CLAUSE} and "," not in phrase.text
        if whole and 2 <= phrase.words <= _MOST_SUBJECT_WORDS:
            yield Topic(phrase.text, 0)
        if phrase.shape in {Shape.NOUN, Shape.CLAUSE}:
            yield from _head(phrase, grammar)
        yield from _opening(phrase, grammar)

    return topics_of


def noun_finder(grammar: Grammar) -> Callable[[Phrase], Iterator[str]]:
    """`nouns_of` of a language: the noun with its article that a clause opens with."""

    def nouns_of(phrase: Phrase) -> Iterator[str]:
        article, noun, *rest = [*phrase.text.split(" "), "", ""]
        opens = article.lower() in grammar.articles and phrase.shape in {Shape.CLAUSE, Shape.NOUN}
        if opens and noun.isalpha() and rest[0]:
            yield f"{article} {noun}"

    return nouns_of


def _opening(phrase: Phrase, grammar: Grammar) -> Iterator[Topic]:
    """The first words of a fact up to its verb or relative: "los cobros", "reclamar facturas"."""
    words = phrase.text.split(" ")
    plain = [word.strip(",;").lower() for word in words]
    if plain[0] in grammar.negations or phrase.shape not in {Shape.NOUN, Shape.CLAUSE, Shape.BARE}:
        return
    near = grammar.prepositions - {"de", "del", "do", "da", "dos", "das", "a", "al", "ao"}
    stops = grammar.subordinators | grammar.finite | grammar.negations | grammar.before_verb | near
    end = next(
        (at for at in range(1, len(words)) if plain[at] in stops or grammar.is_plural_verb(plain[at])), 0
    )
    fewest = 3 if plain[0] in grammar.articles else 2  # "los cobros" alone says too little: `noun_finder`
    loose = plain[end - 1] in grammar.determiners | grammar.prepositions
    whole = fewest <= end <= _MOST_SUBJECT_WORDS and not loose
    if whole and not any("," in word for word in words[:end]):
        yield Topic(" ".join(words[:end]), 4)


def _head(phrase: Phrase, grammar: Grammar) -> Iterator[Topic]:
    words = phrase.text.split(" ")
    if words[0].lower() in grammar.negations:
        return
    if words[0].lower() in grammar.articles:
        words = words[1:]
    near = grammar.prepositions - {"de", "del", "do", "da"}
    stops = grammar.subordinators | grammar.finite | grammar.negations | grammar.before_verb | near
    for at, word in enumerate(words):
        plain = word.strip(",;").lower()
        stop = plain in stops or grammar.is_plural_verb(plain)
        if at and (stop or words[at - 1].endswith(",")):
            head = " ".join(words[:at]).rstrip(",;")
            own = words[0].lower() not in grammar.determiners
            if (
                own
                and 2 <= at <= _MOST_SUBJECT_WORDS
                and words[at - 1].lower() not in grammar.determiners | grammar.prepositions
            ):
                yield Topic(head, 1)
            return
