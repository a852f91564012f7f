"""The worker process: procrastinate fetches entries of the queue, listens and sends heartbeats; the rest is ours."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import psycopg
import structlog
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Entry
from procrastinate.worker import Worker

from setpiece.jobs.attempt import Attempts
from setpiece.jobs.model import Chore, Handler, Lane
from setpiece.jobs.rescue import Rescuer
from setpiece.jobs.under_way import UnderWay
from setpiece.kernel.clock import now
from setpiece.storage.database import Database

log = structlog.get_logger(__name__)

_TASK = "run_job"
_SCHEMA = "procrastinate"
_CHORES = "default"
"""The queue of procrastinate's periodic tasks."""
_RECONNECT_S = 2.0
_LONGEST_WAIT_S = 60.0


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How a worker works. With the defaults a dead worker's jobs are taken over within 13 s.

    Attributes:
        concurrency: Quick jobs done at a time.
        recordings: Recordings heard at a time, beside the quick jobs.
        heartbeat_s: Time between two signs of life.
        stale_after_s: Without a sign of life for this long, a worker is dead; three are then missing.
        rescue_every_s: Time between two looks for the jobs of dead workers.
        poll_s: Time between two looks for jobs. New ones are announced; those put off are found by looking.
        grace_s: How long quick jobs under way may go on when the worker is told to stop; then they are queued again.
        recordings_grace_s: Likewise for recordings. They take minutes and go on in the stage they were in, so they are not waited for.
        retry_waits_s: Waits before the retries of a job that found something unavailable.
    """

    concurrency: int = 2
    recordings: int = 1
    heartbeat_s: float = 3.0
    stale_after_s: float = 10.0
    rescue_every_s: float = 3.0
    poll_s: float = 5.0
    grace_s: float = 10.0
    recordings_grace_s: float = 0.0
    retry_waits_s: tuple[float, ...] = (5.0, 25.0, 125.0)


@dataclass(frozen=True, slots=True)
class Queue:
    """Where a worker's entries come from: the address and the pool have the rights of the queue's owner."""

    dsn: str
    owner: Database


async def run_worker(
    queue: Queue,
    tenants: Database,
    handler_by_kind: Mapping[str, Handler],
    stop: asyncio.Event,
    options: WorkerOptions,
    chores: Sequence[Chore] = (),
) -> None:
    """Do jobs and chores until `stop` is set, then finish or give back those under way; a lost database is waited for."""
    under_way = UnderWay()
    task = _task(Attempts(tenants, handler_by_kind, options.retry_waits_s), under_way)
    quick = _Share((Lane.QUICK, _CHORES), options.concurrency, options.grace_s, task, under_way, chores)
    recordings = _Share((Lane.RECORDINGS,), options.recordings, options.recordings_grace_s, task, under_way)
    async with _beside(under_way.heed_cancellations(tenants)):
        await asyncio.gather(*(_keep_working(queue, share, stop, options) for share in (quick, recordings)))


@dataclass(frozen=True, slots=True)
class _Share:
    """The part of a worker that serves some lanes, with connections and a heartbeat of its own."""

    lanes: tuple[str, ...]
    concurrency: int
    grace_s: float
    task: Callable[..., Awaitable[None]]
    under_way: UnderWay
    chores: Sequence[Chore] = ()


async def _keep_working(queue: Queue, share: _Share, stop: asyncio.Event, options: WorkerOptions) -> None:
    while not stop.is_set():
        try:
            await _work(queue, share, stop, options)
        except (ConnectorException, psycopg.Error) as lost:
            log.warning("queue_lost", reason=str(lost.__cause__ or lost))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _RECONNECT_S)


async def _work(queue: Queue, share: _Share, stop: asyncio.Event, options: WorkerOptions) -> None:
    """Until `stop` is set or the database is lost."""
    rescuer = Rescuer(queue.owner, options.stale_after_s, share.under_way.job_ids)
    async with _application(queue.dsn, share.task, share.chores).open_async() as application:
        worker = Worker(
            application,
            queues=list(share.lanes),
            concurrency=share.concurrency,
            fetch_job_polling_interval=options.poll_s,
            abort_job_polling_interval=options.poll_s,
            shutdown_graceful_timeout=share.grace_s,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=options.heartbeat_s,
            stalled_worker_timeout=options.stale_after_s,
        )
        async with _beside(_rescue(worker, rescuer, options.rescue_every_s), _stop(worker, stop)):
            await worker.run()


def _application(dsn: str, task: Callable[..., Awaitable[None]], chores: Sequence[Chore]) -> App:
    connector = PsycopgConnector(
        conninfo=dsn,
        min_size=1,
        max_size=3,
        kwargs={"options": f"-c search_path={_SCHEMA}", "application_name": "setpiece worker"},
    )
    application = App(connector=connector)
    application.task(name=_TASK, retry=_Again())(task)
    for chore in chores:
        scheduled = application.periodic(cron=chore.cron, periodic_id=chore.name)
        scheduled(application.task(name=f"chore:{chore.name}")(_chore(chore)))
    return application


def _task(attempts: Attempts, under_way: UnderWay) -> Callable[..., Awaitable[None]]:
    """What the queue calls for each entry."""

    async def run_job(workspace_id: str, job_id: str) -> None:
        workspace, job = UUID(workspace_id), UUID(job_id)
        wait_s = await under_way.attempt(workspace, job, attempts.attempt(workspace, job))
        if wait_s is not None:
            raise _PutOff(wait_s)

    return run_job


def _chore(chore: Chore) -> Callable[..., Awaitable[None]]:
    """What the queue calls when the chore is due."""

    async def do(timestamp: int) -> None:
        log.info("chore_begun", chore=chore.name, due=timestamp)
        try:
            await chore.do()
        except Exception:
            log.exception("chore_failed", chore=chore.name)

    return do


class _PutOff(Exception):
    """The job wants another attempt after `wait_s` seconds."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"again in {wait_s} s")
        self.wait_s = wait_s


class _Again(BaseRetryStrategy):
    """When an entry is tried again: as the attempt said; soon, when it could not even note how it went."""

    def get_retry_decision(self, *, exception: BaseException, job: Entry) -> RetryDecision:
        if isinstance(exception, asyncio.CancelledError):
            wait_s = 0.0
        elif isinstance(exception, _PutOff):
            wait_s = exception.wait_s
        else:
            wait_s = min(2.0**job.attempts, _LONGEST_WAIT_S)
        return RetryDecision(retry_at=now() + timedelta(seconds=wait_s))


@asynccontextmanager
async def _beside(*coroutines: Awaitable[None]) -> AsyncIterator[None]:
    """The coroutines, for the length of the context."""
    tasks = [asyncio.ensure_future(one) for one in coroutines]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _rescue(worker: Worker, rescuer: Rescuer, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        try:
            await rescuer.rescue(worker.worker_id)
        except Exception:
            log.exception("rescue_failed")


async def _stop(worker: Worker, stop: asyncio.Event) -> None:
    await stop.wait()
    worker.stop()
