"""A question as read: what has to be found for a yes, and whether it asks for the opposite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.words import Word, words_of

_OPENERS = w.AUXILIARIES
_NEGATING = w.roots("not no never without lack lacks")
_NOBODY = w.roots("nobody none")
_AND_UP = w.roots("above higher more up fewer less lower below")
MOST_CHARACTERS = 500
_MOST_VARIANTS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with one alternative.

    `terms` are the words that evidence must have, in their order; `loose` those that it may have anywhere. `opener` is the
    verb it begins with. `about_having` is set when the question asks whether there is something, `is_a` when it asks what
    somebody is, `about_now` when it asks what holds today. `flipped` when it asks for the absence of what the terms say.
    """

    text: str
    terms: tuple[Word, ...]
    loose: frozenset[str] = frozenset()
    about_having: bool = False
    is_a: bool = False
    flipped: bool = False
    about_person: bool = False
    about_now: bool = False

    @property
    def roots(self) -> tuple[str, ...]:
        return tuple(word.root for word in self.terms)


@lru_cache(maxsize=4_096)
def read_question(text: str) -> tuple[Asked, ...]:
    """The question's alternatives: one, or several where it says `or`. Empty when it is no yes-or-no question."""
    words = words_of(text[:MOST_CHARACTERS])
    if not words or words[0].root not in _OPENERS:
        return ()
    return tuple(_asked(text, words[0], rest) for rest in _alternatives(words[1:]))


def _alternatives(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """`A or B` in the place of one word: a reading with each. `or above` is no alternative."""
    at = next((i for i, one in enumerate(words) if _parts(words, i)), None)
    if at is None:
        yield tuple(words)
        return
    left = _listed(words, at)
    ends = [*left, at + 1]
    while ends[-1] + 2 < len(words) and words[ends[-1] + 1].root == "or":
        ends.append(ends[-1] + 2)
    for end in ends[:_MOST_VARIANTS]:
        yield (*words[: left[0]], words[end], *words[ends[-1] + 1 :])


def _parts(words: Sequence[Word], at: int) -> bool:
    return words[at].root == "or" and 0 < at < len(words) - 1 and words[at + 1].root not in _AND_UP


def _listed(words: Sequence[Word], at: int) -> list[int]:
    """The word before `or`; names before it that form a list with it count too."""
    first = at - 1
    while first > 0 and words[first].named and words[first - 1].named:
        first -= 1
    return list(range(first, at))


def _asked(text: str, opener: Word, words: Sequence[Word]) -> Asked:
    there = bool(words) and words[0].root == "ther"
    rest, subject = _after_subject([one for one in words if one.root not in w.FILLERS and one.root != "ther"])
    rest, flipped = _without_negation(rest)
    having = there or (flipped and opener.root in w.BE)
    if rest and rest[0].root in w.HAVE and opener.root not in w.BE:
        having, rest = True, rest[1:]
    if opener.root == "lack":
        having = True
    terms = tuple(
        one
        for one in rest
        if one.root not in w.ARTICLES and not _is_auxiliary(one) and one.root not in ("and", "who")
    )
    loose = frozenset(one.root for one in terms if one.root in w.LOOSE)
    asked = Asked(text, tuple(one for one in terms if one.root not in loose), loose, having)
    is_a = opener.root in w.BE and not having
    return replace(
        asked, is_a=is_a, flipped=flipped, about_person=subject in _PERSON, about_now=opener.root in _PRESENT
    )


_PRESENT = w.roots("do does is are")
_PERSON = w.roots("person contact lead he she founder")


def _is_auxiliary(word: Word) -> bool:
    return word.root in w.AUXILIARIES


def _after_subject(words: list[Word]) -> tuple[list[Word], str]:
    """Without the leading `the company`, `they`, `the person`."""
    at = 0
    while at < len(words) - 1 and words[at].root in w.ARTICLES - {"this"}:
        at += 1
    if at < len(words) and words[at].root == "this":
        at += 1 if at + 1 < len(words) and words[at + 1].root in w.SUBJECTS else 0
    if at < len(words) and words[at].root in w.SUBJECTS and words[at].root not in w.roots("somebody someone"):
        return words[at + 1 :], words[at].root
    return words, ""


def _without_negation(words: list[Word]) -> tuple[list[Word], bool]:
    """`no sales team`, `without`, `lack`, `nobody`: the rest, and that the question asks for its absence."""
    kept, flips = [], 0
    for word in words:
        if word.root in _NEGATING:
            flips += 1
        elif word.root in _NOBODY:
            flips += 1
            kept.append(words_of("somebody")[0])
        else:
            kept.append(word)
    return kept, flips % 2 == 1
