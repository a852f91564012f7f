"""The worker beside a server: a process of its own, started again when it dies, ended with the server."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from setpiece.bootstrap.settings import Settings

log = structlog.get_logger(__name__)

_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 30.0
_STEADY_S = 60.0
"""A worker that lived this long had started well: the next one is started without much wait."""
_GRACE_S = 15.0
"""Longer than a worker gives its jobs (`WorkerOptions.grace_s`)."""


async def keep_worker(settings: Settings) -> None:
    """Keep one worker running until cancelled; then end it, giving its jobs time to finish."""
    failures = 0
    while True:
        started = time.monotonic()
        code = await _run(settings)
        failures = 1 if time.monotonic() - started > _STEADY_S else failures + 1
        wait_s = min(_FIRST_WAIT_S * 2**failures, _LONGEST_WAIT_S)
        log.warning("worker_ended", code=code, wait_s=wait_s)
        await asyncio.sleep(wait_s)


@asynccontextmanager
async def worker_beside(settings: Settings) -> AsyncIterator[None]:
    """A worker for the length of the context."""
    task = asyncio.create_task(keep_worker(settings))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _run(settings: Settings) -> int:
    """One worker from start to end; its exit code.

    Its standard input is a pipe that only we hold. It ends when we do, even when we are killed. In a session of its own
    it gets no Ctrl-C from the terminal: first we stop taking requests, then it stops.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "setpiece.bootstrap.working",
        stdin=PIPE,
        env=os.environ
        | {"SETPIECE_DATA_DIR": str(settings.data_dir), "SETPIECE_LOG_LEVEL": settings.log_level},
        start_new_session=True,
    )  # fmt: skip
    try:
        return await process.wait()
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    """The signal too: a worker that is still starting does not look at its input yet, and is ended by it at once."""
    assert process.stdin is not None
    process.stdin.close()
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _GRACE_S)
    except TimeoutError:
        log.warning("worker_killed", pid=process.pid)
        process.kill()
        await process.wait()
