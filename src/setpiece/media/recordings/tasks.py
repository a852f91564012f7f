"""The retention clock: what nobody used for long is deleted, and what deletions leave goes in the end."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog

from setpiece.jobs.model import Chore
from setpiece.media.recordings import doomed
from setpiece.media.recordings.model import Retention
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.service import discard, forget
from setpiece.providers.blobs.store import BlobStore
from setpiece.storage.database import Database
from setpiece.workspaces.audit import note
from setpiece.workspaces.directory import all_workspaces
from setpiece.workspaces.model import Member
from setpiece.workspaces.receipts import forget_old_receipts
from setpiece.workspaces.work import Work

log = structlog.get_logger(__name__)

_EVERY_HOUR = "17 * * * *"  # any minute but the first, at which everything else runs
_MOST_AT_A_TIME = 500
"""Deleted in one workspace in one round; the rest waits for the next."""
_NOBODY = Member(UUID(int=0), "Retention", "clock")


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock works with: `owner` sees which workspaces there are, `tenants` is bound to one."""

    tenants: Database
    owner: Database
    blobs: BlobStore
    retention: Retention
    now: Callable[[], datetime]


def chores(clock: Clock) -> list[Chore]:
    """What a worker does now and then for this room."""
    return [Chore("retention", _EVERY_HOUR, partial(apply_retention, clock))]


async def apply_retention(clock: Clock) -> None:
    """One round over all workspaces. It may be cut short anywhere: the next one goes on.

    Raises:
        Unavailable: the database does not answer.
    """
    for workspace in await all_workspaces(clock.owner):
        await _apply_in(clock, workspace.id)


async def _apply_in(clock: Clock, workspace_id: UUID) -> None:
    await _bury_unused(clock, workspace_id)
    async with _work(clock, workspace_id) as work:
        keys = await doomed.due(work, _MOST_AT_A_TIME)
    for key in keys:
        await discard(partial(_work, clock, workspace_id), clock.blobs, key)
    async with _work(clock, workspace_id) as work:
        tombstone = timedelta(days=clock.retention.tombstone_days)
        await RecordingRepository(work.scope).forget_buried(work.at - tombstone)
        await forget_old_receipts(work)


async def _bury_unused(clock: Clock, workspace_id: UUID) -> None:
    unused_since = clock.now() - timedelta(days=clock.retention.days)
    async with _work(clock, workspace_id) as work:
        due = await RecordingRepository(work.scope).unused_since(unused_since, _MOST_AT_A_TIME)
    for recording_id in due:
        async with _work(clock, workspace_id) as work:
            key = await RecordingRepository(work.scope).bury(recording_id, work.at, unused_since)
            if key:
                await forget(work, recording_id, key)
                await note(work, "file.expire", recording_id)
                log.info("recording_expired", recording=str(recording_id))


@asynccontextmanager
async def _work(clock: Clock, workspace_id: UUID) -> AsyncIterator[Work]:
    async with clock.tenants.transaction(workspace_id) as scope:
        yield Work(scope, _NOBODY, clock.now())
