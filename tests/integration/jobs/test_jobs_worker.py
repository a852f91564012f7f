"""Workers in this process: jobs are done once, tried again, failed with a sentence, and given back at the end."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from workbench import OPTIONS, StartWorker, Tenant, Workbench, until

from setpiece.jobs.attempt import Attempts
from setpiece.jobs.model import Job, JobStatus
from setpiece.jobs.queue import succeed
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import Conflict, Invalid, Unavailable


class Doing:
    """A handler that notes what it was called for, and raises the given errors first."""

    def __init__(self, bench: Workbench, *errors: Exception) -> None:
        self.calls: Counter[UUID] = Counter()
        self._bench = bench
        self._errors = list(errors)

    async def __call__(self, job: Job) -> None:
        self.calls[job.id] += 1
        await asyncio.sleep(0)
        if self._errors:
            raise self._errors.pop(0)
        async with self._bench.tenants.transaction(job.workspace_id) as scope:
            await succeed(scope, job, {"echo": job.payload})


async def test_a_job_is_done_and_its_result_can_be_read(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    async with working({"example": Doing(bench)}):
        ended = await tenant.end_of(await tenant.ask(number=7))
        await until(lambda: queue_is_empty(bench))
    assert (ended.status, ended.result, ended.error) == (JobStatus.SUCCEEDED, {"echo": {"number": 7}}, None)


async def test_a_handler_that_writes_nothing_just_returns(tenant: Tenant, working: StartWorker):
    async def nothing(job: Job) -> None:
        pass

    async with working({"example": nothing}):
        ended = await tenant.end_of(await tenant.ask())
    assert (ended.status, ended.result) == (JobStatus.SUCCEEDED, None)


async def test_two_workers_do_no_job_twice(
    bench: Workbench, tenant: Tenant, stranger: Tenant, working: StartWorker
):
    doing = Doing(bench)
    async with working({"example": doing}), working({"example": doing}):
        jobs = [(one, await one.ask()) for one in (tenant, stranger) * 10]
        ended = [await one.end_of(job) for one, job in jobs]
    assert {job.status for job in ended} == {JobStatus.SUCCEEDED}
    assert doing.calls == {job.id: 1 for _, job in jobs}


async def test_what_did_not_answer_is_tried_again(bench: Workbench, tenant: Tenant, working: StartWorker):
    away = Unavailable("The page does not answer.")
    async with working({"example": Doing(bench, away, away)}):
        ended = await tenant.end_of(await tenant.ask())
    assert (ended.status, ended.attempts, ended.retries) == (JobStatus.SUCCEEDED, 3, 2)


@pytest.mark.parametrize(
    ("errors", "told", "attempts"),
    [
        ([Unavailable("The page does not answer.")] * 3, "The page does not answer.", 3),
        (
            [Invalid("'personaOIds': there is no such persona.")],
            "'personaOIds': there is no such persona.",
            1,
        ),
        ([ValueError("row 17 of a secret file")], "Something went wrong on our side; the log says what.", 1),
    ],
    ids=["never answers", "invalid", "bug"],
)
async def test_a_job_that_cannot_be_done_fails_with_a_sentence(
    bench: Workbench,
    tenant: Tenant,
    working: StartWorker,
    errors: list[Exception],
    told: str,
    attempts: int,
):
    async with working({"example": Doing(bench, *errors)}):
        ended = await tenant.end_of(await tenant.ask())
        await until(lambda: queue_is_empty(bench))
    assert (ended.status, ended.error, ended.result) == (JobStatus.FAILED, told, None)
    assert ended.attempts == attempts


async def test_a_kind_that_no_worker_knows_is_waited_for_and_then_named(tenant: Tenant, working: StartWorker):
    async with working({}):
        ended = await tenant.end_of(await tenant.ask("unheard_of"))
    assert ended.status is JobStatus.FAILED
    assert "'unheard_of'" in str(ended.error)


async def test_a_worker_that_is_told_to_stop_finishes_what_it_is_doing(tenant: Tenant, working: StartWorker):
    begun = asyncio.Event()

    async def takes_a_moment(job: Job) -> None:
        begun.set()
        await asyncio.sleep(0.3)

    async with working({"example": takes_a_moment}) as stop:
        job = await tenant.ask()
        await begun.wait()
        stop.set()
    assert (await tenant.look(job)).status is JobStatus.SUCCEEDED


async def test_a_job_that_outlasts_the_grace_is_left_to_another_worker(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    begun = asyncio.Event()

    async def takes_for_ever(job: Job) -> None:
        begun.set()
        await asyncio.sleep(3600)

    async with working({"example": takes_for_ever}, replace(OPTIONS, grace_s=0.1)):
        job = await tenant.ask()
        await begun.wait()
    assert (await tenant.look(job)).status is JobStatus.QUEUED
    async with working({"example": Doing(bench)}):
        ended = await tenant.end_of(job)
    assert (ended.status, ended.retries) == (JobStatus.SUCCEEDED, 0)


async def test_of_two_attempts_at_once_only_the_later_one_can_succeed(bench: Workbench, tenant: Tenant):
    """A worker that was cut off, and is believed dead, cannot do what its successor does too."""
    job = await tenant.ask()
    async with tenant.work() as work:
        earlier = await JobRepository(work.scope).begin(job.id)
        later = await JobRepository(work.scope).begin(job.id)
    assert earlier is not None
    assert later is not None
    with pytest.raises(Conflict, match="took over"):
        async with tenant.work() as work:
            await succeed(work.scope, earlier, {"by": "earlier"})
    async with tenant.work() as work:
        await succeed(work.scope, later, {"by": "later"})
    assert (await tenant.look(job)).result == {"by": "later"}


async def test_a_job_that_is_over_is_not_begun_again(bench: Workbench, tenant: Tenant):
    doing = Doing(bench)
    attempts = Attempts(bench.tenants, {"example": doing}, ())
    job = await tenant.ask()
    assert await attempts.attempt(tenant.id, job.id) is None
    assert await attempts.attempt(tenant.id, job.id) is None
    assert doing.calls[job.id] == 1


async def queue_is_empty(bench: Workbench) -> bool:
    entries: list[Any] = await bench.entries()
    return not entries
