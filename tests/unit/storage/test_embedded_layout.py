"""Where the socket goes, and which folders are trusted."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded.account import Account
from setpiece.storage.embedded.layout import Home, private_dir
from setpiece.storage.embedded.locks import FileLock
from setpiece.storage.embedded.process import _from_ps, command_line, is_postmaster, read_pid_file

OURSELVES = Account(os.geteuid(), os.getegid(), switches=False)


@pytest.mark.parametrize(
    ("root", "beside"),
    [("/srv/data/postgres", True), (f"/srv/{'x' * 90}/postgres", False), ("/srv/a,b/postgres", False)],
    ids=["short", "too long for a socket", "comma"],
)
def test_the_socket_is_beside_the_cluster_when_its_path_allows(root, beside):
    run_dir = Home(Path(root)).run_dir
    assert run_dir.is_relative_to(root) == beside
    assert len(str(run_dir)) < 90
    assert run_dir == Home(Path(root)).run_dir


def test_two_clusters_never_share_a_short_socket_folder():
    assert Home(Path("/srv", "x" * 100)).run_dir != Home(Path("/srv", "y" * 100)).run_dir


def open_to_all(path: Path) -> None:
    path.mkdir()
    path.chmod(0o777)


@pytest.mark.parametrize(
    "plant", [open_to_all, lambda path: path.symlink_to("/"), Path.touch], ids=["open", "symlink", "file"]
)
def test_a_planted_socket_folder_is_refused(tmp_path, plant):
    plant(tmp_path / "run")
    with pytest.raises(Unavailable, match="should be a private folder"):
        private_dir(tmp_path / "run", OURSELVES)


@pytest.mark.parametrize("text", ["", "abc\n", "12\n/srv"], ids=["empty", "not a number", "cut short"])
def test_a_damaged_pid_file_never_counts_as_ready(tmp_path, text):
    (tmp_path / "postmaster.pid").write_text(text)
    file = read_pid_file(tmp_path)
    assert file is None or (file.pid, file.ready, file.socket_dir) == (12, False, None)


def test_a_pid_file_tells_pid_port_socket_and_readiness(tmp_path):
    (tmp_path / "postmaster.pid").write_text("12\n/srv\n1700000000\n5432\n/srv/run\n\n  1 2\nready   \n")
    file = read_pid_file(tmp_path)
    assert file is not None
    assert (file.pid, file.port, file.socket_dir, file.ready) == (12, 5432, Path("/srv/run"), True)


def test_our_own_process_is_not_taken_for_a_postmaster(tmp_path):
    assert command_line(os.getpid())
    assert not is_postmaster(os.getpid(), tmp_path)
    assert command_line(0) is None


@pytest.mark.skipif(shutil.which("ps") is None, reason="ps is not installed")
def test_ps_tells_what_proc_tells_where_there_is_no_proc():
    sleeper = subprocess.Popen(["sleep", "60"])
    try:
        assert _from_ps(sleeper.pid) == "sleep 60"
        sleeper.kill()
        os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
        assert _from_ps(sleeper.pid) is None, "it is a zombie now"
    finally:
        sleeper.wait()
    assert _from_ps(sleeper.pid) is None


def test_two_holders_exclude_each_other_until_one_lets_go(tmp_path):
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    first.share()
    second.share()
    assert not first.try_exclusive()
    second.close()
    assert first.try_exclusive()
    first.close()
    first.close()


def test_waiting_for_a_lock_ends_with_a_sentence(tmp_path):
    holder, waiter = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    with holder.exclusive(1), pytest.raises(Unavailable, match="starting or stopping"), waiter.exclusive(0):
        pass
    holder.close()
    waiter.close()
