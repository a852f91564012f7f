"""What the library says to a buyer of the offering that a call is about, when it is known which one that is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from setpiece.kernel.ids import parse
from setpiece.library.catalog import offering_kinds
from setpiece.library.model import Entity
from setpiece.library.service import entities
from setpiece.reports.model import Call
from setpiece.reports.writing import LibraryFact
from setpiece.workspaces.work import Work

PARAMETER = "offeringOId"
"""In `templateParams` (ours): the product or service that the call is about."""
_MOST_OFFERINGS = 200  # beyond that, one that is only named on the call has to be named in the request
_MOST_BESIDE = 40
_TOLD: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "objection": ("reframeAndResponse", ("underlyingConcern",)),
    "proof-point": ("howWeTalkAboutThis", ("whyThisMatters",)),
    "use-case": ("desiredOutcomes", ("summary", "scenarios")),
}
"""By kind: the field that may be told to a buyer, and those that only say what it is about."""


async def facts_for(work: Work, call: Call, params: Mapping[str, Any]) -> tuple[LibraryFact, ...]:
    """Facts of one offering: the one named in the request, the only one named on the call, or the only one there is.

    Empty when that leaves none or several: a fact of another offering would be worse than none.
    """
    offering = await named_offering(work, params) or await _offering_of(work, call)
    if offering is None:
        return ()
    beside = await entities(work).beside(offering, [*_TOLD], _MOST_BESIDE)
    return tuple(fact for one in beside for fact in _facts(one))


async def named_offering(work: Work, params: Mapping[str, Any]) -> UUID | None:
    """The product or service that the request names, if it is there."""
    named = params.get(PARAMETER)
    offering = parse(named) if isinstance(named, str) else None
    kinds = await entities(work).kinds_of([offering]) if offering else {}
    return offering if offering and kinds.get(offering) in offering_kinds() else None


async def _offering_of(work: Work, call: Call) -> UUID | None:
    there = await entities(work).all_of(offering_kinds(), _MOST_OFFERINGS)
    chosen = there if len(there) == 1 else named_on(call, there)
    return chosen[0].id if len(chosen) == 1 else None


def named_on(call: Call, offerings: Sequence[Entity]) -> list[Entity]:
    """Those whose name was said, as a whole word or words."""
    text = " ".join(one.text for one in call.turns.turns).casefold()
    return [one for one in offerings if re.search(rf"\b{re.escape(one.name.casefold())}\b", text)]


def _facts(entity: Entity) -> Iterator[LibraryFact]:
    field, about = _TOLD[entity.kind]
    matter = " ".join([entity.name, *(text for name in about for text in entity.texts(name))])
    for text in entity.texts(field):
        yield LibraryFact(entity.kind, entity.name, field, text, matter)
