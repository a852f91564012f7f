"""Who watches jobs in this process: one connection listens for all, and what is new of a job is read once for all its watchers."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from setpiece.jobs.events import CHANNEL, JobEvent, events_after
from setpiece.jobs.model import Job
from setpiece.jobs.repository import JobRepository
from setpiece.storage.database import Database
from setpiece.storage.listening import keep_listening


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a job after the event with the number `after`, and the job at least as new as that."""

    job: Job
    after: int
    events: tuple[JobEvent, ...]


class Watched:
    """A job that somebody watches."""

    def __init__(self, database: Database, workspace_id: UUID, job_id: UUID) -> None:
        self._database, self._workspace_id, self._job_id = database, workspace_id, job_id
        self._changed = asyncio.Event()
        self._is_stale = True
        self._reading = asyncio.Lock()
        self._news: News | None = None
        self.watchers = 0

    @property
    def changed(self) -> asyncio.Event:
        """Is set by the next change. Take it before looking for news, so that nothing falls between."""
        return self._changed

    def ring(self) -> None:
        self._is_stale = True
        self._changed.set()
        self._changed = asyncio.Event()

    async def news(self, after: int) -> News | None:
        """None when the job is gone. However many ask at once, the database is asked once.

        Raises:
            Unavailable: the database does not answer.
        """
        async with self._reading:
            known = self._news
            if self._is_stale or known is None or known.after > after:
                self._is_stale = False
                try:
                    known = self._news = await self._read(after)
                except BaseException:
                    self._is_stale = True
                    raise
        if known is None:
            return None
        return News(known.job, after, tuple(one for one in known.events if one.seq > after))

    async def _read(self, after: int) -> News | None:
        async with self._database.bound(self._workspace_id) as scope:
            events = await events_after(scope, self._job_id, after)
            job = await JobRepository(scope).find(
                self._job_id
            )  # second, so that it is not older than they are
        return News(job, after, tuple(events)) if job else None


class Watching:
    """The jobs that are watched in this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watched: dict[tuple[UUID, UUID], Watched] = {}
        self._listening: asyncio.Task[None] | None = None
        self.closing = asyncio.Event()
        """Set when the process is told to stop: streams end, so that nobody waits for them."""

    def start(self) -> None:
        """Begin to listen; a lost connection is made again."""
        heard = keep_listening(self._database, CHANNEL, self._hear, self._ring_all)
        self._listening = asyncio.create_task(heard)

    async def aclose(self) -> None:
        self.close()
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    def close(self) -> None:
        """Let every stream end."""
        self.closing.set()
        for watched in self._watched.values():
            watched.ring()

    @contextmanager
    def watch(self, workspace_id: UUID, job_id: UUID) -> Iterator[Watched]:
        """The job, watched for the length of the context; it need not be there."""
        key = (workspace_id, job_id)
        watched = self._watched.setdefault(key, Watched(self._database, *key))
        watched.watchers += 1
        try:
            yield watched
        finally:
            watched.watchers -= 1
            if not watched.watchers:
                del self._watched[key]

    def _hear(self, told: str) -> None:
        workspace_id, job_id, _ = told.split(" ")
        if watched := self._watched.get((UUID(workspace_id), UUID(job_id))):
            watched.ring()

    async def _ring_all(self) -> None:
        for watched in self._watched.values():
            watched.ring()
