"""What the tests of jobs work with."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from setpiece.jobs.model import Job
from setpiece.jobs.queue import enqueue, get_job
from setpiece.jobs.worker import WorkerOptions
from setpiece.kernel.clock import now
from setpiece.kernel.ids import show
from setpiece.storage.database import Database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

OPTIONS = WorkerOptions(
    heartbeat_s=0.1, stale_after_s=15, rescue_every_s=0.1, poll_s=0.1, grace_s=15, retry_waits_s=(0.05, 0.05)
)
StartWorker = Callable[..., AbstractAsyncContextManager[asyncio.Event]]
PATIENCE_S = (
    120.0  # what is waited for takes a second; this is for a slow machine that does ten things at once
)


@dataclass(frozen=True)
class Workbench:
    """One database: as tenants reach it, and as its owner does."""

    dsn: str
    tenants: Database
    owner: Database

    async def entries(self) -> list[Any]:
        """What is in the queue."""
        async with self.owner.unbound() as connection:
            found = await connection.fetch("select * from procrastinate.procrastinate_jobs order by id")
            return list(found)

    async def execute(self, statement: str, *values: Any) -> None:
        """Change the queue, as a worker that dies would have left it."""
        async with self.owner.unbound() as connection, connection.transaction():
            await connection.execute("set local search_path to procrastinate")
            await connection.execute(statement, *values)


@dataclass(frozen=True)
class Tenant:
    """One workspace and who acts in it."""

    bench: Workbench
    id: UUID
    member: Member

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        async with self.bench.tenants.transaction(self.id) as scope:
            yield Work(scope, self.member, now())

    async def ask(self, kind: str = "example", **payload: Any) -> Job:
        async with self.work() as work:
            return await enqueue(work, kind, payload)

    async def look(self, job: Job) -> Job:
        async with self.work() as work:
            return await get_job(work, show("job", job.id), job.kind)

    async def end_of(self, job: Job) -> Job:
        """The job once it is over."""

        async def over() -> Job | None:
            found = await self.look(job)
            return found if found.status.is_final else None

        found: Job = await until(over)
        return found


async def until(look: Callable[[], Awaitable[Any]]) -> Any:
    """What `look` gives, as soon as it gives something."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if found := await look():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen in time")
