"""The worker process is killed in each stage, or told to stop: another one goes on there."""

import asyncio
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from hearing_bench import Gate, HearingBench, reached, until

from setpiece.jobs.worker import Queue, WorkerOptions, run_worker
from setpiece.media.model import Stage
from setpiece.media.recordings.model import ProcessingStatus
from setpiece.providers.blobs.object_store import FolderBlobs
from setpiece.storage.database import open_database
from setpiece.storage.migrate import migrate
from setpiece.workspaces.directory import Directory

_PROGRAM = Path(__file__).with_name("hearing_process.py")
Start = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture(scope="module")
async def queue_dsn(dsn: str) -> AsyncIterator[str]:
    """The address of a database that only these tests use: other tests leave jobs in theirs."""
    name = f"hearing_{uuid4().hex}"
    server = await asyncpg.connect(dsn)
    await server.execute(f"create database {name}")
    address = dsn.replace("@/setpiece?", f"@/{name}?")
    await migrate(address)
    yield address
    await server.execute(f"drop database {name} with (force)")
    await server.close()


@pytest.fixture
async def hearing(queue_dsn: str, tmp_path: Path) -> AsyncIterator[HearingBench]:
    connection = await asyncpg.connect(queue_dsn)
    workspace = await Directory(connection).ensure_workspace(f"Workspace {uuid4().hex}")
    member = await Directory(connection).ensure_member(workspace, "Test Member")
    await connection.close()
    database = await open_database(queue_dsn, max_size=2)
    yield HearingBench(database, FolderBlobs(tmp_path / "blobs"), workspace.id, member, tmp_path / "work")
    await database.aclose()


@pytest.fixture
def start(queue_dsn: str, tmp_path: Path) -> Iterator[Start]:
    """Starts a worker that dies in a stage, or in none."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(fatal: str) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, _PROGRAM, queue_dsn, tmp_path, fatal]))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize("stage", list(Stage))
async def test_a_worker_killed_in_a_stage_leaves_it_to_another_one(
    hearing: HearingBench, start: Start, tmp_path: Path, stage: Stage
):
    recording = await hearing.upload()
    assert await asyncio.to_thread(start(stage).wait, 60) == -signal.SIGKILL
    kept = await hearing.rows(
        "select stage, made_at from stage_results where recording_id = $1", recording.id
    )
    before = list(Stage)[: list(Stage).index(stage)]
    assert {row["stage"] for row in kept} == set(before)
    assert list((tmp_path / "work").iterdir()) == [], "neither content nor sound is left on the disk"
    start("none")

    async def is_heard() -> bool:
        return (await hearing.look(recording)).processing_status is ProcessingStatus.COMPLETED

    await until(is_heard)
    worked = Counter((tmp_path / "notes").read_text().split())
    assert {one for one in Stage if worked[one] > 1} - {Stage.DECODE} == {stage} - {Stage.DECODE}
    current = await hearing.prints(recording)
    assert all(current[row["stage"]][1] == row["made_at"] for row in kept), "what was kept is not made again"
    (job,) = await hearing.jobs(recording)
    assert (job["status"], job["error"]) == ("succeeded", None)


async def test_a_worker_that_is_told_to_stop_does_not_wait_for_the_recogniser(
    hearing: HearingBench, gate: Gate, queue_dsn: str
):
    recording = await hearing.upload()
    owner, stop = await open_database(queue_dsn, max_size=1, role=None), asyncio.Event()
    worker = asyncio.create_task(
        run_worker(Queue(queue_dsn, owner), hearing.database, hearing.handler_by_kind, stop, WorkerOptions())
    )
    await reached(gate)
    stop.set()
    await asyncio.wait_for(worker, 120)
    assert not gate.is_open.is_set()
    (job,) = await hearing.jobs(recording)
    assert (job["status"], job["error"]) == ("queued", None)
    await owner.aclose()
