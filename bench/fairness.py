"""One workspace has a thousand uploads waiting: how many of them are heard before another workspace's first.

Uploads go over HTTP to the server; a worker of the product hears them, with fake models, since only the order is measured.
"""

import asyncio
import io
import time
import wave
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import numpy as np

from bench.place import SETPIECE, Place, Served, Tenant, process_serving
from bench.table import Row
from setpiece.bootstrap.logs import set_up_logs
from setpiece.jobs.worker import Queue, WorkerOptions, run_worker
from setpiece.kernel.clock import now
from setpiece.media.recordings.hearing import Desk, handlers
from setpiece.providers.blobs.object_store import FolderBlobs
from setpiece.providers.speech.fakes import conversation, fake_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ
from setpiece.storage.database import Database, open_database

UPLOADS = 1_000
_CONNECTIONS = 8
_WARM = 10  # of the crowd are heard before the other workspace comes
_PATIENCE_S = 600.0
_LOOK_EVERY_S = 0.02
MOST_BEFORE = 1 + _CONNECTIONS
"""The one whose turn it is already, and those that share the other's: uploads that come at one moment count the same others."""


@dataclass(frozen=True, slots=True)
class _Wait:
    """What the first upload of the other workspace saw."""

    heard_before: int
    seconds: float
    one_s: float
    """A recording of the crowd takes this long, from one's begin to the next one's."""
    left: int
    """Of the crowd, still waiting when the other's was heard."""


async def measure(place: Place) -> list[Row]:
    set_up_logs("warning", "auto")
    crowd, other = await place.tenant(), await place.tenant()
    environment = {
        "SETPIECE_DATABASE_URL": place.dsn,
        "SETPIECE_BLOB_URL": (place.folder / "blobs").as_uri(),
    }
    with process_serving((SETPIECE, "serve", "--no-worker"), "/health/ready", environment) as served:
        started = time.perf_counter()
        await _upload(served, crowd, UPLOADS)
        uploading_s = time.perf_counter() - started
        async with (
            aclosing(await open_database(place.dsn, max_size=4, role=None)) as owner,
            _worker(place, owner),
        ):
            wait = await _wait_of(owner, served, crowd, other)
    return [
        Row(f"{UPLOADS:,} uploads of one workspace, each by HTTP", uploading_s / UPLOADS * 1000, "ms"),
        Row("heard of them before another's first upload", wait.heard_before, "", target=MOST_BEFORE),
        Row("  still waiting when that was heard", wait.left, "", target=UPLOADS * 0.9, bound="least"),
        Row("  its time from upload to heard, against one recording", wait.seconds, "s", wait.one_s),
    ]


async def _wait_of(owner: Database, served: Served, crowd: Tenant, other: Tenant) -> _Wait:
    begun = (
        "select count(*) from jobs where workspace_id = $1 and lane = 'recordings' and started_at is not null"
    )
    await _until(lambda: _value(owner, f"select ({begun}) >= $2", crowd.workspace_id, _WARM))
    await _upload(served, other, 1)
    await _until(
        lambda: _value(
            owner, "select status = 'succeeded' from jobs where workspace_id = $1", other.workspace_id
        )
    )
    left = await _value(owner, f"select $2 - ({begun})", crowd.workspace_id, UPLOADS)
    row = await _row(
        owner,
        """select (select count(*) from jobs c where c.workspace_id = $1 and c.lane = 'recordings'
                       and c.started_at > o.created_at and c.started_at < o.started_at) as before,
                  extract(epoch from o.finished_at - o.created_at)::float8 as seconds,
                  (select extract(epoch from max(started_at) - min(started_at)) / (count(*) - 1) from jobs c
                       where c.workspace_id = $1 and c.started_at is not null)::float8 as one_s
           from jobs o where o.workspace_id = $2""",
        crowd.workspace_id,
        other.workspace_id,
    )
    return _Wait(row["before"], row["seconds"], row["one_s"], left)


async def _upload(served: Served, tenant: Tenant, count: int) -> None:
    """So many recordings of two seconds, each with a content of its own."""
    numbers = iter(range(count))

    async def send(client: httpx.AsyncClient) -> None:
        for number in numbers:
            answer = await client.post("/v1/files", files={"file": (f"call-{number}.wav", _wav(number))})
            answer.raise_for_status()

    async with AsyncExitStack() as opened:
        headers = {"Mappa-Api-Key": tenant.secret}
        clients = [
            await opened.enter_async_context(
                httpx.AsyncClient(base_url=served.base_url, headers=headers, timeout=60)
            )
            for _ in range(min(count, _CONNECTIONS))
        ]
        await asyncio.gather(*map(send, clients))


def _wav(number: int) -> bytes:
    samples = (conversation((1, 1.0), (2, 1.0)) * 32767).astype(np.int16)
    samples[-1] = number
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return kept.getvalue()


@asynccontextmanager
async def _worker(place: Place, owner: Database) -> AsyncIterator[None]:
    """As `setpiece work` runs it, but for the models."""
    async with aclosing(await open_database(place.dsn, max_size=8)) as tenants:
        desk = Desk(
            tenants, FolderBlobs(place.folder / "blobs"), fake_speech_models, place.folder / "hearing", now
        )
        stop = asyncio.Event()
        working = asyncio.create_task(
            run_worker(Queue(place.dsn, owner), tenants, handlers(desk), stop, WorkerOptions())
        )
        try:
            yield
        finally:
            stop.set()
            await working


async def _until(look: Callable[[], Awaitable[Any]]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not await look():  # noqa: ASYNC110  # rows of a database, which tell nobody
            await asyncio.sleep(_LOOK_EVERY_S)


async def _value(owner: Database, query: str, *values: object) -> Any:
    async with owner.unbound() as connection:
        return await connection.fetchval(query, *values)


async def _row(owner: Database, query: str, *values: UUID) -> Any:
    async with owner.unbound() as connection:
        return await connection.fetchrow(query, *values)
