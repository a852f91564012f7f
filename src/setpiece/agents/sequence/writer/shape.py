"""Which grammatical shape a fact has, so that a sentence can be built around it.

The rules look at the first word and for a finite verb with a subject before it. They are meant to be sure when they
name a shape; whatever is unclear is a FRAGMENT, and fragments get phrasing that holds any shape (after a colon).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.deeds import MASS_NOUNS, is_deed, looks_third, takes_plain_object
from setpiece.agents.sequence.writer.finite import (
    HELPERS,
    OBJECT_OPENERS,
    VERB_FORMS,
    find_finite,
    is_plural,
    tokens_of,
)
from setpiece.agents.sequence.writer.verbs import NOUN_LIKE_VERBS, STRONG_VERBS, word_set


class Shape(StrEnum):
    NOUN = "noun"  # "manual research", "how to keep copy honest"
    LACK = "lack"  # a noun phrase that says what is not there: "no way to test messaging"
    GERUND = "gerund"  # "chasing reps for updates"
    BARE = "bare"  # "reduce ramp time"
    THIRD = "third"  # "writes every email from facts"
    PAST = "past"  # "cut ramp time by 30%" said of someone
    DESCRIPTION = "description"  # "built for RevOps", "self-hosted": fits after "is"
    CLAUSE = "clause"  # "reps lose hours on research"
    QUESTION = "question"
    QUOTE = "quote"
    FRAGMENT = "fragment"


@dataclass(frozen=True, slots=True)
class Hint:
    """What the fact's role says about an unclear first word: "Cut costs" is past in a reference, else bare."""

    reads_as_past: bool = False
    reads_as_deed: bool = False  # "Runs on one machine" says what something does, in a capability
    reads_as_goal: bool = False  # "Hire in a second country" is to be done, in an objective


_QUOTES = {'"': '"', "“": "”", "'": "'", "«": "»", "‘": "’", "„": "“"}
_FRAGMENT_FOLLOWERS = lex.PREPOSITIONS - {"of"} | {"and"}


@lru_cache(maxsize=4_096)
def classify(text: str, hint: Hint | None = None) -> Shape:
    """The shape of one cleaned sentence or phrase without its full stop; kept, because facts come again for each reader."""
    hint = hint or Hint()
    if _is_quoted(text):
        return Shape.QUOTE
    if text.endswith("?"):
        return Shape.QUESTION
    words = tokens_of(text)
    if not words:
        return Shape.FRAGMENT
    if ", " in text and _is_list_without_and(text):
        return Shape.FRAGMENT
    if ": " in text:
        return Shape.CLAUSE if _starts_as_clause(text.split(": ", 1)[0]) else Shape.FRAGMENT
    return _by_first_word(_before_added_clause(words), hint)


def _before_added_clause(words: list[str]) -> list[str]:
    """What stands before ", and" when only what follows is a clause: it alone has the phrase's shape.

    "One place to correct a claim, and every later email follows" takes its place in a sentence as "one place" does.
    """
    for at in range(2, len(words) - 1):
        if words[at - 1] == "," and words[at] in {"and", "so", "but"}:
            head, rest = words[: at - 1], words[at + 1 :]
            if find_finite(head) is None and find_finite(rest) is not None and "," not in head:
                return head
    return words


def _is_list_without_and(text: str) -> bool:
    """True for "same input, same output": a slogan, which no verb takes as its object."""
    words = tokens_of(text)
    return (
        words[0] not in VERB_FORMS
        and not _JOINERS.intersection(words)
        and not _ATTACHED_OPENERS.issuperset(words[words.index(",") + 1 :][:1])
        and find_finite(words) is None
    )


_JOINERS = frozenset({"and", "or"})
_ATTACHED_OPENERS = lex.PREPOSITIONS | word_set("each all both none whatever which who where not")
"""What goes on with the noun before a comma: "fewer emails, each with a reason"."""


def _starts_as_clause(text: str) -> bool:
    return find_finite(tokens_of(text)) is not None


def _is_quoted(text: str) -> bool:
    close = _QUOTES.get(text[:1])
    return close is not None and text.find(close, 2) > 1


def _by_first_word(words: list[str], hint: Hint) -> Shape:
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first == "to" and (second in lex.ALL_VERBS or second == "be"):
        return Shape.BARE
    if first in {"how", "what", "where", "when", "which", "whether"} and second == "to":
        return Shape.NOUN
    if first in lex.LEADING_NEGATIONS or (first, second) == ("do", "not"):
        return Shape.BARE if first == "don't" or first == "do" else Shape.FRAGMENT
    if first in lex.SUBORDINATORS and first not in {"that", "which", "who"}:
        return Shape.CLAUSE if _has_main_clause_after_comma(words) else Shape.FRAGMENT
    verb_shape = _verb_first(words, hint)
    if verb_shape is not None:
        return verb_shape
    if find_finite(words) is not None:
        return Shape.CLAUSE
    return _without_finite(words)


