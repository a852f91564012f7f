"""How many: a bound in the question against numbers given for the same thing."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.known import Clause, Known
from setpiece.agents.qualify.evaluate.numbers import Found, Interval, find_intervals, interval_in, read_bound
from setpiece.agents.qualify.evaluate.question import Asked
from setpiece.agents.qualify.evaluate.verdict import Answer, Evidence, Verdict
from setpiece.agents.qualify.evaluate.words import Word, words_of
from setpiece.matching.model import Confidence

_EMPLOYEES = w.roots("employee employees people staff headcount fte ftes worker workers person")
_EMPLOYEE_LABELS = frozenset(
    w.roots(one)
    for one in (
        "employees", "employee count", "number of employees", "headcount", "head count", "company size", "staff", "size", "fte",
        "employee range", "employees range", "company headcount", "company employee count", "people",
    )
)  # fmt: skip
_REVENUE = w.roots("revenue arr turnover")
_REVENUE_LABELS = frozenset(
    w.roots(one)
    for one in (
        "revenue",
        "annual revenue",
        "arr",
        "turnover",
        "yearly revenue",
        "annual recurring revenue",
        "revenue range",
    )
)
_ABOUT_SIZE = w.roots("employ large big size team count number total") | {"larg"}
_ABOUT_MONEY = w.roots("annual yearly recurring mak make per year dollars euros usd eur") | {"of", "in"}
_RESTRICTING = (
    w.roots(
        "sales marketing support engineering product london office offices site floor department team division regional local"
    )
    | w.PREPOSITIONS
)
"""Words that make a number one of a part: it can show that there are at least so many, and nothing else."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The bound, and the roots of what is counted; `beside` must stand in the same clause."""

    bound: Interval
    unit: frozenset[str]
    beside: frozenset[str]
    labels: frozenset[frozenset[str]]
    about_now: bool


def from_quantities(asked: Asked, known: Known) -> Iterator[Verdict]:
    """A verdict for each number that lies wholly inside or outside the bound."""
    wanted = _wanted(asked)
    if wanted is None:
        return
    for field in known.fields:
        if field.roots in wanted.labels:
            found = interval_in(words_of(field.value))
            if found and (
                verdict := _compare(wanted.bound, found, Evidence(field.place, field.value), whole=True)
            ):
                yield verdict
    for clause in islice(_counting(wanted, known), _MOST_COMPARED):
        yield from _from_clause(wanted, clause, known.names)


_MOST_COMPARED = 60
"""Clauses with a number of the thing asked for; a page of notes has a handful. Bounds the work for a hostile request."""


def _counting(wanted: _Wanted, known: Known) -> Iterator[Clause]:
    """Clauses that hold what is counted, with nothing uncertain in them, and of today when the question is."""
    for clause in known.clauses_with_any(wanted.unit):
        roots = clause.roots
        past = wanted.about_now and not _PAST.isdisjoint(word.text.lower() for word in clause.words)
        if wanted.beside <= roots and roots.isdisjoint(_UNCERTAIN) and not past:
            yield clause


_PAST = frozenset({"had", "was", "were", "employed", "counted"})
_UNCERTAIN = w.HEDGES | w.NEGATORS


def _wanted(asked: Asked) -> _Wanted | None:
    bound = read_bound(words_of(asked.text))
    if bound is None:
        return None
    named = [word for word in bound.rest(asked.terms) if word.root not in w.ARTICLES | w.BE]
    roots = frozenset(word.root for word in named)
    if roots & _REVENUE and roots <= _REVENUE | _ABOUT_MONEY | w.SUBJECTS:
        return _Wanted(bound.interval, roots & _REVENUE, frozenset(), _REVENUE_LABELS, asked.about_now)
    if (
        roots
        and roots & _EMPLOYEES
        and roots <= _EMPLOYEES | _ABOUT_SIZE | w.SUBJECTS | w.PREPOSITIONS - {"on", "in"}
    ):
        return _Wanted(
            bound.interval, _EMPLOYEES - {"headcount"}, frozenset(), _EMPLOYEE_LABELS, asked.about_now
        )
    if not named or not bound.unit:
        return None
    unit = bound.unit[-1].root
    return _Wanted(
        bound.interval,
        frozenset({unit}),
        roots - {unit} - w.PREPOSITIONS - w.HAVE - {"of"},
        frozenset({roots}),
        asked.about_now,
    )


