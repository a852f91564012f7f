"""The postmaster's pid file, and whether the process of that number is really our postmaster.

A pid alone proves nothing: after a crash its number may belong to anybody, and a zombie still has one.
"""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from setpiece.storage.embedded.account import Account

_POLL_S = 0.01
_PROC = Path("/proc")


@dataclass(frozen=True)
class PidFile:
    """What a postmaster wrote about itself (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*)."""

    pid: int
    port: int | None
    socket_dir: Path | None
    ready: bool
    """It says that it takes connections; asking the socket before only fills the server's log with refusals."""


def read_pid_file(pgdata: Path) -> PidFile | None:
    """The pid file; None when there is none, or it is cut short."""
    try:
        lines = (pgdata / "postmaster.pid").read_text(errors="replace").splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    port = int(lines[3]) if len(lines) > 3 and lines[3].isdigit() else None
    socket_dir = Path(lines[4]) if len(lines) > 4 and lines[4] else None
    return PidFile(pid, port, socket_dir, ready=len(lines) > 7 and lines[7].strip() == "ready")


def command_line(pid: int) -> str | None:
    """What a living process was started with, joined by spaces; None when it is gone or a zombie."""
    if pid <= 0:
        return None
    return _from_proc(pid) if (_PROC / "self").exists() else _from_ps(pid)


def is_postmaster(pid: int, pgdata: Path) -> bool:
    """Whether a living process is the postmaster of this very cluster.

    Judged by its command line: the working folder would do too, but a container's root may not read that of another account.
    """
    started_with = command_line(pid)
    return started_with is not None and f"postgres -D {pgdata} " in f"{started_with} "


def find_postmaster(pgdata: Path) -> int | None:
    """The pid of this cluster's living postmaster."""
    file = read_pid_file(pgdata)
    return file.pid if file is not None and is_postmaster(file.pid, pgdata) else None


def number_in_use(pid: int) -> bool:
    """Whether any process, a zombie included, has this pid: PostgreSQL then takes its own pid file for live."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def signal_postmaster(pid: int, pgdata: Path, signum: signal.Signals) -> None:
    """Signal the postmaster of this cluster; any other process of that pid is left alone."""
    if is_postmaster(pid, pgdata):
        try:
            os.kill(pid, signum)
        except ProcessLookupError:
            return


def wait_until_gone(pid: int, pgdata: Path, timeout_s: float) -> bool:
    """Wait for the postmaster to end; False when it is still there."""
    deadline = time.monotonic() + timeout_s
    while is_postmaster(pid, pgdata):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True


def _from_proc(pid: int) -> str | None:
    try:
        # The name in parentheses may hold anything, so the state is looked for after the last one.
        state = (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        words = (_PROC / str(pid) / "cmdline").read_bytes()
    except (OSError, IndexError):
        return None
    if state in "ZX":
        return None
    return words.rstrip(b"\0").replace(b"\0", b" ").decode(errors="surrogateescape")


def _from_ps(pid: int) -> str | None:
    """For macOS, which has no /proc."""
    ourselves = Account(os.geteuid(), os.getegid(), switches=False)
    answer = ourselves.run(["ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)]).stdout
    state, _, words = answer.strip().partition(" ")
    return None if not state or state.startswith("Z") else words.strip()
