"""The two libraries that several benchmarks use, each filled once for a place."""

import time

from bench.filling import Library, fill
from bench.place import Place

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
        await place.settle()
        print(f"({size:,} entities in {time.perf_counter() - started:.0f} s)", end=" ", flush=True)
    return _filled[place, size]
