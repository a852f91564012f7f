"""Giving back the jobs of workers that died.

procrastinate keeps a row with a heartbeat for each worker, and on each job that is being done the worker that does it; it
leaves to us what follows from that. A job is abandoned when its worker's heartbeat is old; when its worker has no row,
because the row was pruned before anyone looked (procrastinate's issue 1518); or when its worker is we ourselves, and
yet we are not doing it: we lost the database at the moment we should have reported.
"""

from collections.abc import Sequence, Set
from datetime import timedelta
from uuid import UUID

import asyncpg
import structlog

from setpiece.jobs.model import JobStatus
from setpiece.jobs.repository import JobRepository
from setpiece.storage.database import Database, Scope

log = structlog.get_logger(__name__)

MOST_RESCUES = 3
"""A job that is given back this often and loses its worker again is taken to be what kills them."""
_GIVEN_UP = f"Its worker died {MOST_RESCUES + 1} times while doing this, so it was given up."
_LOCK = 0x5E7_91ECF  # any constant, the same in every release: one rescuer at a time

# What a queue entry's columns mean is procrastinate's business: entries change only through its functions.
_ABANDONED = """
select entry.id, entry.queue_name, (entry.args ->> 'job_id')::uuid as job_id, (entry.args ->> 'workspace_id')::uuid as workspace_id,
       coalesce(worker.id = $2 and worker.last_heartbeat >= now() - $1::interval, false) as is_ours
from procrastinate_jobs entry left join procrastinate_workers worker on worker.id = entry.worker_id
where entry.status = 'doing'
  and not (entry.task_name <> 'run_job' and coalesce(worker.id = $2, false)) -- a chore of our own is under way
  and (worker.id is null or worker.id = $2 or worker.last_heartbeat < now() - $1::interval)
"""
_QUEUE_AGAIN = "select procrastinate_retry_job_v2($1, null, null, null, null)"
_REMOVE = "select procrastinate_finish_job_v1($1, 'failed', true)"
# Only new entries are announced by themselves.
_ANNOUNCE = """
select pg_notify('procrastinate_queue_v1#' || $2, json_build_object('type', 'job_inserted', 'job_id', $1::bigint)::text)
"""


class Rescuer:
    """Looks for abandoned jobs of all workspaces, with the rights of the queue's owner.

    Args:
        stale_after_s: Age in seconds of a heartbeat that means death.
        under_way: Ids of the jobs that this process is doing. They are never given back: after a pause of the whole
            machine, our own heartbeat is old too.
    """

    def __init__(self, owner: Database, stale_after_s: float, under_way: Set[UUID]) -> None:
        self._owner = owner
        self._stale_after = timedelta(seconds=stale_after_s)
        self._under_way = under_way
        self._suspects: Set[int] = frozenset()

    async def rescue(self, worker_id: int | None) -> None:
        """One round; `worker_id` is the row of our own worker.

        Raises:
            Unavailable: the database does not answer.
        """
        async with self._owner.unbound() as connection, connection.transaction():
            if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _LOCK):
                return
            await connection.execute("set local search_path to procrastinate, public")
            found = await connection.fetch(_ABANDONED, self._stale_after, worker_id)
            for entry in self._abandoned(found):
                await _give_back(connection, entry)

    def _abandoned(self, found: Sequence[asyncpg.Record]) -> list[asyncpg.Record]:
        """An entry of our own has to be idle for two rounds: it may just have been fetched, or be about to be reported."""
        idle = [entry for entry in found if entry["job_id"] not in self._under_way]
        abandoned = [entry for entry in idle if not entry["is_ours"] or entry["id"] in self._suspects]
        self._suspects = {entry["id"] for entry in idle if entry["is_ours"]}
        return abandoned


async def _give_back(connection: "asyncpg.pool.PoolConnectionProxy", entry: asyncpg.Record) -> None:
    """Queue one job again, or give it up; an entry whose job is over, or of a chore, is just removed."""
    if entry["job_id"] is None:
        await connection.execute(_REMOVE, entry["id"])
        return
    await connection.execute("select set_config('app.workspace', $1, true)", str(entry["workspace_id"]))
    jobs = JobRepository(Scope(connection, entry["workspace_id"]))
    status = await jobs.take_back(entry["job_id"], MOST_RESCUES, _GIVEN_UP)
    log.warning("job_rescued", job=str(entry["job_id"]), status=status)
    if status is JobStatus.QUEUED:
        await connection.execute(_QUEUE_AGAIN, entry["id"])
        await connection.execute(_ANNOUNCE, entry["id"], entry["queue_name"])
    else:
        await connection.execute(_REMOVE, entry["id"])
