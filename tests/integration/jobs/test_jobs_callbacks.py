"""A job that names a URL is reported there however it ends, also when workers are killed on the way."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from workbench import StartWorker, Tenant, Workbench, until

from receiver import Receiver, receiving
from setpiece.events.callbacks import Post, call_back
from setpiece.events.secrets import rotate_signing_secret, signing_secret
from setpiece.jobs.model import CALL_BACK, Callback, Job, JobStatus, Submission
from setpiece.jobs.queue import enqueue, report_on, submit
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import Conflict, Invalid
from setpiece.kernel.ids import show
from setpiece.providers.webhooks.http import HttpWebhooks

PROCESS = Path(__file__).with_name("callback_process.py")


async def ask(tenant: Tenant, url: str | None, **submission: Any) -> Job:
    async with tenant.work() as work:
        return await submit(work, "example", {}, Submission(callback_url=url, **submission))


async def ended(tenant: Tenant, url: str) -> Job:
    """A job that is over, by no worker: its delivery waits for the first that comes."""
    job = await ask(tenant, url)
    async with tenant.work() as work:
        begun = await JobRepository(work.scope).begin(job.id)
        assert begun
        assert await JobRepository(work.scope).succeed(begun, {})
    return job


async def report(tenant: Tenant, job: Job) -> Job | None:
    async with tenant.work() as work:
        return await report_on(work, job)


async def delivered(tenant: Tenant, job: Job) -> Job:
    async def over() -> Job | None:
        found = await report(tenant, job)
        return found if found and found.status in (JobStatus.SUCCEEDED, JobStatus.FAILED) else None

    found: Job = await until(over)
    return found


async def secret_of(tenant: Tenant) -> str:
    async with tenant.work() as work:
        return await signing_secret(work.scope, None)


def posting(bench: Workbench) -> Any:
    return partial(call_back, Post(bench.tenants, HttpWebhooks(allow_private=True), waits_s=(0.05, 0.05)))


async def nothing(_: Job) -> None: ...


async def test_it_fails_twice_is_accepted_then_and_each_attempt_is_signed(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    async with receiving([500, 503]) as receiver, working({"example": nothing, CALL_BACK: posting(bench)}):
        job = await ask(tenant, receiver.url)
        last = await delivered(tenant, job)
    assert (last.status, last.attempts) == (JobStatus.SUCCEEDED, 3)
    assert [one["status"] for one in verified(receiver, await secret_of(tenant))] == ["completed"] * 3
    assert {one.headers["webhook-id"] for one in receiver.arrived} == {show("msg", last.id)}


async def test_after_the_secret_was_replaced_either_verifies_a_callback(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    before = await secret_of(tenant)
    async with tenant.work() as work:
        await rotate_signing_secret(work)
    async with receiving() as receiver, working({"example": nothing, CALL_BACK: posting(bench)}):
        await delivered(tenant, await ask(tenant, receiver.url))
    assert verified(receiver, before) == verified(receiver, await secret_of(tenant))


async def test_a_failed_job_is_reported_too(bench: Workbench, tenant: Tenant, working: StartWorker):
    async def wrong(_: Job) -> None:
        raise Invalid("There is no such persona.")

    async with receiving() as receiver, working({"example": wrong, CALL_BACK: posting(bench)}):
        await delivered(tenant, await ask(tenant, receiver.url))
    (told,) = verified(receiver, await secret_of(tenant))
    assert (told["status"], told["error"]) == ("failed", "There is no such persona.")


async def test_a_job_given_up_by_the_rescue_is_reported_too(tenant: Tenant):
    job = await ask(tenant, "https://hooks.example/")
    async with tenant.work() as work:
        assert await JobRepository(work.scope).take_back(job.id, 0, "Its worker died.") is JobStatus.FAILED
    assert await report(tenant, job) is not None


async def test_a_job_is_reported_once_and_only_when_it_has_ended(tenant: Tenant):
    job = await ask(tenant, "https://hooks.example/")
    async with tenant.work() as work:
        repository = JobRepository(work.scope)
        begun = await repository.begin(job.id)
        assert begun
        assert await repository.put_back(begun, retries=1, error="Not yet.")
        assert await repository.report_on(job.id) is None
        again = await repository.begin(job.id)
        assert again
        assert await repository.succeed(again, {})
        assert not await repository.fail(again, "Too late.", "late", is_retryable=False)
        count = await work.connection.fetchval("select count(*) from jobs where reports_on = $1", job.id)
    assert count == 1


async def test_an_end_that_is_not_committed_is_not_reported(bench: Workbench, tenant: Tenant):
    job = await ask(tenant, "https://hooks.example/")
    async with bench.tenants.bound(tenant.id) as scope:
        undone = scope.connection.transaction()
        await undone.start()
        begun = await JobRepository(scope).begin(job.id)
        assert begun
        assert await JobRepository(scope).succeed(begun, {})
        assert await JobRepository(scope).report_on(job.id)
        await undone.rollback()
    assert await report(tenant, job) is None


async def test_without_a_url_nothing_is_reported(bench: Workbench, tenant: Tenant, working: StartWorker):
    job = await ask(tenant, None)
    async with working({"example": nothing}):
        await tenant.end_of(job)
    assert await report(tenant, job) is None


async def test_who_wants_events_is_not_sent_the_answer_of_a_run(tenant: Tenant):
    callback = Callback("https://hooks.example/", {"X-Tenant": "7"})
    async with tenant.work() as work:
        job = await enqueue(work, "example", {}, callback=callback)
    async with tenant.work() as work:
        await JobRepository(work.scope).take_back(job.id, 0, "Its worker died.")
        kept = await work.connection.fetchrow(
            "select callback_url, callback_headers ->> 'X-Tenant', callback_form from jobs where id = $1",
            job.id,
        )
    assert tuple(kept) == (callback.url, "7", "event")
    assert await report(tenant, job) is None


async def test_another_workspace_sees_neither_the_report_nor_the_secret(tenant: Tenant, stranger: Tenant):
    job = await ask(tenant, "https://hooks.example/")
    async with tenant.work() as work:
        await JobRepository(work.scope).take_back(job.id, 0, "Its worker died.")
    assert await report(stranger, job) is None
    assert await secret_of(stranger) != await secret_of(tenant)
    async with stranger.work() as work:
        assert await work.connection.fetchval("select count(*) from webhook_secrets") == 1


async def test_one_request_of_a_client_is_one_job(tenant: Tenant):
    first = await ask(tenant, None, external_id="order-1", fingerprint="a")
    assert (await ask(tenant, None, external_id="order-1", fingerprint="a")).id == first.id
    with pytest.raises(Conflict):
        await ask(tenant, None, external_id="order-1", fingerprint="b")


async def test_a_worker_that_is_killed_between_two_attempts_loses_no_delivery(
    bench: Workbench, tenant: Tenant
):
    async with receiving([500]) as receiver:
        job = await ended(tenant, receiver.url)
        async with process(bench, wait_s=1.0) as worker:
            await until(lambda: has_waiting_retry(tenant, job))
            worker.kill()
            await worker.wait()
        assert len(receiver.arrived) == 1
        async with process(bench, wait_s=0.1):
            last = await delivered(tenant, job)
    assert (last.status, len(receiver.arrived)) == (JobStatus.SUCCEEDED, 2)
    assert len({one.headers["webhook-id"] for one in receiver.arrived}) == 1


async def test_a_worker_that_is_killed_while_the_receiver_thinks_loses_no_delivery(
    bench: Workbench, tenant: Tenant
):
    async with receiving(hangs=True) as receiver:
        job = await ended(tenant, receiver.url)
        async with process(bench, wait_s=0.1) as worker:
            await until(lambda: has_arrived(receiver, 1))
            worker.kill()
            await worker.wait()
        receiver.hangs = False
        async with process(bench, wait_s=0.1):
            last = await delivered(tenant, job)
    assert last.status is JobStatus.SUCCEEDED
    assert len({one.headers["webhook-id"] for one in receiver.arrived}) == 1


def verified(receiver: Receiver, secret: str) -> list[Any]:
    return [one.verified(secret) for one in receiver.arrived]


async def has_arrived(receiver: Receiver, count: int) -> bool:
    return len(receiver.arrived) >= count


async def has_waiting_retry(tenant: Tenant, job: Job) -> bool:
    found = await report(tenant, job)
    return found is not None and found.status is JobStatus.QUEUED and found.retries == 1


@asynccontextmanager
async def process(bench: Workbench, wait_s: float) -> AsyncIterator[asyncio.subprocess.Process]:
    started = await asyncio.create_subprocess_exec(sys.executable, str(PROCESS), bench.dsn, str(wait_s))
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()
