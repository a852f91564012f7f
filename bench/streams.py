"""Following jobs: how soon an event arrives with 1,000 streams open on one API process, and what a stream costs it."""

import asyncio
import resource
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID

from bench.place import Place, Served, Tenant, serving
from bench.table import Row
from setpiece.jobs.events import CHANNEL
from setpiece.jobs.queue import advance_waiting, enqueue
from setpiece.kernel.clock import now
from setpiece.kernel.ids import new_uuid, show
from setpiece.storage.database import Database, open_database
from setpiece.workspaces.work import Work

STREAMS = 1_000
_EVENTS = 200  # one after another, so that each is measured alone
_AT_A_TIME = 50  # connections that are opened together
_PATIENCE_S = 30.0
_QUIET_S = 0.5


@dataclass(slots=True)
class _Line:
    """One connection. `arrived` is set by each event, with the time in `at_s`."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Publisher:
    """Changes jobs as a worker does. Each job waits on something that never comes, so no worker takes it."""

    database: Database
    tenant: Tenant
    subject_by_job: dict[UUID, UUID]

    async def make(self, count: int) -> None:
        async with self.database.transaction(self.tenant.workspace_id) as scope:
            work = Work(scope, self.tenant.member, now())
            for _ in range(count):
                subject = new_uuid()
                job = await enqueue(work, "report.generate", {}, waits_on=subject)
                self.subject_by_job[job.id] = subject

    async def tell(self, job: UUID, progress: float) -> None:
        async with self.database.bound(self.tenant.workspace_id) as scope:
            await advance_waiting(scope, self.subject_by_job[job], "extracting", progress)


async def measure(place: Place) -> list[Row]:
    """Against one stream alone, and against a bare LISTEN; memory against connections that only wait."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    tenant = await place.tenant()
    async with aclosing(await open_database(place.dsn, max_size=4)) as database:
        publisher = _Publisher(database, tenant, {})
        await publisher.make(STREAMS)
        jobs = [*publisher.subject_by_job]
        with serving(place) as served:
            async with _open(served, tenant, jobs[:1]) as lines:
                alone = await _latencies_s(publisher, jobs[:1], lines)
            bare = await _bare_latencies_s(database, publisher, jobs[0])
            idle_kb = await _idle_kb(served, tenant)
            before_mb = served.resident_mb
            async with _open(served, tenant, jobs) as lines:
                stream_kb = (served.resident_mb - before_mb) * 1024 / STREAMS
                among = await _latencies_s(publisher, jobs, lines)
                burst_s = await _burst_s(publisher, jobs, lines)
    return [
        Row("an event to its stream, alone (median)", _median_ms(alone), "ms", _median_ms(bare)),
        Row(
            f"the same among {STREAMS:,} open streams (median)",
            _median_ms(among),
            "ms",
            _median_ms(alone),
            2.0,
        ),
        Row("  its 95th percentile", _p95_ms(among), "ms", _p95_ms(alone)),
        Row(f"{STREAMS:,} events at once, until the last has arrived", burst_s, "s"),
        Row("memory of the API for a stream", stream_kb, "kB", idle_kb),
    ]


async def _latencies_s(publisher: _Publisher, jobs: Sequence[UUID], lines: Sequence[_Line]) -> list[float]:
    """From before the change is asked for until the client has its event."""
    taken = []
    for number in range(_EVENTS):
        which = number * 7 % len(jobs)
        line = lines[which]
        line.arrived.clear()
        started = time.perf_counter()
        await publisher.tell(jobs[which], 0.3 + (number % 20) / 50)
        await asyncio.wait_for(line.arrived.wait(), _PATIENCE_S)
        taken.append(line.at_s - started)
    return taken


async def _bare_latencies_s(database: Database, publisher: _Publisher, job: UUID) -> list[float]:
    """The same change, heard on a connection of our own: what the database alone takes."""
    heard, taken = asyncio.Event(), []
    async with database.listening(CHANNEL, lambda *_: heard.set()):
        for number in range(_EVENTS):
            heard.clear()
            started = time.perf_counter()
            await publisher.tell(job, 0.3 + (number % 20) / 50)
            await asyncio.wait_for(heard.wait(), _PATIENCE_S)
            taken.append(time.perf_counter() - started)
    return taken


async def _burst_s(publisher: _Publisher, jobs: Sequence[UUID], lines: Sequence[_Line]) -> float:
    for line in lines:
        line.arrived.clear()
    started = time.perf_counter()
    async with publisher.database.transaction(publisher.tenant.workspace_id) as scope:
        for job in jobs:
            await advance_waiting(scope, publisher.subject_by_job[job], "scoring", 0.01)
    await asyncio.wait_for(asyncio.gather(*(line.arrived.wait() for line in lines)), _PATIENCE_S)
    return max(line.at_s for line in lines) - started


@asynccontextmanager
async def _open(served: Served, tenant: Tenant, jobs: Sequence[UUID]) -> AsyncIterator[list[_Line]]:
    """A stream for each job, once its first event is there."""
    async with AsyncExitStack() as opened:
        lines: list[_Line] = []
        for first in range(0, len(jobs), _AT_A_TIME):
            paths = [f"/v1/jobs/{show('job', job)}/stream" for job in jobs[first : first + _AT_A_TIME]]
            lines += await asyncio.gather(*(_connect(served, tenant, path) for path in paths))
        for line in lines:
            opened.callback(line.writer.close)
        watching = [asyncio.create_task(_watch(line)) for line in lines]
        opened.callback(lambda: [task.cancel() for task in watching])
        await asyncio.wait_for(asyncio.gather(*(line.arrived.wait() for line in lines)), _PATIENCE_S)
        yield lines


async def _idle_kb(served: Served, tenant: Tenant) -> float:
    """What a connection costs that was answered and stays open; the first thousand also fill the allocator."""
    measured = 0.0
    for _ in range(2):
        before_mb = served.resident_mb
        lines = []
        for _ in range(STREAMS // _AT_A_TIME):
            asked = (_connect(served, tenant, "/v1/credits/balance") for _ in range(_AT_A_TIME))
            lines += await asyncio.gather(*asked)
        await asyncio.sleep(_QUIET_S)
        measured = max(measured, (served.resident_mb - before_mb) * 1024 / STREAMS)
        for line in lines:
            line.writer.close()
        await asyncio.sleep(_QUIET_S)
    return measured


async def _connect(served: Served, tenant: Tenant, path: str) -> _Line:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(f"GET {path} HTTP/1.1\r\nhost: bench\r\nmappa-api-key: {tenant.secret}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    return _Line(reader, writer)


async def _watch(line: _Line) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            await line.reader.readuntil(b"\ndata: ")
            line.at_s = time.perf_counter()
            line.arrived.set()


def _median_ms(taken_s: Sequence[float]) -> float:
    return statistics.median(taken_s) * 1000


def _p95_ms(taken_s: Sequence[float]) -> float:
    return statistics.quantiles(taken_s, n=20)[-1] * 1000
