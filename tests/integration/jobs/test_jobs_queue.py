"""Asking for a job, and asking how it fares."""

import asyncpg
import pytest
from workbench import Tenant, Workbench

from setpiece.jobs.model import JobStatus
from setpiece.jobs.queue import enqueue, get_job
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import new_uuid, show


async def test_a_job_is_queued_with_the_transaction_that_asks_for_it(bench: Workbench, tenant: Tenant):
    job = await tenant.ask(what="this")
    found = await tenant.look(job)
    assert (found.status, found.payload, found.author) == (JobStatus.QUEUED, {"what": "this"}, tenant.member)
    assert [entry["status"] for entry in await bench.entries()] == ["todo"]


async def test_a_transaction_that_fails_leaves_neither_a_job_nor_an_entry(bench: Workbench, tenant: Tenant):
    asked = []

    async def ask_and_fail() -> None:
        async with tenant.work() as work:
            asked.append(await enqueue(work, "example", {}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ask_and_fail()
    with pytest.raises(NotFound):
        await tenant.look(asked[0])
    assert await bench.entries() == []


async def test_the_queue_holds_ids_and_nothing_of_what_the_job_is_about(bench: Workbench, tenant: Tenant):
    job = await tenant.ask(secret="acquisition")
    (entry,) = await bench.entries()
    assert "acquisition" not in str(entry)
    assert str(job.id) in entry["args"]


@pytest.mark.parametrize("named", ["job", "kind", "nonsense"])
async def test_what_is_not_there_is_not_found(tenant: Tenant, named: str):
    job = await tenant.ask()
    shown = {"job": show("job", new_uuid()), "kind": show("job", job.id), "nonsense": "x'; --"}[named]
    with pytest.raises(NotFound):
        async with tenant.work() as work:
            await get_job(work, shown, "another kind")


async def test_another_workspace_sees_no_job_even_without_asking_for_its_own(
    tenant: Tenant, stranger: Tenant
):
    job = await tenant.ask()
    with pytest.raises(NotFound):
        await stranger.look(job)
    async with stranger.work() as work:
        assert await work.connection.fetchval("select count(*) from jobs") == 0
        assert await work.connection.execute("update jobs set status = 'failed'") == "UPDATE 0"
    assert (await tenant.look(job)).status is JobStatus.QUEUED


async def test_nobody_can_queue_a_job_for_another_workspace(tenant: Tenant, stranger: Tenant):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with stranger.work() as work:
            await work.connection.execute(
                """insert into jobs (id, workspace_id, kind, payload, created_by, created_at)
                   values ($1, $2, 'example', '{}', $3, now())""",
                new_uuid(),
                tenant.id,
                tenant.member.id,
            )


@pytest.mark.parametrize(
    "statement",
    [
        "select * from procrastinate.procrastinate_jobs",
        "select procrastinate.procrastinate_register_worker_v1()",
    ],
    ids=["entries", "functions"],
)
async def test_a_tenants_connection_cannot_touch_the_queue(tenant: Tenant, statement: str):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant.work() as work:
            await work.connection.execute(statement)


async def test_asking_again_for_what_still_waits_gives_the_same_job(
    bench: Workbench, tenant: Tenant, stranger: Tenant
):
    async with tenant.work() as work:
        first = await enqueue(work, "example", {}, key="report 7")
        again = await enqueue(work, "example", {}, key="report 7")
        other = await enqueue(work, "example", {}, key="report 8")
    async with stranger.work() as work:
        elsewhere = await enqueue(work, "example", {}, key="report 7")
    assert again.id == first.id
    assert len({first.id, other.id, elsewhere.id}) == 3
    assert len(await bench.entries()) == 3


async def test_what_was_begun_can_be_asked_for_again_even_when_it_is_put_back(tenant: Tenant):
    async with tenant.work() as work:
        first = await enqueue(work, "example", {}, key="report 7")
        begun = await JobRepository(work.scope).begin(first.id)
        assert begun is not None
        again = await enqueue(work, "example", {}, key="report 7")
        assert await JobRepository(work.scope).put_back(begun, retries=1)
    assert again.id != first.id
