"""A job followed as it happens: a snapshot, then each change as it comes, signs of life between, and its end.

Each thing told has an id, and ids of one job only grow. The number of an event times `STEP` is its id; what is told beside
events (snapshots, signs of life) takes the ids between. So an id says which events its bearer has seen, heartbeats
cost no write, and two who follow one job do not move each other's numbers.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from setpiece.events.watching import News, Watched, Watching
from setpiece.jobs.events import JobEvent
from setpiece.jobs.model import Job, Reservation
from setpiece.kernel.clock import now

STEP = 1_000_000
"""A sign of life every 15 s takes half a year to use these up."""
HEARTBEAT_S = 15.0
"""Source: reports-v1, "Server-sent events"."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told to who follows a job; `job` is how the job stood then, None for a sign of life."""

    id: int
    type: Literal["status", "stage", "terminal", "heartbeat"]
    job: Job | None
    at: datetime


@dataclass(slots=True)
class _Place:
    """How far a follower is: the newest event told, and the id told last."""

    seq: int
    id: int

    def next_id(self, seq: int | None = None) -> int:
        """The id of the event `seq`, or of something beside events."""
        if seq is not None:
            self.seq = seq
        self.id = max(self.id + 1, self.seq * STEP)
        return self.id


async def follow(
    watching: Watching, job: Job, last_id: int | None, timeout_s: float, heartbeat_s: float = HEARTBEAT_S
) -> AsyncIterator[Told]:
    """What happens to the job after what `last_id` told, until its end or the time-out.

    Raises:
        Unavailable: the database does not answer any more.
    """
    ends_at = asyncio.get_running_loop().time() + timeout_s
    place = _place(job, last_id)
    with watching.watch(job.workspace_id, job.id) as watched:
        async for told in _opening(watched, place):
            yield told
            if told.type == "terminal":
                return
        while True:
            changed = watched.changed
            news = await watched.news(place.seq)
            if news is None or watching.closing.is_set():
                return
            for event in news.events:
                yield _told(place, news.job, event)
                if event.type == "terminal":
                    return
            left_s = ends_at - asyncio.get_running_loop().time()
            if left_s <= 0:
                return
            if not await _happens(changed, min(heartbeat_s, left_s)) and left_s > heartbeat_s:
                yield Told(place.next_id(), "heartbeat", None, now())


async def _opening(watched: Watched, place: _Place) -> AsyncIterator[Told]:
    """What was missed, then how the job stands: a client counts a stream that told nothing as a failure."""
    news = await watched.news(place.seq)
    if news is None:
        return
    for event in news.events:
        yield _told(place, news.job, event)
        if event.type == "terminal":
            return
    yield _snapshot(place, news)


def _snapshot(place: _Place, news: News) -> Told:
    kind: Literal["status", "terminal"] = "terminal" if news.job.status.is_final else "status"
    return Told(place.next_id(), kind, news.job, now())


def _place(job: Job, last_id: int | None) -> _Place:
    """Who comes with an id that was never given out is told how the job stands, as who comes without one."""
    if last_id is None or not 0 <= last_id < (job.last_seq + 1) * STEP:
        return _Place(job.last_seq, 0)
    return _Place(last_id // STEP, last_id)


def _told(place: _Place, job: Job, event: JobEvent) -> Told:
    return Told(place.next_id(event.seq), event.type, _as_of(job, event), event.at)


def _as_of(job: Job, event: JobEvent) -> Job:
    """The job as it stood after the event; after its end it changes no more."""
    if event.status.is_final:
        return job
    reserved = job.credits and replace(job.credits, state=Reservation.ACTIVE, discounted=0)
    return replace(
        job, status=event.status, stage=event.stage, progress=event.progress, updated_at=event.at,
        result=None, error=None, error_code=None, is_retryable=None, finished_at=None, credits=reserved,
    )  # fmt: skip


async def _happens(event: asyncio.Event, within_s: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within_s)
    return event.is_set()
