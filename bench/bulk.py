"""Sequences for a list of leads, as `setpiece sequence bulk` writes them: a process for each core, each with its own model."""

import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pydantic import SecretStr

from bench.filling import Library, prospects
from bench.libraries import small
from bench.place import Place
from bench.table import Row
from setpiece.agents.sequence.bulk.leads import Lead
from setpiece.bootstrap.bulk import Named, write_many
from setpiece.bootstrap.settings import Settings

LEADS = 600
WARM = 100
"""Leads after which the processes have started and read the model; they are part of the first row only."""
LEAST_PER_SECOND = 40


async def measure(place: Place) -> list[Row]:
    library = await small(place)
    settings = Settings(database_url=SecretStr(place.dsn), data_dir=place.folder / "bulk")
    started = time.perf_counter()
    done = _done_at(place, settings, library)
    return [
        Row(f"bulk, {LEADS} leads, 1,000 entities, from the start", LEADS / (done[-1] - started), "/s"),
        Row(
            "bulk, 1,000 entities, once the processes run",
            (LEADS - WARM) / (done[-1] - done[WARM - 1]),
            "/s",
            None,
            LEAST_PER_SECOND,
            "least",
        ),
        Row(
            "  longest wait for a result",
            max(after - before for before, after in pairwise(done[WARM:])) * 1000,
            "ms",
        ),
    ]


def _done_at(place: Place, settings: Settings, library: Library) -> list[float]:
    tenant = library.tenant
    results = write_many(settings, place.dsn, tenant.workspace_id, tenant.member, None, _leads())
    return [time.perf_counter() for _ in results]


def _leads() -> Sequence[Named]:
    return [(f"bulk {at}", Lead(at, str(at), _fields(body))) for at, body in enumerate(prospects(17, LEADS))]


def _fields(body: Mapping[str, Any]) -> dict[str, str]:
    """As a CSV file gives them: texts only."""
    told = body.get("runtimeContext", {}).get("all")
    texts = {name: value for name, value in body.items() if isinstance(value, str) and name != "requestId"}
    return texts | ({"runtimeContext": told} if told else {})