def _verb_first(words: list[str], hint: Hint) -> Shape | None:
    """The shape of a phrase whose first word is a verb form, or None when it need not be one."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    takes_object = second in OBJECT_OPENERS or second[:1].isdigit() or second.endswith("ly")
    if (first in lex.ALL_VERBS or first in lex.GERUNDS) and (noun := _as_noun(words)) is not None:
        return noun
    if second == "and" and len(words) > 3 and words[2] in lex.ALL_VERBS and words[3] in lex.DETERMINERS:
        return Shape.BARE if first in lex.ALL_VERBS else None  # "import and diff the library"
    if first == "uses" and second not in lex.PREPOSITIONS:
        return Shape.THIRD
    if hint.reads_as_past and first in lex.PASTS and second not in {"", "to", "for", "on"}:
        return Shape.PAST
    if first in STRONG_VERBS or first == "be":
        return Shape.BARE
    if first in lex.STRONG_THIRDS or first in {"has", "is", "does"}:
        return Shape.THIRD
    if first in lex.GERUNDS and (
        first not in lex.NOUNS_IN_ING or (second in lex.DETERMINERS and second != "that")
    ):
        return Shape.CLAUSE if _gerund_has_main_verb(words) else Shape.GERUND
    if (
        first.endswith("ing")
        and first not in lex.NOUNS_IN_ING
        and (takes_object or second in lex.SUBORDINATORS or second in lex.PARTICLES)
    ):
        return Shape.GERUND
    if first in lex.PASTS and lex.PASTS[first] != first and first not in lex.PARTICIPLES and takes_object:
        return Shape.PAST
    if (
        hint.reads_as_goal
        and first in _GOAL_VERBS
        and ((second in lex.PREPOSITIONS and second != "of") or is_plural(second) or second in MASS_NOUNS)
    ):
        return Shape.BARE
    if first in NOUN_LIKE_VERBS and (
        takes_object or (second in lex.PARTICLES and len(words) > 2 and first != "control")
    ):
        return Shape.BARE
    if first in NOUN_LIKE_VERBS and second in lex.PREPOSITIONS and _orders_more(words):
        return Shape.BARE
    if first in lex.NOUN_LIKE_THIRDS and is_deed(words, reads_as_deed=hint.reads_as_deed):
        return Shape.THIRD
    if hint.reads_as_deed and looks_third(first) and takes_plain_object(words):
        return Shape.THIRD
    return Shape.BARE if _is_unknown_verb(words) else None


def _as_noun(words: list[str]) -> Shape | None:
    """The shape of a phrase that opens with a verb form used as a noun, or None: "spend is seen late", "hiring that stalls"."""
    first, second, third = (*words, "", "")[:3]
    if second in HELPERS and first not in lex.GERUNDS:
        return Shape.CLAUSE
    if first == "spend" and second in lex.BASE_BY_THIRD and third in lex.PREPOSITIONS:
        return Shape.CLAUSE
    if first == "spend" and second == "that":
        return Shape.NOUN
    if second not in {"that", "which"} or third not in _SURE_VERBS:
        return None
    return Shape.NOUN if find_finite(words) is None else Shape.CLAUSE


def _orders_more(words: list[str]) -> bool:
    """Whether a second deed follows: "click on a number and see the deals"."""
    return any(
        words[at] == "and" and words[at + 1] in STRONG_VERBS and not is_plural(words[at - 1])
        for at in range(2, len(words) - 1)
    )


def _is_unknown_verb(words: list[str]) -> bool:
    """Whether a word that no list has must be a verb, because an article follows: "defend the budget with pipeline"."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if second not in _ARTICLES or first in _NO_UNKNOWN_VERBS or not first.isalpha():
        return False
    if is_plural(first) or first.endswith(("ed", "ing", "ly")):
        return False
    return not any(word in _SURE_VERBS or word in lex.CLEAR_PASTS for word in words[2:])


_SURE_VERBS = HELPERS | lex.BASE_BY_THIRD.keys() | STRONG_VERBS
_ARTICLES = word_set("the a an their your our its every each")
_NO_UNKNOWN_VERBS = lex.COMMON_WORDS | word_set("not half such quite rather plus minus except unlike")


_GOAL_VERBS = word_set(
    "hire plan start run move work talk launch ship sell open grow search respond test train switch spread cut track stop fix raise "
    "book catch check answer protect lower drop win land show hit close"
)
"""Verbs that a goal may open with although they are nouns elsewhere: "spread trucks over the day"."""


def _gerund_has_main_verb(words: list[str]) -> bool:
    """True for "onboarding reps takes months"; a verb after a preposition belongs to a relative clause."""
    at = find_finite(words)
    return at is not None and at > 1 and not lex.PREPOSITIONS.intersection(words[1:at])


def _without_finite(words: list[str]) -> Shape:
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in lex.PARTICIPLES and second in {"by", "for", "to", "on", "in", "with", "from", "as", "into"}:
        return Shape.DESCRIPTION
    if first in lex.ADJECTIVES and (len(words) == 1 or second in {"to", "by", "and", "for", "in", "with"}):
        return Shape.DESCRIPTION
    if len(words) <= 3 and words[-1] in lex.ADJECTIVES and words[0].endswith("ly"):
        return Shape.DESCRIPTION
    if first in lex.PREPOSITIONS and first not in {"like", "per"}:
        return Shape.FRAGMENT
    if first in NOUN_LIKE_VERBS and second in _FRAGMENT_FOLLOWERS:
        return Shape.FRAGMENT
    return Shape.FRAGMENT if _may_be_clause(words) else Shape.NOUN


def _may_be_clause(words: list[str]) -> bool:
    """Whether it may be a noun or a sentence, as "the dock plans with trucks" is: it then gets what holds both."""
    at = next((at for at in (2, 3) if words[at : at + 1] and words[at] in lex.NOUN_LIKE_THIRDS), 0)
    followed = at > 0 and len(words) > at + 1 and words[at + 1] in lex.PREPOSITIONS and words[at + 1] != "of"
    return words[0] == "the" and followed and not words[at - 1].endswith("s")


def _has_main_clause_after_comma(words: list[str]) -> bool:
    """Whether a main clause follows one that opens with "when", "if", "what" and the like."""
    if "," in words[2:]:
        return find_finite(words[words.index(",", 2) + 1 :]) is not None
    first = find_finite(words[1:])
    return first is not None and find_finite(words[first + 1 :]) is not None
