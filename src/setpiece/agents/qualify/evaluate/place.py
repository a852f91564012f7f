"""Where: countries, their regions and some cities, from fields and from what text says of the headquarters."""

from collections.abc import Iterator, Sequence
from itertools import islice

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.claim import polarity_of
from setpiece.agents.qualify.evaluate.gazetteer import PLACES, joined_places
from setpiece.agents.qualify.evaluate.known import Clause, Field, Known, is_current
from setpiece.agents.qualify.evaluate.question import Asked
from setpiece.agents.qualify.evaluate.verdict import Evidence, Verdict, no, yes
from setpiece.agents.qualify.evaluate.words import Word, words_of
from setpiece.matching.model import Confidence

_SEATED = w.roots("based headquartered located headquarters headquarter hq seat registered incorporated")
_SEAT_LABELS = w.roots("headquarters hq headquarter location country city region address state")
_NOT_THEIRS = w.roots("person contact customer investor partner event")
_IDLE = (
    w.PREPOSITIONS
    | w.ARTICLES
    | w.SUBJECTS
    | w.AUXILIARIES
    | w.roots("region area in main office headquarters city country")
)


def from_places(asked: Asked, known: Known) -> Iterator[Verdict]:
    """Only for questions on where the company has its seat: where else it is active is no contradiction."""
    wanted = places_in(asked.terms)
    if len(wanted) != 1 or not _asks_for_seat(asked):
        return
    (name, countries), *_ = wanted
    for field in known.fields:
        if _is_seat(field, known):
            found = _countries(words_of(field.value))
            if verdict := _compare(name, countries, found, Evidence(field.place, field.value)):
                yield verdict
    for clause in islice(known.clauses_with_any(_SEATED), _MOST_COMPARED):
        yield from _told(asked, clause, name, countries, known.names)


_MOST_COMPARED = 60
"""Clauses on a seat; a page of notes has one or two. Bounds the work for a hostile request."""


def _is_seat(field: Field, known: Known) -> bool:
    """A plain `location` beside a job title may be where the person lives."""
    certain = field.roots & (_SEATED | w.roots("company hq")) or not known.job_title
    return bool(
        field.roots & _SEAT_LABELS and certain and is_current(field) and not field.roots & _NOT_THEIRS
    )


def _asks_for_seat(asked: Asked) -> bool:
    roots = [word.root for word in words_of(asked.text)]
    others = {word.root for word in joined_places(asked.terms) if word.root not in PLACES}
    return bool(_SEATED & set(roots)) and others <= _IDLE | _SEATED


def _told(
    asked: Asked, clause: Clause, name: str, countries: frozenset[str], names: frozenset[str]
) -> Iterator[Verdict]:
    """`headquartered in Lyon, France`."""
    at = next(
        (i for i, word in enumerate(clause.words) if word.root in _SEATED and _leads(clause.words, i)), None
    )
    if at is None or polarity_of(asked, clause.words, (at,), names, _SEATED | {"in"}) is not True:
        return
    found = _countries(clause.words[at + 2 :])
    if verdict := _compare(name, countries, found, Evidence(clause.place, clause.text)):
        yield verdict


def _leads(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].root in ("in", "is", "at")


def _compare(name: str, wanted: frozenset[str], found: frozenset[str], evidence: Evidence) -> Verdict | None:
    """Yes when every country named lies in the place asked for, no when none does."""
    if not found:
        return None
    if found <= wanted:
        return yes(evidence, f"The seat named lies in {name.title()}.", Confidence.HIGH)
    return (
        None
        if found & wanted
        else no(evidence, f"The seat named does not lie in {name.title()}.", Confidence.HIGH)
    )


def _countries(words: Sequence[Word]) -> frozenset[str]:
    """The countries meant: those named, else the countries of the cities and states named."""
    found = [countries for _, countries in places_in(words)]
    single = [one for one in found if len(one) == 1]
    return frozenset().union(*(single or found)) if found else frozenset()


def places_in(words: Sequence[Word]) -> list[tuple[str, frozenset[str]]]:
    """Every place named, with the countries it holds."""
    return [(word.root, PLACES[word.root]) for word in joined_places(words) if word.root in PLACES]
