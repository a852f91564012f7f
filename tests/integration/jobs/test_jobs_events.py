"""What happened to a job, numbered, and told to who listens."""

from datetime import timedelta

import pytest
from workbench import Tenant, Workbench, until

from setpiece.jobs.chores import Broom, clear_old_events
from setpiece.jobs.events import JobEvent, events_after
from setpiece.jobs.model import Job, JobStatus
from setpiece.jobs.queue import advance, advance_waiting, cancel, enqueue, release, succeed
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.clock import now
from setpiece.kernel.ids import new_uuid


async def test_each_change_is_one_event_and_the_numbers_have_no_gap(tenant: Tenant):
    job = await begin(tenant, await tenant.ask())
    async with tenant.work() as work:
        await advance(work.scope, job, "extracting", 0.25)
        await advance(work.scope, job, "extracting", 0.5)
        await advance(work.scope, job, "scoring")
        await succeed(work.scope, job, {"done": True})
    told = [(one.seq, one.type, one.status, one.stage, one.progress) for one in await events(tenant, job)]
    assert told == [
        (1, "status", JobStatus.QUEUED, None, None),
        (2, "status", JobStatus.RUNNING, None, None),
        (3, "stage", JobStatus.RUNNING, "extracting", 0.25),
        (4, "stage", JobStatus.RUNNING, "extracting", 0.5),
        (5, "stage", JobStatus.RUNNING, "scoring", None),
        (6, "terminal", JobStatus.SUCCEEDED, "scoring", None),
    ]
    assert (await tenant.look(job)).last_seq == 6
    assert [one.seq for one in await events(tenant, job, after=4)] == [5, 6]


async def test_steps_too_small_to_be_seen_are_not_told(tenant: Tenant):
    job = await begin(tenant, await tenant.ask())
    async with tenant.work() as work:
        for step in range(1001):
            await advance(work.scope, job, "extracting", step / 1000)
    stages = [one for one in await events(tenant, job) if one.type == "stage"]
    assert 90 <= len(stages) <= 101
    assert stages[-1].progress == pytest.approx(1, abs=0.01)


async def test_progress_does_not_go_back_with_the_next_stage(tenant: Tenant):
    job = await begin(tenant, await tenant.ask())
    async with tenant.work() as work:
        await advance(work.scope, job, "scoring", 0.9)
        await advance(work.scope, job, "rendering", 0.5)
        await advance(work.scope, job, "finalizing", 0.95)
    assert [one.progress for one in await events(tenant, job) if one.type == "stage"] == [0.9, 0.9, 0.95]


async def test_jobs_that_wait_on_a_recording_advance_with_it(tenant: Tenant, stranger: Tenant):
    recording = new_uuid()
    ours, other = await wait_on(tenant, recording), await wait_on(tenant, new_uuid())
    foreign = await wait_on(stranger, recording)
    async with tenant.work() as work:
        await advance_waiting(work.scope, recording, "transcoding", 0.1)
        await release(work.scope, recording)
    assert [one.stage for one in await events(tenant, ours)] == [None, "transcoding"]
    assert (await tenant.look(ours)).progress == pytest.approx(0.09)
    assert len(await events(tenant, other)) == len(await events(stranger, foreign)) == 1


async def test_a_canceled_job_ends_with_an_event_that_says_so(tenant: Tenant):
    job = await tenant.ask()
    async with tenant.work() as work:
        await cancel(work, job)
    assert [(one.type, one.status) for one in await events(tenant, job)][-1] == ("terminal", "canceled")


async def test_another_workspace_sees_no_event(tenant: Tenant, stranger: Tenant):
    job = await tenant.ask()
    assert await events(stranger, job) == []


async def test_who_listens_hears_of_an_event_once_it_is_committed(bench: Workbench, tenant: Tenant):
    heard: list[str] = []
    async with bench.tenants.listening("job_events", lambda *told: heard.append(told[3])):
        job = await tenant.ask()

        async def is_heard() -> bool:
            return f"{tenant.id} {job.id} 1" in heard

        await until(is_heard)


async def begin(tenant: Tenant, job: Job) -> Job:
    async with tenant.work() as work:
        begun = await JobRepository(work.scope).begin(job.id)
    assert begun is not None
    return begun


async def wait_on(tenant: Tenant, subject: object) -> Job:
    async with tenant.work() as work:
        return await enqueue(work, "example", {}, waits_on=subject)  # type: ignore[arg-type]  # a UUID


async def events(tenant: Tenant, job: Job, after: int = 0) -> list[JobEvent]:
    async with tenant.work() as work:
        return await events_after(work.scope, job.id, after)


async def test_events_of_jobs_that_ended_long_ago_are_cleared_away_and_no_others(
    bench: Workbench, tenant: Tenant
):
    ended, running = await tenant.ask(), await tenant.ask()
    async with tenant.work() as work:
        await cancel(work, ended)
    in_two_days = now() + timedelta(days=2)
    await clear_old_events(Broom(bench.tenants, bench.owner, now))
    assert len(await events(tenant, ended)) == 2
    await clear_old_events(Broom(bench.tenants, bench.owner, lambda: in_two_days))
    assert await events(tenant, ended) == []
    assert len(await events(tenant, running)) == 1
