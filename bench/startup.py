"""How long `setpiece serve` takes to be ready, on a new data folder and on one that was used, and what it needs."""

import statistics
from pathlib import Path

from bench.place import SETPIECE, Place, process_serving, temporary_folder
from bench.table import Row

NEW_RUNS, WARM_RUNS = 3, 4
MOST_NEW_S, MOST_WARM_S, MOST_MB = 10, 5, 200


async def measure(_: Place) -> list[Row]:
    """Wall time from starting the process, with its own embedded database, to the first 200 of `/health/ready`."""
    new_s: list[float] = []
    for _run in range(NEW_RUNS):
        with temporary_folder() as folder:
            new_s.append(_start(folder)[0])
    with temporary_folder() as folder:
        _start(folder)
        warm = [_start(folder) for _run in range(WARM_RUNS)]
    warm_s = [seconds for seconds, _ in warm]
    return [
        Row("ready on a new data folder, median", statistics.median(new_s), "s", None, MOST_NEW_S),
        Row("  the fastest", min(new_s), "s"),
        Row("ready on a used data folder, median", statistics.median(warm_s), "s", None, MOST_WARM_S),
        Row("  the fastest", min(warm_s), "s"),
        Row("memory of the API process when ready", max(mb for _, mb in warm), "MB", None, MOST_MB),
    ]


def _start(folder: Path) -> tuple[float, float]:
    """Seconds until ready, and resident megabytes of the API process then."""
    with process_serving((SETPIECE, "serve", "--data-dir", folder), "/health/ready") as served:
        return served.ready_s, served.resident_mb
