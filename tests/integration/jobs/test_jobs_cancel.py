"""Canceling: at once in the row, within moments in the worker that is at it."""

import asyncio

import pytest
from workbench import PATIENCE_S, StartWorker, Tenant, Workbench, until

from setpiece.jobs.model import Job, JobStatus
from setpiece.jobs.queue import advance, cancel, enqueue, release, succeed
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import Conflict
from setpiece.kernel.ids import new_uuid


class Patient:
    """A handler that waits until it is stopped."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.stopped = asyncio.Event()

    async def __call__(self, _: Job) -> None:
        self.begun.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            self.stopped.set()
            raise


async def test_a_running_job_is_stopped_on_whatever_worker_and_the_worker_goes_on(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    patient = Patient()

    async def nothing(job: Job) -> None:
        pass

    handlers = {"example": patient, "other": nothing}
    async with working(handlers):
        job = await tenant.ask()
        await patient.begun.wait()
        canceled = await cancel_it(tenant, job)
        assert (canceled.status, canceled.error_code) == (JobStatus.CANCELED, None)
        await asyncio.wait_for(patient.stopped.wait(), PATIENCE_S)
        await until(lambda: queue_is_empty(bench))
        other = await tenant.end_of(await tenant.ask("other"))
    assert other.status is JobStatus.SUCCEEDED
    assert (await tenant.look(job)).status is JobStatus.CANCELED


async def test_what_is_canceled_while_no_worker_listens_is_stopped_once_it_listens_again(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    patient = Patient()
    async with working({"example": patient}):
        job = await tenant.ask()
        await patient.begun.wait()
        async with bench.owner.unbound() as connection, connection.transaction():  # nothing is announced
            await connection.execute("set local session_replication_role to replica")
            await connection.execute("select set_config('app.workspace', $1, true)", str(tenant.id))
            await connection.execute("update jobs set status = 'canceled' where id = $1", job.id)
        assert not patient.stopped.is_set()
        await bench.execute(
            """select pg_terminate_backend(pid) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%jobs_canceled%'"""
        )
        await asyncio.wait_for(patient.stopped.wait(), PATIENCE_S)


@pytest.mark.parametrize("waits_on", [None, new_uuid()], ids=["queued", "waiting"])
async def test_a_job_that_was_not_begun_is_never_begun(
    bench: Workbench, tenant: Tenant, working: StartWorker, waits_on: None
):
    patient = Patient()
    async with tenant.work() as work:
        job = await enqueue(work, "example", {}, waits_on=waits_on)
    await cancel_it(tenant, job)
    if waits_on:
        async with tenant.work() as work:
            await release(work.scope, waits_on)
    async with working({"example": patient}):
        await until(lambda: queue_is_empty(bench))
    assert not patient.begun.is_set()
    assert (await tenant.look(job)).attempts == 0


async def test_a_canceled_attempt_can_change_nothing_any_more(tenant: Tenant):
    job = await tenant.ask()
    async with tenant.work() as work:
        begun = await JobRepository(work.scope).begin(job.id)
        assert begun is not None
    await cancel_it(tenant, job)
    for change in (succeed, lambda scope, job: advance(scope, job, "scoring", 0.5)):
        with pytest.raises(Conflict, match="canceled"):
            async with tenant.work() as work:
                await change(work.scope, begun)
    found = await tenant.look(job)
    assert (found.status, found.stage) == (JobStatus.CANCELED, None)


async def test_a_job_that_is_over_stays_as_it_is(tenant: Tenant):
    job = await tenant.ask()
    async with tenant.work() as work:
        begun = await JobRepository(work.scope).begin(job.id)
        assert begun is not None
        await succeed(work.scope, begun, {"done": True})
    again = await cancel_it(tenant, job)
    assert (again.status, again.result) == (JobStatus.SUCCEEDED, {"done": True})


async def test_a_canceled_job_calls_nobody_back(tenant: Tenant):
    job = await tenant.ask()
    async with tenant.work() as work:
        await work.connection.execute(
            "update jobs set callback_url = 'https://example.com' where id = $1", job.id
        )
    await cancel_it(tenant, job)
    async with tenant.work() as work:
        assert await JobRepository(work.scope).report_on(job.id) is None


async def cancel_it(tenant: Tenant, job: Job) -> Job:
    async with tenant.work() as work:
        return await cancel(work, job)


async def queue_is_empty(bench: Workbench) -> bool:
    return not await bench.entries()
