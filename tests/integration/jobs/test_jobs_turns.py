"""Whose turn it is: fair between workspaces, short before long, nothing waits for ever, some wait for a recording."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
import pytest
from workbench import OPTIONS, StartWorker, Tenant, Workbench, until

from setpiece.jobs.model import Job, JobStatus, Lane
from setpiece.jobs.queue import enqueue, release
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.ids import new_uuid
from setpiece.storage.database import Scope

_FETCH = "select * from procrastinate_fetch_job_v2(array['jobs'], $1)"
_MANY = 30


async def test_one_workspaces_thousand_jobs_do_not_hold_up_anothers_first(
    bench: Workbench, tenant: Tenant, stranger: Tenant
):
    async with tenant.work() as work:
        for _ in range(1000):
            await enqueue(work, "example", {})
    first = await stranger.ask()
    assert (await order_of_turns(bench, 2)).index(first.id) <= 1


async def test_two_workspaces_with_many_jobs_each_take_turns(
    bench: Workbench, tenant: Tenant, stranger: Tenant
):
    ours = [(await tenant.ask()).id for _ in range(_MANY)]
    theirs = {(await stranger.ask()).id for _ in range(_MANY)}
    order = await order_of_turns(bench)
    half = order[:_MANY]
    assert abs(sum(job in theirs for job in half) - _MANY // 2) <= 1
    assert [job for job in order if job not in theirs] == ours


async def test_a_job_overtakes_none_of_its_workspace_that_waits_longer(bench: Workbench, tenant: Tenant):
    """After most of a crowd is done, few wait: what comes now must still come after them."""
    crowd = [(await tenant.ask()).id for _ in range(_MANY)]
    await order_of_turns(bench, _MANY - 3)
    latecomer = await tenant.ask()
    assert await order_of_turns(bench) == [*crowd[-3:], latecomer.id]


async def test_however_many_newcomers_there_are_a_job_is_done_in_the_end(
    bench: Workbench, tenant: Tenant, stranger: Tenant
):
    """Each newcomer is the only one of its kind that waits, so it is preferred; but not for ever."""
    last = [await tenant.ask() for _ in range(_MANY)][-1]
    for _ in range(_MANY * 3):
        await stranger.ask()
        begun = await order_of_turns(bench, 1)
        if begun == [last.id]:
            break
    assert begun == [last.id]


async def test_what_is_short_goes_before_what_is_long(bench: Workbench, tenant: Tenant):
    async with tenant.work() as work:
        long = [(await enqueue(work, "example", {}, priority=-20)).id for _ in range(3)]
        short = [(await enqueue(work, "example", {})).id for _ in range(3)]
    assert await order_of_turns(bench) == short + long


async def test_what_is_long_is_done_in_the_end_though_short_ones_keep_coming(
    bench: Workbench, tenant: Tenant
):
    async with tenant.work() as work:
        long = await enqueue(work, "example", {}, priority=-20)
    begun = []
    while long.id not in begun:
        await tenant.ask()
        begun += await order_of_turns(bench, 1)
        assert len(begun) < _MANY
    assert len(begun) > 10


async def test_quick_jobs_are_done_while_all_that_hears_recordings_is_busy(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    quick_is_done: Callable[[], Any]

    async def hears(job: Job) -> None:
        await until(lambda: quick_is_done())

    async def nothing(job: Job) -> None:
        pass

    async with tenant.work() as work:
        heard = [
            await enqueue(work, "hears", {}, lane=Lane.RECORDINGS) for _ in range(OPTIONS.concurrency + 2)
        ]
        quick = await enqueue(work, "quick", {})

    async def is_done() -> bool:
        return (await tenant.look(quick)).status is JobStatus.SUCCEEDED

    quick_is_done = is_done
    async with working({"hears": hears, "quick": nothing}):
        ended = [await tenant.end_of(job) for job in heard]
    assert {job.status for job in ended} == {JobStatus.SUCCEEDED}


async def test_a_job_that_waits_on_something_is_queued_when_that_is_released(
    bench: Workbench, tenant: Tenant, stranger: Tenant, working: StartWorker
):
    recording, other = new_uuid(), new_uuid()
    waiting = await wait_on(tenant, recording)
    still = await wait_on(tenant, other)
    foreign = await wait_on(stranger, recording)
    assert await bench.entries() == []
    async with tenant.work() as work:
        await release(work.scope, recording)
    assert [entry["args"] for entry in await bench.entries()]

    async def nothing(job: Job) -> None:
        pass

    async with working({"example": nothing}):
        assert (await tenant.end_of(waiting)).status is JobStatus.SUCCEEDED
        await until(lambda: queue_is_empty(bench))
    assert (await tenant.look(still)).status is JobStatus.QUEUED
    assert (await stranger.look(foreign)).waits_on == recording


async def test_a_release_that_is_not_committed_queues_nothing(bench: Workbench, tenant: Tenant):
    recording = new_uuid()
    job = await wait_on(tenant, recording)

    async def release_and_fail() -> None:
        async with tenant.work() as work:
            await release(work.scope, recording)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await release_and_fail()
    assert (await tenant.look(job)).waits_on == recording
    assert await bench.entries() == []


async def wait_on(tenant: Tenant, subject: UUID) -> Job:
    async with tenant.work() as work:
        return await enqueue(work, "example", {}, waits_on=subject)


async def order_of_turns(bench: Workbench, most: int = 1000) -> list[UUID]:
    """The jobs in the order in which a worker begins them; they stay begun."""
    order: list[UUID] = []
    async with bench.owner.unbound() as connection, connection.transaction():
        await connection.execute("set local search_path to procrastinate, public")
        worker = await connection.fetchval("insert into procrastinate_workers default values returning id")
        while len(order) < most and (entry := await connection.fetchrow(_FETCH, worker))["id"]:
            args = orjson.loads(entry["args"])
            await connection.execute("select set_config('app.workspace', $1, true)", args["workspace_id"])
            begun = await JobRepository(Scope(connection, UUID(args["workspace_id"]))).begin(
                UUID(args["job_id"])
            )
            assert begun
            order.append(begun.id)
    return order


async def queue_is_empty(bench: Workbench) -> bool:
    return not await bench.entries()
