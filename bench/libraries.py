"""The two libraries that several benchmarks use, each filled once for a place."""

import time
from contextlib import aclosing

from bench.filling import Library, fill
from bench.place import Place
from setpiece.kernel.clock import now
from setpiece.library.similarity.refresh import catch_up
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.providers.embeddings.weights import MODEL_ID
from setpiece.storage.database import open_database
from setpiece.workspaces.work import Work

SMALL, LARGE = 1_000, 100_000
_filled: dict[tuple[Place, int], Library] = {}


async def small(place: Place) -> Library:
    return await _of(place, SMALL)


async def large(place: Place) -> Library:
    return await _of(place, LARGE)


async def _of(place: Place, size: int) -> Library:
    if (place, size) not in _filled:
        started = time.perf_counter()
        _filled[place, size] = await fill(place, size)
        await _read(place, _filled[place, size])
        await place.settle()
        print(f"({size:,} entities in {time.perf_counter() - started:.0f} s)", end=" ", flush=True)
    return _filled[place, size]


_QUICK = HashedWords(MODEL_ID)
"""Vectors as many and as long as the model's, in a thousandth of the time: what is measured here is finding them."""


async def _read(place: Place, library: Library) -> None:
    """Every vector is there before anything is measured."""
    async with aclosing(await open_database(place.dsn, max_size=1)) as database:
        while True:
            async with database.transaction(library.tenant.workspace_id) as scope:
                if not await catch_up(Work(scope, library.tenant.member, now()), _QUICK):
                    return
