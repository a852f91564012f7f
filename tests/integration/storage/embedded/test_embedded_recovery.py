"""What a crash, of the database or of us, leaves behind and how it is overcome."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded import watch
from setpiece.storage.embedded.process import command_line, wait_until_gone


@pytest.fixture
def kill_postmaster(data_dir, postmaster):
    def kill() -> int:
        pid = postmaster()
        os.kill(pid, signal.SIGKILL)
        assert wait_until_gone(pid, data_dir.resolve() / "postgres" / "cluster" / "data", timeout_s=10)
        return pid

    return kill


def test_after_kill_9_of_the_database_committed_rows_are_kept(database, data_dir, ask, kill_postmaster):
    ask(database.start(), "CREATE TABLE kept AS SELECT generate_series(1, 50000) AS n", "SELECT 1")
    kill_postmaster()
    assert not database.is_alive()
    assert database.ensure_alive()
    assert not database.ensure_alive()
    assert ask(database.connection, "SELECT count(*) FROM kept") == 50_000


async def test_a_watched_database_comes_back_by_itself(
    make, database, data_dir, ask, postmaster, kill_postmaster
):
    await asyncio.to_thread(database.start)
    watcher = asyncio.create_task(watch(database, interval_s=0.01))
    killed = kill_postmaster()

    def wait_for_another() -> None:
        while postmaster() in (None, killed):
            time.sleep(0.02)

    async with asyncio.timeout(30):
        await asyncio.to_thread(wait_for_another)
    watcher.cancel()
    # Taking part once more waits until the restart is complete.
    assert await asyncio.to_thread(lambda: ask(make(data_dir).start(), "SELECT 1")) == 1


def test_a_server_whose_user_was_killed_is_adopted_and_later_stopped(
    database, data_dir, other_process, ask, postmaster
):
    owner = other_process(data_dir, "use")
    pid = postmaster()
    owner.kill()
    owner.wait()
    assert ask(database.start(), "SELECT 1") == 1
    assert postmaster() == pid
    database.stop()
    assert postmaster() is None


def test_user_and_database_killed_together_are_recovered(
    database, data_dir, other_process, ask, kill_postmaster
):
    owner = other_process(data_dir, "use")
    owner.kill()
    kill_postmaster()
    assert ask(database.start(), "SELECT 1") == 1


@pytest.fixture
def bystander(data_dir):
    """A living process, of the database's own account, that has nothing to do with us."""
    account = {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}
    process = subprocess.Popen(["sleep", "120"], cwd="/", **account)
    yield process
    process.kill()
    process.wait()


def leave_pid_file(data_dir: Path, pid: int) -> None:
    """Make the files of a killed server name another process."""
    postgres = data_dir / "postgres"
    for path in (postgres / "cluster" / "data" / "postmaster.pid", postgres / "run" / ".s.PGSQL.5432.lock"):
        path.write_text("\n".join([str(pid), *path.read_text().splitlines()[1:]]) + "\n")


def test_an_unrelated_process_with_the_old_pid_survives_start_and_stop(
    database, data_dir, bystander, kill_postmaster
):
    database.start()
    kill_postmaster()
    leave_pid_file(data_dir, bystander.pid)
    assert not database.is_alive()
    assert database.ensure_alive()
    database.stop()
    assert bystander.poll() is None


def test_a_zombie_with_the_old_pid_counts_as_dead(database, data_dir, kill_postmaster):
    database.start()
    kill_postmaster()
    zombie = subprocess.Popen(["true"])
    while command_line(zombie.pid) is not None:
        time.sleep(0.01)
    leave_pid_file(data_dir, zombie.pid)
    assert not database.is_alive()
    assert database.ensure_alive()
    zombie.wait()


@pytest.mark.parametrize("rest", ["", "12"], ids=["empty", "cut short"])
def test_a_damaged_pid_file_is_overcome(database, data_dir, rest, ask, kill_postmaster):
    database.start()
    kill_postmaster()
    (data_dir / "postgres" / "cluster" / "data" / "postmaster.pid").write_text(rest)
    assert database.ensure_alive()
    assert ask(database.connection, "SELECT 1") == 1


def test_a_cluster_deleted_under_a_running_user_is_not_replaced_by_an_empty_one(make, place, postmaster):
    data_dir = place / "data"
    database = make(data_dir)
    database.start()
    os.kill(postmaster(data_dir), signal.SIGKILL)
    shutil.rmtree(data_dir / "postgres" / "cluster")
    with pytest.raises(Unavailable, match="is gone"):
        database.ensure_alive()


def test_a_creation_killed_half_way_is_begun_again(make, place, other_process, ask):
    data_dir = place / "data"
    owner = other_process(data_dir, "use", wait=False)
    while not list(data_dir.glob("postgres/cluster.*.new/data/base")):
        time.sleep(0.005)
    owner.kill()
    owner.wait()
    assert not (data_dir / "postgres" / "cluster").exists()
    assert ask(make(data_dir).start(), "SELECT 1") == 1
    assert not list(data_dir.glob("postgres/*.new"))
