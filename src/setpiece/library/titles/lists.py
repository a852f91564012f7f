"""Every word list, made into tables when a title is first read: a process that reads none pays nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from setpiece.library.titles.compounds import Compounds
from setpiece.library.titles.spelling import Speller
from setpiece.library.titles.vocabulary import (
    abbreviations,
    function_phrases,
    german,
    german_fields,
    noise,
    outside_offices_translated,
    read,
    romance_commerce,
    romance_fields,
    romance_posts,
    romance_work,
    seniority_phrases,
)
from setpiece.library.titles.vocabulary.outside_offices import OUTSIDE_OFFICES
from setpiece.library.titles.vocabulary.phrases import (
    Phrases,
    Words,
    phrases,
    translations,
    with_plurals,
)
from setpiece.library.titles.words import stem

_TRANSLATED = (
    "english.txt",
    "german_commerce.txt",
    "german_offices.txt",
    "german_outside.txt",
    "french_commerce.txt",
    "french_offices.txt",
    "french_outside.txt",
    "spanish_commerce.txt",
    "spanish_offices.txt",
    "spanish_outside.txt",
    "portuguese_offices.txt",
    "portuguese_outside.txt",
)
"""In this order: where two say something of one word, the first counts."""


@dataclass(frozen=True, slots=True)
class Translating:
    """What puts the words of a title into English.

    `english` are the words that need no translation, `known` all that are no misspelling, `second_meanings` what the
    short forms of several meanings may stand for besides the first.
    """

    phrases: Phrases[Words]
    english: Mapping[Words, Words]
    compounds: Compounds
    known: frozenset[str]
    speller: Speller
    second_meanings: tuple[tuple[str, Words], ...]
    short_forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Naming:
    """Which English words name which function and level.

    `generic` are the phrases of `functions` that also occur far from offices, `occupations` what somebody is who works
    outside one, and `settings` where. `together` are words that name a function wherever they stand in a role. `read`
    holds every stemmed word of the lists, and the words that say for whom or in which industry.
    """

    functions: Phrases[str]
    weak: Phrases[str]
    levels: Phrases[str]
    occupations: frozenset[Words]
    settings: frozenset[Words]
    generic: frozenset[Words]
    together: Mapping[frozenset[str], str]
    weak_words: frozenset[str]
    read: frozenset[str]
    ranks: frozenset[str]
    agents: frozenset[str]


@cache
def translating() -> Translating:
    table = translations(
        read.text(*_TRANSLATED),
        abbreviations.EXPANSIONS,
        outside_offices_translated.TRANSLATIONS,
        german.TRANSLATIONS,
        german_fields.TRANSLATIONS,
        romance_posts.TRANSLATIONS,
        romance_commerce.TRANSLATIONS,
        romance_work.TRANSLATIONS,
        romance_fields.TRANSLATIONS,
    )
    naming_tables = (_function_table(), phrases(function_phrases.WEAK), phrases(seniority_phrases.LEVELS))
    english: dict[Words, Words] = {
        (word,): (word,) for one in naming_tables for words in one for word in words
    }
    words = frozenset(word for found in (*english, *table) for word in found)
    second = tuple(
        (short, tuple(meaning.split()))
        for line in abbreviations.AMBIGUOUS.strip().split("\n")
        for short, _, meaning in [line.partition(" = ")]
    )
    return Translating(
        phrases=Phrases(table),
        english=english,
        compounds=Compounds(
            {word: word for word in english} | table,
            translations(german.COMPOUND_HEADS),
            translations(german.COMPOUND_TAILS, read.text("german_tails.txt")),
        ),
        known=words | noise.QUALIFIERS | noise.FILLERS | noise.PAST | read.words("scopes.txt"),
        speller=Speller(words),
        second_meanings=second,
        short_forms=frozenset(short for short, _ in second),
    )


@cache
def naming() -> Naming:
    functions, levels = _function_table(), phrases(seniority_phrases.LEVELS)
    weak = phrases(function_phrases.WEAK)
    settings, tables = read.named_phrases("settings.txt"), (functions, weak, levels)
    single_levels = frozenset(words[0] for words in levels if len(words) == 1)
    weak_words = frozenset(stem(word) for words in weak for word in words)
    scopes = noise.QUALIFIERS | read.words("scopes.txt")
    named = (word for table in tables for words in table for word in words)
    return Naming(
        functions=Phrases(with_plurals(functions), either_order=True),
        weak=Phrases(with_plurals(weak)),
        levels=Phrases(levels),
        occupations=frozenset(_outside_table()) - frozenset(settings),
        settings=frozenset(settings),
        generic=frozenset((word,) for word in read.words("generic.txt")),
        together={frozenset(words): name for words, name in read.named_phrases("together.txt").items()},
        weak_words=weak_words,
        read=frozenset(stem(word) for word in (*named, *scopes)),
        ranks=single_levels | {"vice", "president"},
        agents=single_levels | {"executive", "officer"},
    )


def _function_table() -> dict[Words, str]:
    """What `data` says goes before the older lists."""
    return phrases(function_phrases.STRONG) | read.named_phrases("functions.txt") | _outside_table()


def _outside_table() -> dict[Words, str]:
    listed = read.named_phrases("settings.txt") | read.named_phrases("occupations.txt")
    return phrases(OUTSIDE_OFFICES) | listed
