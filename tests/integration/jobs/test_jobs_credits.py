"""Credits: what a job reserves is used or released exactly once, whoever ends it, and the sums agree."""

import asyncio
import random
from typing import Any

import pytest
from workbench import Tenant, Workbench

from setpiece.jobs.credits import list_journal, read_balance
from setpiece.jobs.feedback import Opinion, give_feedback
from setpiece.jobs.model import Job, JobCredits, JobStatus, Reservation
from setpiece.jobs.queue import cancel
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import SetpieceError
from setpiece.kernel.ids import new_uuid, show
from setpiece.kernel.pages import Window

QUOTA = 1_000


async def ask(tenant: Tenant, kind: str = "report.generate") -> Job:
    return await tenant.ask(kind)


async def begun(tenant: Tenant) -> Job:
    job = await ask(tenant)
    async with tenant.work() as work:
        found = await JobRepository(work.scope).begin(job.id)
    assert found
    return found


async def succeed(tenant: Tenant, job: Job) -> bool:
    async with tenant.work() as work:
        return await JobRepository(work.scope).succeed(job, {"reportId": show("rpt", new_uuid())})


async def fail(tenant: Tenant, job: Job) -> bool:
    async with tenant.work() as work:
        return await JobRepository(work.scope).fail(job, "No.", "internal", is_retryable=False)


async def stop(tenant: Tenant, job: Job) -> Job:
    async with tenant.work() as work:
        return await cancel(work, job)


async def give_up(tenant: Tenant, job: Job) -> Any:
    async with tenant.work() as work:
        return await JobRepository(work.scope).take_back(job.id, 0, "Its worker died.")


async def opine(tenant: Tenant, job: Job, key: str | None = None) -> int:
    async with tenant.work() as work:
        opinion = Opinion(("jobId", show("job", job.id)), "thumbs_up")
        return (await give_feedback(work, opinion, key)).discount


async def state(tenant: Tenant) -> tuple[int, int, list[int]]:
    """What is left, what is reserved, and the amounts in the journal, oldest first."""
    async with tenant.work() as work:
        balance = await read_balance(work, QUOTA)
        journal = await list_journal(work, Window(100))
    assert journal.total == len(journal.items)
    return balance.left, balance.reserved, [one.amount for one in reversed(journal.items)]


async def credits_of(tenant: Tenant, job: Job) -> JobCredits | None:
    return (await tenant.look(job)).credits


async def test_a_report_reserves_its_price_and_uses_it_when_it_succeeds(tenant: Tenant):
    job = await begun(tenant)
    assert job.credits == JobCredits(10, Reservation.ACTIVE)
    assert await state(tenant) == (QUOTA, 10, [])
    assert await succeed(tenant, job)
    assert await credits_of(tenant, job) == JobCredits(10, Reservation.APPLIED)
    assert await state(tenant) == (QUOTA - 10, 0, [-10])


@pytest.mark.parametrize("end", [fail, stop, give_up])
async def test_whatever_else_ends_it_releases_them(tenant: Tenant, end: Any):
    job = await begun(tenant)
    await end(tenant, job)
    assert await credits_of(tenant, job) == JobCredits(10, Reservation.RELEASED)
    assert await state(tenant) == (QUOTA, 0, [])


async def test_another_attempt_changes_nothing(tenant: Tenant):
    job = await begun(tenant)
    async with tenant.work() as work:
        assert await JobRepository(work.scope).put_back(job, retries=1)
    assert await credits_of(tenant, job) == JobCredits(10, Reservation.ACTIVE)


async def test_an_end_that_is_not_committed_uses_nothing(bench: Workbench, tenant: Tenant):
    job = await begun(tenant)
    async with bench.tenants.bound(tenant.id) as scope:
        undone = scope.connection.transaction()
        await undone.start()
        assert await JobRepository(scope).succeed(job, {})
        await undone.rollback()
    assert await state(tenant) == (QUOTA, 10, [])


@pytest.mark.parametrize("kind", ["matching.generate", "example"])
async def test_what_has_no_price_reserves_nothing(tenant: Tenant, kind: str):
    assert (await ask(tenant, kind)).credits is None
    assert await state(tenant) == (QUOTA, 0, [])


async def test_of_many_ends_at_the_same_moment_one_counts(tenant: Tenant):
    for _ in range(5):
        job = await begun(tenant)
        ends: list[Any] = [succeed, fail, stop, give_up]
        random.Random(str(job.id)).shuffle(ends)
        await asyncio.gather(*(end(tenant, job) for end in ends))
        counted = await credits_of(tenant, job)
        assert counted
        assert counted.state is not Reservation.ACTIVE
    left, reserved, amounts = await state(tenant)
    assert (left, reserved) == (QUOTA + sum(amounts), 0)


async def test_feedback_gives_half_back_once_however_often_it_comes_at_the_same_moment(tenant: Tenant):
    job = await begun(tenant)
    await succeed(tenant, job)
    assert sorted(await asyncio.gather(*(opine(tenant, job) for _ in range(5)))) == [0, 0, 0, 0, 5]
    assert await credits_of(tenant, job) == JobCredits(10, Reservation.APPLIED, 5)
    assert await state(tenant) == (QUOTA - 5, 0, [-10, 5])


async def test_the_same_feedback_sent_again_is_one_also_at_the_same_moment(tenant: Tenant):
    job = await begun(tenant)
    await succeed(tenant, job)
    assert await asyncio.gather(*(opine(tenant, job, "once") for _ in range(4))) == [5] * 4
    async with tenant.work() as work:
        assert await work.connection.fetchval("select count(*) from feedback") == 1


async def test_for_what_used_nothing_nothing_is_given_back(tenant: Tenant):
    job = await begun(tenant)
    assert await opine(tenant, job) == 0
    await fail(tenant, job)
    assert await opine(tenant, job) == 0
    assert await state(tenant) == (QUOTA, 0, [])


async def test_whatever_happens_in_whatever_order_the_sums_agree(tenant: Tenant):
    """Jobs asked for, ended in every way and judged, many at a time: balance, journal and jobs say the same."""
    draw = random.Random(20261125)
    jobs = [await begun(tenant) for _ in range(12)]
    acts = [(act, job) for job in jobs for act in (succeed, fail, stop, give_up, opine, opine)]
    draw.shuffle(acts)
    for first in range(0, len(acts), 6):
        await asyncio.gather(
            *(act(tenant, job) for act, job in acts[first : first + 6]), return_exceptions=True
        )
    counted = [await credits_of(tenant, job) for job in jobs]
    net = sum(one.net_used for one in counted if one)
    left, reserved, amounts = await state(tenant)
    assert (left, reserved) == (QUOTA - net, 0)
    assert sum(amounts) == -net
    assert {one.state for one in counted if one} == {Reservation.APPLIED, Reservation.RELEASED}


async def test_another_workspace_s_job_is_not_judged_and_its_balance_not_moved(
    tenant: Tenant, stranger: Tenant
):
    job = await begun(tenant)
    await succeed(tenant, job)
    with pytest.raises(SetpieceError, match="nothing with the jobId"):
        await opine(stranger, job)
    assert await state(stranger) == (QUOTA, 0, [])
    assert (await tenant.look(job)).status is JobStatus.SUCCEEDED
