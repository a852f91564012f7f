"""How many candidates the index has to pick from a large library: what it costs, and what is missed.

A person's right persona is the one that scores best when all 10,000 are compared. For information: it is what
`MOST_PICKED` in agents/sequence/candidates.py was chosen on.
"""

import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import Any
from uuid import UUID

from bench.filling import Library, prospects
from bench.libraries import large
from bench.place import Place
from bench.table import Row
from setpiece.agents.sequence.candidates import MOST_PICKED, Loaded, load_candidates, persona_candidate
from setpiece.kernel.clock import now
from setpiece.library.service import entities
from setpiece.matching.choose import choose
from setpiece.matching.model import PersonaCandidate, Prospect
from setpiece.matching.ranking import rank
from setpiece.matching.signal import set_scene
from setpiece.matching.signals import catalog
from setpiece.storage.database import open_database
from setpiece.workspaces.work import Work

PICKED = (MOST_PICKED // 2, MOST_PICKED, 2 * MOST_PICKED)
PEOPLE = 40
_CHUNK = 2000


async def measure(place: Place) -> list[Row]:
    """For each number picked: the median time to load and choose, and how often the right persona is chosen."""
    library = await large(place)
    people = [prospect_from(one) for one in prospects(7, PEOPLE)]
    async with (
        aclosing(await open_database(place.dsn, max_size=1)) as database,
        database.bound(library.tenant.workspace_id) as scope,
    ):
        work = Work(scope, library.tenant.member, now())
        every = await _every_persona(work, library)
        best = [_best_personas(person, every) for person in people]
        return [row for picked in sorted(set(PICKED)) for row in await _rows(work, people, best, picked)]


async def _rows(
    work: Work, people: Sequence[Prospect], best: Sequence[frozenset[str]], picked: int
) -> list[Row]:
    taken, right = [], 0
    for person, wanted in zip(people, best, strict=True):
        started = time.perf_counter()
        loaded = await load_candidates(work, person, (), picked=picked)
        choose(person, loaded.candidates)
        taken.append((time.perf_counter() - started) * 1000)
        right += _holds(loaded, wanted)
    return [
        Row(f"load and choose, {picked} picked of a kind, 100,000 entities", statistics.median(taken), "ms"),
        Row("  the right persona is among them", 100 * right / len(people), "%"),
    ]


def _holds(loaded: Loaded, wanted: frozenset[str]) -> bool:
    return any(one.id in wanted for one in loaded.candidates.personas)


async def _every_persona(work: Work, library: Library) -> list[PersonaCandidate]:
    ids: Sequence[UUID] = library.ids["persona"]
    found: list[PersonaCandidate] = []
    for start in range(0, len(ids), _CHUNK):
        loaded = await entities(work).by_ids(ids[start : start + _CHUNK])
        found += [persona_candidate(one) for one in loaded.values()]
    return found


def _best_personas(person: Prospect, every: Sequence[PersonaCandidate]) -> frozenset[str]:
    ranked = rank(catalog.PERSONA, set_scene(person), every)
    return frozenset(one.candidate.id for one in ranked if one.score == ranked[0].score)


def prospect_from(body: Mapping[str, Any]) -> Prospect:
    return Prospect(
        job_title=body["jobTitle"],
        company_name=body["companyName"],
        company_domain=body["companyDomain"],
        runtime_context=body.get("runtimeContext", {}).get("all"),
    )
