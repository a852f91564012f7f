"""A worker that the tests kill: `worker_process.py <database> <log file> <what to do>`.

It notes each attempt in the log file; to "hang" is to hold the job for ever, to "finish" is to do it.
"""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from workbench import OPTIONS

from setpiece.jobs.model import Job
from setpiece.jobs.worker import Queue, run_worker
from setpiece.storage.database import open_database


async def main(dsn: str, notes: Path, what: str) -> None:
    async def note_and_do(job: Job) -> None:
        with notes.open("a") as file:
            file.write(f"{os.getpid()} {what} {job.id}\n")
        if what == "hang":
            await asyncio.sleep(3600)

    options = replace(OPTIONS, stale_after_s=0.8)
    tenants, owner = await open_database(dsn, max_size=2), await open_database(dsn, max_size=1, role=None)
    await run_worker(Queue(dsn, owner), tenants, {"example": note_and_do}, asyncio.Event(), options)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
