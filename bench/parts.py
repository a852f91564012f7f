"""The two pure parts of a sequence run, alone and in process: choosing and writing. For information."""

import random
import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import aclosing
from typing import Any, TypeVar

from bench.bodies import phrase
from bench.filling import prospects
from bench.libraries import small
from bench.place import Place
from bench.retrieval import prospect_from
from bench.table import Row
from setpiece.agents.sequence.candidates import load_candidates
from setpiece.agents.sequence.writer import Brief, Fact, FactRole, Recipient, Sender, Source, Style, write
from setpiece.kernel.clock import now
from setpiece.matching.choose import choose
from setpiece.storage.database import open_database
from setpiece.workspaces.work import Work

PEOPLE = 60
FACTS_OF_A_ROLE = 8
MOST_WRITE_MS = 10
Given = TypeVar("Given")


async def measure(place: Place) -> list[Row]:
    """Medians over different people; candidates and facts stay the same."""
    library, people = await small(place), [prospect_from(one) for one in prospects(11, PEOPLE)]
    async with (
        aclosing(await open_database(place.dsn, max_size=1)) as database,
        database.bound(library.tenant.workspace_id) as scope,
    ):
        loaded = await load_candidates(Work(scope, library.tenant.member, now()), people[0], ())
    facts = _facts()
    briefs = [_brief(str(one.job_title), facts) for one in people]
    return [
        Row("choose among 1,000 entities, alone", _median_ms(lambda one: choose(one, loaded.candidates), people), "ms"),
        Row("write three emails from 8 facts of each role, alone", _median_ms(write, briefs), "ms", None, MOST_WRITE_MS),
    ]  # fmt: skip


def _median_ms(call: Callable[[Given], Any], given: Iterable[Given]) -> float:
    taken = []
    for one in given:
        started = time.perf_counter()
        call(one)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _facts() -> dict[FactRole, tuple[Fact, ...]]:
    chosen = random.Random(3)
    return {
        role: tuple(
            Fact(phrase(chosen), Source("px_example", "product", "Example", role, index))
            for index in range(FACTS_OF_A_ROLE)
        )
        for role in FactRole
    }


def _brief(job_title: str, facts: dict[FactRole, tuple[Fact, ...]]) -> Brief:
    return Brief(
        recipient=Recipient("Example", None, job_title, "Example Corp", "example.com", None),
        sender=Sender(None, None, None, None),
        offering_name="Example Suite",
        offering_kind="product",
        persona_name="Example buyer",
        competitor_name=None,
        facts=facts,
        step_context={},
        instructions={},
        style=Style(num_emails=3),
        seed=job_title,
    )
