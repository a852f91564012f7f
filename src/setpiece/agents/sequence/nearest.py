"""The entities of a large kind that share the most telling terms with a prospect."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from setpiece.agents.sequence.repository import RetrievalRepository

_MOST_TERMS = 60
_OF_A_TERM = 4
"""Times as many as are wanted are looked at for one term. A term that more share says little by itself."""
_BROUGHT = 2
"""Times as many as are wanted are compared on all their terms."""


async def pick_nearest(
    retrieval: RetrievalRepository, kind: str, terms: Sequence[str], most: int
) -> list[UUID]:
    """The `most` entities nearest to the terms, the nearest first.

    A word that is everywhere brings in only the oldest entities that have it. So that age does not decide, what was
    brought in is asked for those words once more before the rest is left out.
    """
    terms, limit = terms[:_MOST_TERMS], _OF_A_TERM * most
    found = await retrieval.having(kind, terms, limit)
    weights = weigh_words(found, limit)
    brought = order_by_terms(terms, found, weights)[: _BROUGHT * most]
    common = [term for term in weights if len(found[term]) == limit]
    if common and len(brought) > most:
        found |= await retrieval.having_among(kind, common, brought)
        kept = frozenset(brought)
        brought = [one for one in order_by_terms(terms, found, weights) if one in kept]
    return brought[:most]


def weigh_words(found: Mapping[str, Collection[UUID]], limit: int) -> dict[str, float]:
    """The weight of each word term: the rarer, the heavier; ln 2 for one that is everywhere."""
    return {
        term: math.log(2 * limit / len(ids)) for term, ids in found.items() if ids and term.startswith("w:")
    }


def order_by_terms(
    terms: Sequence[str], found: Mapping[str, Collection[UUID]], weights: Mapping[str, float]
) -> list[UUID]:
    """As matching compares: the best title, function or domain in common decides, then the words in common."""
    best: dict[UUID, int] = {}
    words: dict[UUID, float] = defaultdict(float)
    for rank, term in enumerate(terms):
        for one in found.get(term, ()):
            if term in weights:
                words[one] += weights[term]
            else:
                best.setdefault(one, rank)
    nowhere = len(terms)
    return sorted(best.keys() | words.keys(), key=lambda one: (best.get(one, nowhere), -words[one], one))
