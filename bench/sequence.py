"""A run of the sequence agent over HTTP, for a different person each time, in a small and in a large library."""

import statistics
from collections.abc import Sequence
from itertools import count

import asyncpg
import orjson

from bench.filling import Library, prospects
from bench.libraries import large, small
from bench.load import http_request, send
from bench.place import Place, serving
from bench.table import Row

WARM_UP = 50
ROUNDS, RUNS = 15, 10
"""150 people for each library, and nobody for both: the model remembers whom it has read. The libraries take turns after ten
of them, because the processors of shared machines change their pace."""
MOST_MS, MOST_RATIO = 50, 2.0


async def measure(place: Place) -> list[Row]:
    """Median and 95th percentile; the two workspaces take turns on one server."""
    libraries = (await large(place), await small(place))
    with serving(place) as served:
        for place_in_turn, library in enumerate(libraries):
            send(served.port, _runs(library, place_in_turn, WARM_UP), connections=1)
        in_large, in_small = list[float](), list[float]()
        seeds = count(len(libraries))
        for _ in range(ROUNDS):
            for library, taken in zip(libraries, (in_large, in_small), strict=True):
                taken += send(served.port, _runs(library, next(seeds), RUNS), connections=1).latencies_ms
    return [
        Row("sequence run, 1,000 entities, median", statistics.median(in_small), "ms", None, MOST_MS),
        Row("sequence run, 1,000 entities, 95 of 100 within", _within(in_small, 95), "ms"),
        Row(
            "sequence run: 100,000 against 1,000 entities, median",
            statistics.median(in_large),
            "ms",
            statistics.median(in_small),
            MOST_RATIO,
        ),
        Row("sequence run, 100,000 entities, 95 of 100 within", _within(in_large, 95), "ms"),
        *[row for library in reversed(libraries) for row in await _stages(place, library)],
    ]


def _runs(library: Library, seed: int, runs: int) -> list[str]:
    headers, path = {"api_key": library.tenant.secret}, "/api/v2/agents/sequence/run"
    return [http_request("POST", path, orjson.dumps(one), headers) for one in prospects(seed, runs)]


def _within(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


async def _stages(place: Place, library: Library) -> list[Row]:
    """Where the time goes, as the runs themselves noted it; those of the warm-up are left out."""
    connection = await asyncpg.connect(place.dsn)
    try:
        rows = await connection.fetch(
            "select timing, found from runs where workspace_id = $1 order by id offset $2",
            library.tenant.workspace_id,
            WARM_UP,
        )
    finally:
        await connection.close()
    timings = [orjson.loads(row["timing"]) for row in rows if row["found"]]
    share = len(timings) / len(rows)
    stages = dict.fromkeys(name for timing in timings for name in timing)
    return [
        *[
            Row(
                f"  {stage}, {library.size:,}",
                statistics.median(one.get(stage, 0.0) for one in timings),
                "ms",
            )
            for stage in stages
        ],
        Row(f"  runs that wrote emails, {library.size:,}", share * 100, "%"),
    ]
