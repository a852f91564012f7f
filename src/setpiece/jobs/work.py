"""How a handler reaches the rows of its job's workspace."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from setpiece.jobs.model import Job
from setpiece.storage.database import Database
from setpiece.workspaces.work import OpenWork, Work


def work_for(database: Database, job: Job, now: Callable[[], datetime]) -> OpenWork:
    """Work for the one who asked for the job, each a transaction."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Work]:
        async with database.transaction(job.workspace_id) as scope:
            yield Work(scope, job.author, now())

    return opened
