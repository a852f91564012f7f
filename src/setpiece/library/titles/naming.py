"""Which functions the English words of one role name."""

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import groupby, takewhile

from setpiece.library.titles.functions import OUTSIDE, Function
from setpiece.library.titles.lists import naming
from setpiece.library.titles.title_text import BORDER
from setpiece.library.titles.vocabulary.phrases import Words, as_set
from setpiece.library.titles.words import stem

_LEAST_LETTERS = 2
_BEFORE_OCCUPATION = as_set("""
head chief senior junior associate assistant deputy lead principal staff visiting adjunct managing trainee student
""")
"""Rank words that may stand before what somebody is: `Associate Professor`, `Head Nurse`."""

_LED_BY_THEIR_OWN = {Function.INVESTING, Function.LEGAL_PRACTICE}
_WEAK_AGAINST_LEADERS = OUTSIDE | {Function.GENERAL_MANAGEMENT}


def name_functions(tokens: Sequence[str]) -> tuple[Function, ...]:
    """Functions in the order named, those of offices first.

    An occupation outside offices decides alone (`Professor of Marketing`), a place outside them where nothing but words
    used everywhere speaks against it (`Platform Supervisor, Offshore Drilling`). Words of `together` go before phrases,
    and weak words such as `engineer` count only where nothing stronger is said.
    """
    return _named(tuple(tokens))


@lru_cache(maxsize=16_384)
def _named(tokens: Words) -> tuple[Function, ...]:
    words = without_vice(tokens)
    if occupation := _occupation(words):
        return (Function(occupation),)
    if (foreign := _foreign(words)) and not is_firm(words, against=foreign):
        return (Function(foreign),)
    found = sorted((name for _, name in _phrases(words)), key=OUTSIDE.__contains__)
    return _distinct([*_together(words), *found] or _weak(words))


def is_firm(tokens: Sequence[str], against: str = "") -> bool:
    """Whether a phrase that means one thing everywhere names a function of offices.

    Whoever leads a fund or a law firm invests or practises law, so against those general management is not firm.
    """
    weaker = _WEAK_AGAINST_LEADERS if against in _LED_BY_THEIR_OWN else OUTSIDE
    generic = naming().generic
    named = any(name not in weaker and phrase not in generic for phrase, name in _phrases(tokens))
    return named or bool(_together(tokens))


def is_foreign(tokens: Sequence[str]) -> bool:
    """Whether nothing but work outside offices is named."""
    return bool(_foreign(tokens)) and not is_firm(tokens)


def _foreign(tokens: Sequence[str]) -> str | None:
    """The first occupation or place outside offices."""
    return next((name for _, name in _phrases(tokens) if name in OUTSIDE), None)


def is_vague(tokens: Sequence[str], topic: Set[str]) -> bool:
    """Whether the function rests on weak or everyday words, beside others that say something else."""
    words = without_vice(tokens)
    if _occupation(words) or is_firm(words):
        return False
    return bool(unread_words(words) if _phrases(words) else topic - naming().weak_words)


def unread_words(tokens: Sequence[str]) -> list[str]:
    """Words in no list; numbers and single letters say nothing and are left out."""
    found = (
        word for word in tokens if word != BORDER and len(word) >= _LEAST_LETTERS and not word[0].isdigit()
    )
    return [word for word in found if stem(word) not in naming().read and word not in naming().read]


def first_clause(tokens: Sequence[str]) -> list[str]:
    """What stands before the first comma, conjunction or bracket."""
    start = 1 if tokens[:1] == [BORDER] else 0
    return list(takewhile(lambda word: word != BORDER, tokens[start:]))


def without_vice(tokens: Sequence[str]) -> list[str]:
    """`vice president` names a level, not the president's function."""
    return [
        word
        for at, word in enumerate(tokens)
        if not (word == "president" and at and tokens[at - 1] == "vice")
    ]


def _occupation(tokens: Sequence[str]) -> str | None:
    """What somebody is, where no post of offices is named as well: a `nurse recruiter` recruits."""
    if naming().occupations.isdisjoint(phrase for phrase, _ in _phrases(tokens)):
        return None
    clauses = [list(clause) for is_border, clause in groupby(tokens, BORDER.__eq__) if not is_border]
    for at, clause in enumerate(clauses):
        if name := _occupation_of(clause):
            others = (other for place, other in enumerate(clauses) if place != at)
            return None if any(_is_post(other) for other in others) else name
    return None


def _occupation_of(clause: Sequence[str]) -> str | None:
    lists = naming()
    for start, end, name in lists.functions.spans(clause):
        if name is not None and tuple(clause[start:end]) in lists.occupations:
            around = frozenset(clause[:start]) - _BEFORE_OCCUPATION | frozenset(clause[end:])
            return name if lists.agents.isdisjoint(around) else None
    return None


def _is_post(clause: Sequence[str]) -> bool:
    return not naming().agents.isdisjoint(clause) and is_firm(clause)


def _together(tokens: Sequence[str]) -> list[str]:
    present = frozenset(map(stem, tokens))
    return [name for words, name in naming().together.items() if words <= present]


def _weak(tokens: Sequence[str]) -> list[str]:
    """Whoever manages in general does so in the field that is named beside it."""
    found = naming().weak.meanings(tokens)
    return sorted(found, key=lambda name: name == Function.GENERAL_MANAGEMENT)


def _phrases(tokens: Sequence[str]) -> tuple[tuple[Words, str], ...]:
    return _found(tuple(tokens))


@lru_cache(maxsize=16_384)
def _found(tokens: Words) -> tuple[tuple[Words, str], ...]:
    """The phrases that name functions, each with its function. Kept: several questions are asked of the same tokens."""
    spans = naming().functions.spans(tokens)
    return tuple((tokens[start:end], name) for start, end, name in spans if name is not None)


def _distinct(names: Sequence[str]) -> tuple[Function, ...]:
    return tuple(Function(name) for name in dict.fromkeys(names))
