"""How a phrase can stand inside a sentence, told apart from phrases whose grammar is only guessed.

The writer names the likeliest shape of a fact. A question such as "How often do you find that ...?" needs to be sure: so
what could be read in another way ("spend is seen early", "meetings that are booked and do not happen") is given the
form ANY, which stands after a colon.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from setpiece.agents.sequence.writer.finite import find_finite, tokens_of
from setpiece.agents.sequence.writer.lexicon import ALL_VERBS, DETERMINERS, PREPOSITIONS
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.verbs import STRONG_VERBS


class Form(StrEnum):
    NOUN = "noun"  # after "of", "for", "is there": "lock-in behind a format"
    GERUND = "gerund"  # the same places: "chasing reps for updates"
    LACK = "lack"  # after "have": "no way to test messaging"
    DEED = "deed"  # after "to" or "you": "reduce ramp time"
    CLAUSE = "clause"  # after "when", "if", "that": "reps lose hours on research"
    ANY = "any"  # after a colon


WISHES = {Form.DEED: "want to", Form.NOUN: "are after"}
"""How a sentence says that somebody wants what a phrase of such a form names: "you want to reduce ramp time"."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A phrase in the form that a sentence can hold."""

    form: Form
    text: str
    phrase: Phrase


def embed(phrase: Phrase) -> Embedded:
    """The phrase in the form that is sure, else in the one that holds anything."""
    form = _FORMS.get(phrase.shape, Form.ANY)
    if form is Form.NOUN and phrase.text.lower().startswith("no "):
        form = Form.LACK
    if form in _IS_SURE and not _IS_SURE[form](phrase):
        form = Form.ANY
    return Embedded(form, _without_new_article(phrase) if form is Form.ANY else phrase.text, phrase)


def is_surely_a_deed(phrase: Phrase) -> bool:
    """Whether what was read as a deed can be no noun phrase: "answers to the board", "spend that is seen late"."""
    first, second = ([*phrase.text.lower().split(" ", 2), "", ""])[:2]
    return second not in _AFTER_A_NOUN and (first in STRONG_VERBS or second in DETERMINERS)


def _is_surely_a_noun(phrase: Phrase) -> bool:
    """Not "defend the budget", "pass reviews", "every manager forecasts in a different way", "one place to correct, and all follow"."""
    words = tokens_of(phrase.fact_text)
    second = words[1] if len(words) > 1 else ""
    has_object = second in DETERMINERS - {"that"} and words[0] not in DETERMINERS | PREPOSITIONS
    opens_as_deed = has_object or (words[0] in ALL_VERBS and second.endswith("s"))
    return not (
        opens_as_deed or words[0] in _OPENS_A_CLAUSE or words[-1].endswith("ly") or _MORE.search(phrase.text)
    )


def _is_surely_a_gerund(phrase: Phrase) -> bool:
    """Not "rising cost for every lead"."""
    return tokens_of(phrase.text)[0] not in _ADJECTIVES_IN_ING


def _is_surely_a_clause(phrase: Phrase) -> bool:
    """Not "meetings that are booked and then do not happen", "targets set on leads"."""
    words = tokens_of(phrase.text)
    at = find_finite(words)
    return at is not None and words[at] not in _SAME_IN_THE_PAST and not _RELATIVES.intersection(words[1:at])


_FORMS = {
    Shape.NOUN: Form.NOUN,
    Shape.GERUND: Form.GERUND,
    Shape.LACK: Form.LACK,
    Shape.BARE: Form.DEED,
    Shape.CLAUSE: Form.CLAUSE,
}
_IS_SURE = {
    Form.DEED: is_surely_a_deed,
    Form.NOUN: _is_surely_a_noun,
    Form.LACK: _is_surely_a_noun,
    Form.GERUND: _is_surely_a_gerund,
    Form.CLAUSE: _is_surely_a_clause,
}
_MORE = re.compile(r", (?:and|so|but|which|who) ")
_RELATIVES = frozenset({"that", "which", "who", "whose"})
_AFTER_A_NOUN = _RELATIVES | {"is", "are", "was", "were", "has", "have", "can", "will"}
_OPENS_A_CLAUSE = frozenset(
    {"every", "each", "everybody", "everyone", "nobody", "somebody", "all", "they", "we"}
)
_SAME_IN_THE_PAST = frozenset({"set", "cut", "put", "read", "hit", "let", "cost", "spread", "split", "shut"})
_ADJECTIVES_IN_ING = frozenset(
    {
        "rising",
        "growing",
        "falling",
        "increasing",
        "declining",
        "shrinking",
        "missing",
        "remaining",
        "existing",
        "ongoing",
        "aging",
        "ageing",
        "competing",
        "conflicting",
        "changing",
        "lasting",
    }
)


def _without_new_article(phrase: Phrase) -> str:
    """The phrase without an article that the fact itself does not have."""
    article, _, rest = phrase.text.partition(" ")
    added = article in {"a", "an"} and not phrase.fact_text.lower().startswith(f"{article} ")
    return rest if added else phrase.text
