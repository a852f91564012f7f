"""The jobs that this process is doing, and how they are stopped when somebody cancels them."""

import asyncio
from collections.abc import Coroutine, Set
from typing import Any
from uuid import UUID

import structlog

from setpiece.jobs.model import JobStatus
from setpiece.jobs.repository import JobRepository
from setpiece.storage.database import Database
from setpiece.storage.listening import keep_listening

log = structlog.get_logger(__name__)

_CHANNEL = "jobs_canceled"


class UnderWay:
    """Attempts of this process by their job."""

    def __init__(self) -> None:
        self._attempts: dict[UUID, asyncio.Task[float | None]] = {}
        self._workspaces: dict[UUID, UUID] = {}
        self._canceled: set[asyncio.Task[float | None]] = set()

    @property
    def job_ids(self) -> Set[UUID]:
        """A view: it follows what is under way."""
        return self._attempts.keys()

    async def attempt(
        self, workspace_id: UUID, job_id: UUID, attempt: Coroutine[Any, Any, float | None]
    ) -> float | None:
        """What the attempt gives; None when the job was canceled meanwhile.

        Raises:
            CancelledError: we were told to stop, and so was the attempt.
        """
        task = asyncio.create_task(attempt)
        self._attempts[job_id], self._workspaces[job_id] = task, workspace_id
        try:
            return await task
        except asyncio.CancelledError:
            if task not in self._canceled:
                raise
            log.info("job_canceled", job=str(job_id))
            return None
        finally:
            self._canceled.discard(task)
            self._attempts.pop(job_id, None)
            self._workspaces.pop(job_id, None)

    async def heed_cancellations(self, database: Database) -> None:
        """Stop what is canceled, until cancelled oneself."""

        async def look() -> None:
            await self._look(database)

        await keep_listening(database, _CHANNEL, lambda told: self._cancel(UUID(told)), look)

    def _cancel(self, job_id: UUID) -> None:
        if task := self._attempts.get(job_id):
            self._canceled.add(task)
            task.cancel()

    async def _look(self, database: Database) -> None:
        """For what was canceled while nobody listened."""
        for job_id, workspace_id in list(self._workspaces.items()):
            async with database.bound(workspace_id) as scope:
                job = await JobRepository(scope).find(job_id)
            if job is not None and job.status is JobStatus.CANCELED:
                self._cancel(job_id)
