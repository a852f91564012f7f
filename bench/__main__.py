"""`python -m bench [NAME…]`: run the benchmarks, say what each does meanwhile, print one table."""

import asyncio
import importlib
import os
import platform
import sys
import time
from collections.abc import Sequence

from bench.place import open_place
from bench.table import Row, missed, render

NAMES = ("startup", "crud", "growth", "sequence", "parts", "bulk", "files", "streams", "reading")
ON_REQUEST = (
    "evidence",
    "leads",
    "programs",
    "execution",
    "retrieval",
    "speech",
    "stress",
    "voices",
    "hours",
    "fairness",
)  # take minutes


async def _measure(names: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    async with open_place() as place:
        for name in names:
            started = time.perf_counter()
            print(f"{name} …", end=" ", flush=True)
            rows += await importlib.import_module(f"bench.{name}").measure(place)
            print(f"{time.perf_counter() - started:.0f} s", flush=True)
    return rows


def main(names: Sequence[str]) -> int:
    unknown = [name for name in names if name not in (*NAMES, *ON_REQUEST)]
    if unknown:
        print(
            f"There is no benchmark '{unknown[0]}'; there are {', '.join((*NAMES, *ON_REQUEST))}.",
            file=sys.stderr,
        )
        return 2
    rows = asyncio.run(_measure(names or NAMES))
    print(f"\nPython {platform.python_version()}, {platform.machine()}, {_cores()} cores\n")
    print(render(rows))
    return 1 if missed(rows) else 0


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
