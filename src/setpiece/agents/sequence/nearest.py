"""The entities of a large kind that share the most telling terms with a prospect."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from uuid import UUID

from setpiece.agents.sequence.repository import RetrievalRepository

_MOST_TERMS = 60
_OF_A_TERM = 4
"""Times as many as are wanted are looked at for one term. A term that more share says little by itself."""
_BROUGHT = 2
"""Times as many as are wanted are compared on all their terms."""
_APART = 1_000.0
"""Between one rank of terms and the next: more than the words of one prospect can weigh together."""


async def pick_nearest(
    retrieval: RetrievalRepository, most_by_kind: Mapping[str, int], terms: Sequence[str]
) -> dict[str, list[UUID]]:
    """Of each kind as many entities as are wanted, those nearest to the terms, the nearest first; asked for together.

    A word that is everywhere brings in only the oldest entities that have it. So that age does not decide, what was
    brought in is asked for those words once more before the rest is left out.
    """
    terms = terms[:_MOST_TERMS]
    limits = {kind: _OF_A_TERM * most for kind, most in most_by_kind.items()}
    found = await retrieval.having(limits, terms)
    weights = {kind: weigh_words(found[kind], limit) for kind, limit in limits.items()}
    brought = {
        kind: order_by_terms(terms, found[kind], weights[kind], _BROUGHT * most)
        for kind, most in most_by_kind.items()
    }
    common = {
        kind: [term for term in weights[kind] if len(found[kind][term]) == limit]
        for kind, limit in limits.items()
    }
    again = {
        kind: (common[kind], brought[kind])
        for kind, most in most_by_kind.items()
        if common[kind] and len(brought[kind]) > most
    }
    for kind, having in (await retrieval.having_among(again) if again else {}).items():
        among = frozenset(brought[kind])
        brought[kind] = order_by_terms(terms, found[kind] | having, weights[kind], most_by_kind[kind], among)
    return {kind: brought[kind][:most] for kind, most in most_by_kind.items()}


async def sharing(
    retrieval: RetrievalRepository, kind: str, ids: Collection[UUID], terms: Sequence[str]
) -> set[UUID]:
    """Which of these entities have one of the terms."""
    if not ids or not terms:
        return set()
    having = await retrieval.having_among({kind: (terms, list(ids))})
    return {one for several in having[kind].values() for one in several}


def weigh_words(found: Mapping[str, Collection[UUID]], limit: int) -> dict[str, float]:
    """The weight of each word term: the rarer, the heavier; ln 2 for one that is everywhere."""
    return {
        term: math.log(2 * limit / len(ids)) for term, ids in found.items() if ids and term.startswith("w:")
    }


def order_by_terms(
    terms: Sequence[str],
    found: Mapping[str, Collection[UUID]],
    weights: Mapping[str, float],
    most: int,
    among: Set[UUID] | None = None,
) -> list[UUID]:
    """As matching compares: the best title, function or domain in common decides, then the words in common.

    The first `most`; equals in the order of their ids.
    """
    best: dict[UUID, int] = {}
    words: dict[UUID, float] = defaultdict(float)
    for rank in reversed(range(len(terms))):
        if terms[rank] not in weights:
            best.update(dict.fromkeys(found.get(terms[rank], ()), rank))
    for term in terms:
        weight = weights.get(term, 0.0)
        for one in found[term] if weight else ():
            words[one] += weight
    nowhere, ids = len(terms), best.keys() | words.keys()
    ids = ids & among if among is not None else ids
    places = {one: best.get(one, nowhere) * _APART - words.get(one, 0.0) for one in ids}
    last = sorted(places.values())[:most][-1:]  # hundreds share a term, and ids are slow to compare
    return [one for _, one in sorted((place, one) for one, place in places.items() if [place] <= last)][:most]
