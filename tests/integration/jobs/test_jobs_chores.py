"""Chores: what is done now and then for all workspaces."""

import asyncio

from workbench import OPTIONS, StartWorker, Tenant, Workbench, until

from setpiece.jobs.model import Chore, Job
from setpiece.jobs.queue import succeed
from setpiece.jobs.rescue import Rescuer

_EVERY_SECOND = "* * * * * *"  # the sixth field is seconds


async def test_a_chore_is_done_again_and_again_even_when_it_fails(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    done = 0

    async def fail() -> None:
        nonlocal done
        done += 1
        raise RuntimeError("this time not")

    async def twice() -> bool:
        return done >= 2

    async with working({}, chores=[Chore("failing", _EVERY_SECOND, fail)]):
        await until(twice)
    assert done >= 2


async def test_a_chore_does_not_hold_up_jobs_and_is_left_alone_while_it_runs(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    begun, go_on, rounds = asyncio.Event(), asyncio.Event(), 0

    async def wait() -> None:
        nonlocal rounds
        rounds += 1
        begun.set()
        await go_on.wait()

    async def do(job: Job) -> None:
        async with bench.tenants.transaction(job.workspace_id) as scope:
            await succeed(scope, job)

    async with working({"example": do}, chores=[Chore("waiting", _EVERY_SECOND, wait)]):
        await begun.wait()
        await tenant.end_of(await tenant.ask())
        await asyncio.sleep(0.5)  # five rounds of the rescuer
        assert "chore:waiting" in {entry["task_name"] for entry in await bench.entries()}
        go_on.set()


async def test_the_chore_of_a_dead_worker_is_taken_out_of_the_queue(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        begun.set()
        await go_on.wait()

    async with working({}, chores=[Chore("abandoned", _EVERY_SECOND, wait)]):
        await begun.wait()
        abandoned = await under_way(bench)
        assert abandoned
        await bench.execute("update procrastinate_jobs set worker_id = null where status = 'doing'")
        await Rescuer(bench.owner, OPTIONS.stale_after_s, set()).rescue(None)
        assert abandoned & await under_way(bench) == set()  # a second later the next one may have begun
        go_on.set()


async def under_way(bench: Workbench) -> set[int]:
    return {entry["id"] for entry in await bench.entries() if entry["status"] == "doing"}
