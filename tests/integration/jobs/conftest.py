"""A database with a queue of its own, and workers on it that are quick to notice things."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from workbench import OPTIONS, StartWorker, Tenant, Workbench

from setpiece.jobs.model import Chore, Handler
from setpiece.jobs.worker import Queue, WorkerOptions, run_worker
from setpiece.storage.database import open_database
from setpiece.storage.migrate import migrate
from setpiece.workspaces.directory import Directory


@pytest.fixture(scope="session")
async def queue_dsn(dsn: str) -> AsyncIterator[str]:
    """The address of a database that only these tests use: other tests leave jobs in theirs."""
    name = f"jobs_{uuid4().hex}"
    server = await asyncpg.connect(dsn)
    await server.execute(f"create database {name}")
    address = dsn.replace("@/setpiece?", f"@/{name}?")
    await migrate(address)
    yield address
    await server.execute(f"drop database {name} with (force)")
    await server.close()


@pytest.fixture(scope="session")
async def bench(queue_dsn: str) -> AsyncIterator[Workbench]:
    tenants = await open_database(queue_dsn, max_size=6)
    owner = await open_database(queue_dsn, max_size=4, role=None)
    yield Workbench(queue_dsn, tenants, owner)
    await tenants.aclose()
    await owner.aclose()


@pytest.fixture
async def tenant(bench: Workbench) -> AsyncIterator[Tenant]:
    """A fresh workspace; afterwards the queue is emptied."""
    async with bench.owner.unbound() as connection:
        directory = Directory(connection)
        workspace = await directory.ensure_workspace(f"Workspace {uuid4().hex}")
        yield Tenant(bench, workspace.id, await directory.ensure_member(workspace, "Test Member"))
        await connection.execute("truncate procrastinate.procrastinate_jobs, public.webhook_events cascade")


@pytest.fixture
async def stranger(bench: Workbench) -> Tenant:
    """Another workspace."""
    async with bench.owner.unbound() as connection:
        directory = Directory(connection)
        workspace = await directory.ensure_workspace(f"Workspace {uuid4().hex}")
        return Tenant(bench, workspace.id, await directory.ensure_member(workspace, "Other Member"))


@pytest.fixture
def working(bench: Workbench) -> StartWorker:
    """A worker in this process, for the length of a context; gives the event that tells it to stop."""

    @asynccontextmanager
    async def started(
        handler_by_kind: Mapping[str, Handler],
        options: WorkerOptions = OPTIONS,
        chores: Sequence[Chore] = (),
    ) -> AsyncIterator[asyncio.Event]:
        stop = asyncio.Event()
        queue = Queue(bench.dsn, bench.owner)
        running: asyncio.Task[Any] = asyncio.create_task(
            run_worker(queue, bench.tenants, handler_by_kind, stop, options, chores)
        )
        try:
            yield stop
        finally:
            stop.set()
            await running

    return started
