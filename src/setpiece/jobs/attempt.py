"""One attempt at a job: begin it, call its handler, note how it ended."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from uuid import UUID

import structlog

from setpiece.jobs.model import Handler, Job, TryLater
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import ErrorKind, SetpieceError, Unavailable
from setpiece.storage.database import Database

log = structlog.get_logger(__name__)

_OURS = (ErrorKind.UNAVAILABLE, ErrorKind.BUG)
"""What an operator may have to do something about."""


class Attempts:
    """Makes attempts at jobs of every kind that a handler is registered for.

    Args:
        retry_waits_s: Seconds to wait before each retry of a job that found something unavailable; after the last it fails.
    """

    def __init__(
        self, database: Database, handler_by_kind: Mapping[str, Handler], retry_waits_s: Sequence[float]
    ) -> None:
        self._database = database
        self._handler_by_kind = handler_by_kind
        self._retry_waits_s = retry_waits_s

    async def attempt(self, workspace_id: UUID, job_id: UUID) -> float | None:
        """Try the job once; the seconds to wait before the next attempt, or None when it is over.

        Raises:
            CancelledError: we were told to stop; the job is queued again, unless it was canceled.
        """
        async with self._database.bound(workspace_id) as scope:
            job = await JobRepository(scope).begin(job_id)
        if job is None:
            log.info("job_skipped", job=str(job_id))
            return None
        with structlog.contextvars.bound_contextvars(
            job=str(job.id), kind=job.kind, attempt=job.attempts, request_id=job.request_id
        ):
            return await self._try(job)

    async def _try(self, job: Job) -> float | None:
        log.info("job_begun")
        try:
            await self._handler(job.kind)(job)
        except asyncio.CancelledError:
            await self._put_back(job, job.retries)
            raise
        except Unavailable as error:
            return await self._retry(job, error)
        except SetpieceError as error:
            await self._fail(job, error)
        except Exception:
            log.exception("unexpected")
            await self._fail(job, SetpieceError("Something went wrong on our side; the log says what."))
        else:
            await self._settle(job)
        return None

    def _handler(self, kind: str) -> Handler:
        try:
            return self._handler_by_kind[kind]
        except KeyError:
            raise Unavailable(
                f"No worker knows jobs of the kind '{kind}'; an older one may still be running."
            ) from None

    async def _retry(self, job: Job, error: Unavailable) -> float | None:
        if isinstance(error, TryLater):
            return await self._put_off(job, error, error.wait_s)
        if job.retries >= len(self._retry_waits_s):
            await self._fail(job, error)
            return None
        return await self._put_off(job, error, self._retry_waits_s[job.retries])

    async def _put_off(self, job: Job, error: Unavailable, wait_s: float) -> float:
        log.warning("job_put_off", reason=error.message, wait_s=wait_s)
        await self._put_back(job, job.retries + 1, error.message)
        return wait_s

    async def _put_back(self, job: Job, retries: int, error: str | None = None) -> None:
        async with self._database.bound(job.workspace_id) as scope:
            await JobRepository(scope).put_back(job, retries=retries, error=error)

    async def _fail(self, job: Job, error: SetpieceError) -> None:
        level = logging.WARNING if error.kind in _OURS else logging.INFO  # the rest is told to whoever asked
        log.log(level, "job_failed", reason=error.message, code=error.code)
        async with self._database.bound(job.workspace_id) as scope:
            await JobRepository(scope).fail(
                job, error.message, error.code, is_retryable=isinstance(error, Unavailable)
            )

    async def _settle(self, job: Job) -> None:
        """Success for a handler that had nothing to write it with; the others have noted it already."""
        async with self._database.bound(job.workspace_id) as scope:
            await JobRepository(scope).succeed(job, None)
        log.info("job_done")