def _from_clause(wanted: _Wanted, clause: Clause, names: frozenset[str]) -> Iterator[Verdict]:
    for found in _intervals(clause.words):
        if wanted.unit & _REVENUE:
            placed = _money_of(clause.words, found.start, wanted)
        else:
            placed = _counted(clause.words, found.end, wanted)
        whole = _is_whole(clause.words, found.start, placed, wanted, names) if placed is not None else None
        if whole is None:
            continue
        verdict = _compare(wanted.bound, found.interval, Evidence(clause.place, clause.text), whole=whole)
        if verdict:
            yield verdict


@lru_cache(maxsize=2_048)
def _intervals(words: tuple[Word, ...]) -> tuple[Found, ...]:
    """Kept, because every question of a run asks the same clauses."""
    return tuple(find_intervals(words))


def _counted(words: Sequence[Word], end: int, wanted: _Wanted) -> int | None:
    """The place of the unit that the number counts: right behind it, or after two of its qualifiers."""
    for at in range(end, min(end + 3, len(words))):
        if words[at].root in wanted.unit:
            return at
        if words[at].root in _ENDING:
            return None
    return None


_ENDING = w.PREPOSITIONS | w.AUXILIARIES | {"and", "or", "of"}
"""Words behind which a number counts something else."""


def _money_of(words: Sequence[Word], start: int, wanted: _Wanted) -> int | None:
    before = [at for at in range(max(0, start - 4), start) if words[at].root in wanted.unit]
    return before[-1] if before else None


_BEFORE = (
    w.SUBJECTS
    | w.ARTICLES
    | w.AUXILIARIES
    | w.TIMES
    | w.HAVE
    | w.FILLERS
    | w.roots(
        "employ employs staff headcount total about around approximately roughly over more than at least fewer less under some size of count with there full-time annual revenue is"
    )
    | {"ther"}
)


def _is_whole(
    words: Sequence[Word], start: int, unit: int, wanted: _Wanted, names: frozenset[str]
) -> bool | None:
    """True for a number of the whole company, False for one of a part, None when it is about somebody else."""
    before = [word for word in words[:start] if word.root not in _BEFORE]
    before = [word for word in before if word.root not in names | wanted.beside | wanted.unit]
    legal = not names and any(word.root in _LEGAL_FORMS for word in before)
    if any(word.root not in _RESTRICTING and not (legal and word.named) for word in before):
        return None
    between = {word.root for word in words[start + 1 : unit] if not word.root[0].isdigit()}
    restricting = {*(word.root for word in before), *between} & _RESTRICTING
    qualified = between - _WHOLE and wanted.labels is _EMPLOYEE_LABELS
    return not (restricting - wanted.beside or qualified or _is_part(words[unit + 1 :], wanted))


_LEGAL_FORMS = w.roots("corp inc gmbh ltd llc ag plc")
"""`Example GmbH employs …` is about them when the request names no company."""
_WHOLE = w.roots("full-time total")
_OFFICES = w.root_of("offices")


def _is_part(after: Sequence[Word], wanted: _Wanted) -> bool:
    """`12 employees in sales`; but `200 employees in two offices` are all of them."""
    roots = [word.root for word in after]
    if not roots or roots[0] not in w.PREPOSITIONS or wanted.beside & set(roots):
        return False
    return not (roots[0] == "in" and _OFFICES in roots)


def _compare(bound: Interval, found: Interval, evidence: Evidence, *, whole: bool) -> Verdict | None:
    """A part of the company can only show that a lower bound is reached."""
    if not whole:
        found = Interval(found.low, math.inf)
    if bound.holds(found):
        answer, told = Answer.YES, "lies within"
    elif bound.excludes(found):
        answer, told = Answer.NO, "lies outside"
    else:
        return None
    return Verdict(answer, f"{found} {told} {bound}.", Confidence.HIGH, (evidence,))
