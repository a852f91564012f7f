"""A worker that hears recordings, with fake models: `hearing_process.py <database> <folder> <stage>`.

It notes each stage that it works at in the folder's file `notes`, and kills itself at the end of the named one, before that is
kept.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from setpiece.jobs.worker import Queue, WorkerOptions, run_worker
from setpiece.kernel.clock import now
from setpiece.media import pipeline
from setpiece.media.recordings.hearing import Desk, handlers
from setpiece.providers.blobs.object_store import FolderBlobs
from setpiece.providers.speech.fakes import fake_speech_models
from setpiece.storage.database import open_database

OPTIONS = WorkerOptions(heartbeat_s=0.1, stale_after_s=0.8, rescue_every_s=0.1, poll_s=0.1)
WORK_OF_STAGE = {
    "decode": "decode", "speech": "find_speech", "speakers": "find_speakers", "words": "write_words", "turns": "make_turns",
    "pitch": "measure_pitch", "measures": "measure",
}  # fmt: skip


def note_and_kill(folder: Path, fatal: str) -> None:
    for stage, name in WORK_OF_STAGE.items():
        setattr(
            pipeline, name, noted(getattr(pipeline, name), stage, folder / "notes", is_fatal=stage == fatal)
        )


def noted(work: Any, stage: str, notes: Path, *, is_fatal: bool) -> Any:
    def worked(*arguments: Any) -> Any:
        with notes.open("a") as file:
            file.write(f"{stage}\n")
        result = work(*arguments)
        if is_fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return worked


async def main(dsn: str, folder: Path, fatal: str) -> None:
    note_and_kill(folder, fatal)
    tenants, owner = await open_database(dsn, max_size=4), await open_database(dsn, max_size=1, role=None)
    desk = Desk(tenants, FolderBlobs(folder / "blobs"), fake_speech_models, folder / "work", now)
    await run_worker(Queue(dsn, owner), tenants, handlers(desk), asyncio.Event(), OPTIONS)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
