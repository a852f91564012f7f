"""Workers die; their jobs do not."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from workbench import OPTIONS, StartWorker, Tenant, Workbench, until

from setpiece.jobs.model import Job, JobStatus
from setpiece.jobs.repository import JobRepository
from setpiece.jobs.rescue import MOST_RESCUES, Rescuer

_PROGRAM = Path(__file__).with_name("worker_process.py")
_ABANDON = "update procrastinate_jobs set status = 'doing', worker_id = $1"

Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def start(bench: Workbench, notes: Path) -> Iterator[Start]:
    """Starts a worker process that hangs in a job, or finishes it."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(what: str) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, _PROGRAM, bench.dsn, notes, what]))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize("row", ["kept", "pruned"])
async def test_the_job_of_a_killed_worker_is_done_by_another(
    bench: Workbench, tenant: Tenant, start: Start, notes: Path, row: str
):
    """With its row pruned before anyone looks, nothing tells any more that a dead worker has the job."""
    killed = start("hang")
    job = await tenant.ask()
    await until(lambda: asyncio.to_thread(attempts_of, notes, killed.pid))
    killed.kill()
    killed.wait()
    if row == "pruned":
        await bench.execute("delete from procrastinate_workers")
    successor = start("finish")
    ended = await tenant.end_of(job)
    assert (ended.status, ended.attempts) == (JobStatus.SUCCEEDED, 2)
    assert attempts_of(notes, successor.pid) == 1


async def test_a_job_that_takes_longer_than_a_dead_workers_silence_is_left_alone(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    calls = []

    async def takes_long(job: Job) -> None:
        calls.append(job.id)
        await asyncio.sleep(impatient.stale_after_s * 1.5)

    impatient = replace(OPTIONS, stale_after_s=2)
    async with working({"example": takes_long}, impatient), working({"example": takes_long}, impatient):
        ended = await tenant.end_of(await tenant.ask())
    assert (ended.status, ended.attempts, len(calls)) == (JobStatus.SUCCEEDED, 1, 1)


async def test_a_job_that_kills_every_worker_is_given_up_with_a_reason(bench: Workbench, tenant: Tenant):
    job = await tenant.ask()
    rescuer = Rescuer(bench.owner, 0.5, set())
    for _ in range(MOST_RESCUES):
        await die_while_doing(bench, tenant, job)
        await rescuer.rescue(None)
        assert (await tenant.look(job)).status is JobStatus.QUEUED
    await die_while_doing(bench, tenant, job)
    await rescuer.rescue(None)
    given_up = await tenant.look(job)
    assert given_up.status is JobStatus.FAILED
    assert "died 4 times" in str(given_up.error)
    assert await bench.entries() == []


async def test_a_job_that_was_over_before_its_worker_died_stays_as_it_is(bench: Workbench, tenant: Tenant):
    job = await tenant.ask()
    async with tenant.work() as work:
        begun = await JobRepository(work.scope).begin(job.id)
        assert begun is not None
        assert await JobRepository(work.scope).succeed(begun, {"done": True})
    await bench.execute(_ABANDON, None)
    await Rescuer(bench.owner, 0.5, set()).rescue(None)
    assert (await tenant.look(job)).result == {"done": True}
    assert await bench.entries() == []


async def test_what_a_living_worker_holds_without_doing_it_is_rescued_in_the_second_round(
    bench: Workbench, tenant: Tenant
):
    """Left behind when the database was away at the moment of reporting."""
    await tenant.ask()
    ours = await register_worker(bench)
    await bench.execute(_ABANDON, ours)
    rescuer = Rescuer(bench.owner, 60, set())
    await rescuer.rescue(ours)
    assert [entry["status"] for entry in await bench.entries()] == ["doing"]
    await rescuer.rescue(ours)
    assert [entry["status"] for entry in await bench.entries()] == ["todo"]


async def test_what_we_are_doing_ourselves_is_never_rescued(bench: Workbench, tenant: Tenant):
    """After a pause of the whole machine every heartbeat is old, our own too."""
    job = await tenant.ask()
    await bench.execute(_ABANDON, None)
    rescuer = Rescuer(bench.owner, 0, {job.id})
    for _ in range(3):
        await rescuer.rescue(None)
    assert [entry["status"] for entry in await bench.entries()] == ["doing"]


async def test_what_another_living_worker_does_is_not_rescued(bench: Workbench, tenant: Tenant):
    await tenant.ask()
    await bench.execute(_ABANDON, await register_worker(bench))
    rescuer = Rescuer(bench.owner, 60, set())
    for _ in range(3):
        await rescuer.rescue(None)
    assert [entry["status"] for entry in await bench.entries()] == ["doing"]


async def test_a_worker_survives_that_its_connections_are_cut(
    bench: Workbench, tenant: Tenant, working: StartWorker
):
    async def nothing(job: Job) -> None:
        pass

    async with working({"example": nothing}):
        await tenant.end_of(await tenant.ask())
        await bench.execute(
            """select pg_terminate_backend(pid) from pg_stat_activity
               where datname = current_database() and application_name = 'setpiece worker'"""
        )
        ended = await tenant.end_of(await tenant.ask())
    assert ended.status is JobStatus.SUCCEEDED


def attempts_of(notes: Path, pid: int) -> int:
    lines = notes.read_text().splitlines() if notes.exists() else []
    return sum(line.startswith(f"{pid} ") for line in lines)


async def die_while_doing(bench: Workbench, tenant: Tenant, job: Job) -> None:
    """What a worker leaves behind that dies in mid-job."""
    async with tenant.work() as work:
        assert await JobRepository(work.scope).begin(job.id)
    await bench.execute(_ABANDON, None)


async def register_worker(bench: Workbench) -> int:
    async with bench.owner.unbound() as connection:
        return int(
            await connection.fetchval(
                "insert into procrastinate.procrastinate_workers default values returning id"
            )
        )
