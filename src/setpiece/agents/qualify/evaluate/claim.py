"""The general rule: a clause that says what is asked, word for word and in the same order, about the same subject."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.gazetteer import PLACES, joined_places
from setpiece.agents.qualify.evaluate.known import Known
from setpiece.agents.qualify.evaluate.question import Asked
from setpiece.agents.qualify.evaluate.verdict import Evidence, Verdict, no, yes
from setpiece.agents.qualify.evaluate.words import Word
from setpiece.matching.model import Confidence

_MOST_BETWEEN = 3
"""Words between two that are asked for. With four, `sells beds to the hospital` began to answer other questions."""
_MOST_COMPARED = 200
"""Clauses that have every word asked for. Bounds the work for a hostile request."""
_LEGAL_FORMS = w.roots("corp inc gmbh ltd llc ag sa plc bv")
_EMPHASIS = w.roots("ever longer yet at all")


def from_claims(asked: Asked, known: Known) -> Iterator[Verdict]:
    """A verdict for each clause that decides; none when no clause has every word."""
    if not asked.terms or (len(asked.terms) == 1 and not asked.terms[0].named and not _is_state(asked)):
        return
    terms = joined_places(asked.terms)
    wanted = [word.root for word in terms if word.root not in PLACES]
    for clause in islice(known.clauses_with([*wanted, *asked.loose]), _MOST_COMPARED):
        words = joined_places(clause.words)
        span = matched_span(terms, words)
        if span is None:
            continue
        polarity = polarity_of(asked, words, span, known.names)
        evidence = Evidence(clause.place, clause.text)
        if polarity is True:
            yield yes(evidence, "It is said in these words.", Confidence.HIGH)
        elif polarity is False:
            yield no(evidence, "The opposite is said in these words.", Confidence.HIGH)


def _is_state(asked: Asked) -> bool:
    """`Are they hiring?`: one word can be enough after `are` or `is`."""
    return not asked.about_having


def matched_span(terms: Sequence[Word], words: Sequence[Word]) -> tuple[int, ...] | None:
    """Places of the terms in the clause: in order and near each other, or with the verb at the end of a passive."""
    found = _in_order(terms, words)
    if found is None and len(terms) > 1:
        found = _passive(terms, words)
    return found


def _in_order(terms: Sequence[Word], words: Sequence[Word]) -> tuple[int, ...] | None:
    starts = [at for at, word in enumerate(words) if _same(terms[0], word)]
    for start in starts:
        places = [start]
        for term in terms[1:]:
            reach = range(places[-1] + 1, min(places[-1] + 2 + _MOST_BETWEEN, len(words)))
            at = next((one for one in reach if _same(term, words[one])), None)
            if at is None:
                break
            places.append(at)
        if len(places) == len(terms):
            return tuple(places)
    return None


def _passive(terms: Sequence[Word], words: Sequence[Word]) -> tuple[int, ...] | None:
    """`a trial is offered` for `offer a trial`: the verb comes last, after a form of `be`."""
    found = _in_order((*terms[1:], terms[0]), words)
    if found is None or not any(
        words[at].root in w.BE for at in range(max(found[-2] + 1, found[-1] - 3), found[-1])
    ):
        return None
    return found


def _same(term: Word, word: Word) -> bool:
    """A name in the question is a name in the text: `Clay` is no clay. A place lies in the place asked for."""
    if term.root in PLACES and word.root in PLACES:
        return PLACES[word.root] <= PLACES[term.root]
    return term.root == word.root and (word.named or not term.named)


def polarity_of(
    asked: Asked,
    words: Sequence[Word],
    places: Sequence[int],
    names: frozenset[str],
    extra: frozenset[str] = frozenset(),
) -> bool | None:
    """True when the clause says it, False when it denies it, None when it is about others, uncertain or only partly so."""
    first, last = min(places), max(places)
    around = [word for at, word in enumerate(words) if at not in places]
    if any(word.root in _hedges(asked) for word in around) or _is_past_habit(words, first):
        return None
    before, after = words[:first], words[last + 1 :]
    between = [words[at] for at in range(first, last) if at not in places]
    if _is_by_others(after) or (asked.about_now and _is_past([*before, *between], words, first)):
        return None
    if any(word.root in w.NEGATORS for word in after) or not _continues(after):
        return None
    if not _is_subject(asked, before, names, extra) or any(
        word.root in ("only", "which", "that") for word in before
    ):
        return None
    negators = [word.root for word in (*before, *between) if word.root in w.NEGATORS]
    if not negators:
        return True
    joined = negators in (["neither"], ["neither", "nor"]) or len(negators) == 1
    return False if joined and _unrestricted(after, asked) else None


def _is_by_others(after: Sequence[Word]) -> bool:
    """`is used by their parent`."""
    doers = [word.root for word in after[1:3]]
    return bool(after) and after[0].root == "by" and not set(doers) <= w.SUBJECTS | w.ARTICLES


_PAST = frozenset({"had", "was", "were", "did"})
_HELPING = w.BE | w.roots("has have")


def _is_past(around: Sequence[Word], words: Sequence[Word], first: int) -> bool:
    """Whether the clause says what was: `they used Salesforce`, `they had a team`."""
    if any(word.text.lower() in _PAST for word in around):
        return True
    verb = words[first]
    helped = any(word.root in _HELPING for word in words[max(0, first - 3) : first])
    return verb.text.lower().endswith("ed") and not verb.named and not helped


def _hedges(asked: Asked) -> frozenset[str]:
    """A question about plans is answered by plans: `next year` is no doubt then."""
    return w.HEDGES - _AHEAD if w.HEDGES & set(asked.roots) else w.HEDGES


_AHEAD = w.roots("next soon will")


def _is_past_habit(words: Sequence[Word], first: int) -> bool:
    """`used to use`."""
    texts = [word.text.lower() for word in words[: first + 1]]
    return ("used", "to") in pairwise(texts)


def _is_subject(asked: Asked, before: Sequence[Word], names: frozenset[str], extra: frozenset[str]) -> bool:
    """Whether what stands before can be the company or person itself, and nothing else."""
    allowed = _ALLOWED | names | extra | (w.HAVE if asked.about_having else frozenset())
    rest = [at for at, word in enumerate(before) if word.root not in allowed and not word.root.isdigit()]
    if not rest:
        return True
    return not names and _is_legal_name(before, rest)


_ALLOWED = (
    (
        w.SUBJECTS
        | w.ARTICLES
        | w.AUXILIARIES
        | w.NEGATORS
        | w.TIMES
        | w.FILLERS
        | w.LOOSE
        | _EMPHASIS
        | {"and", "or", "of", "as", "after", "year"}
    )
    - w.roots(
        "any",
    )
    - w.HEDGES
)


def _is_legal_name(before: Sequence[Word], rest: Sequence[int]) -> bool:
    """`Example GmbH runs …`, when the request names no company: a name with its legal form can only be theirs."""
    forms = [at for at, word in enumerate(before) if word.root in _LEGAL_FORMS]
    return len(forms) == 1 and all(before[at].named and at <= forms[0] for at in rest)


_TAIL = (
    w.PREPOSITIONS
    | w.TIMES
    | w.ARTICLES
    | w.FILLERS
    | w.LOOSE
    | w.roots("they it he she")
    | {"and", "or", "than", "too"}
)


def _continues(after: Sequence[Word]) -> bool:
    """Whether the last word matched is the end of its phrase: `an enterprise plan` is not about enterprises."""
    return not after or after[0].root in _TAIL or after[0].root.isdigit()


def _unrestricted(after: Sequence[Word], asked: Asked) -> bool:
    """A denial counts only without a restriction behind it: `no office in Spain` leaves others open."""
    return all(
        word.root in w.TIMES | w.FILLERS | _EMPHASIS | w.SUBJECTS | {"nor"} | set(asked.roots)
        for word in after
    )
