"""Bringing a cluster up, by adopting a running server or launching one, and shutting it down.

Every function here is called under the start lock, so no two processes decide at once. Should one slip past (a
launcher killed between spawn and pid file), PostgreSQL's own interlocks refuse a second server on the same files.
"""

import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded.account import Account
from setpiece.storage.embedded.binaries import Binaries, binaries_for, installed_binaries
from setpiece.storage.embedded.connection import PORT
from setpiece.storage.embedded.creation import check_major_version, create_cluster
from setpiece.storage.embedded.failures import failure_at, plain_os_errors
from setpiece.storage.embedded.layout import Home, is_private, private_dir
from setpiece.storage.embedded.probe import Answer, probe, socket_file
from setpiece.storage.embedded.process import (
    command_line,
    find_postmaster,
    is_postmaster,
    number_in_use,
    read_pid_file,
    signal_postmaster,
    wait_until_gone,
)

log = structlog.get_logger(__name__)

_POLL_S = 0.01
_FAST_STOP_S = 30.0
"""SIGINT: ends sessions, writes a checkpoint; seconds even with a full cache on a slow disk."""
_IMMEDIATE_STOP_S = 10.0
"""SIGQUIT: the server kills what is left after 5 s; the next start replays the log."""
_STILL_HELD = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')
"""PostgreSQL's words when processes of the previous server have not all ended."""

# In the background of a shell that ends at once: the server is nobody's child, so it neither dies with us nor
# needs to be waited for. stdin, stdout and stderr are its own.
_LAUNCH = 'log=$1; shift; exec "$@" </dev/null >"$log" 2>&1 & echo $!'


class StillRecovering(Unavailable):
    """The server lives and does not answer yet; it is left alone, so that it can finish."""

    default_code = "database_silent"


class _StillHeld(Exception):
    """The files are still held by the remains of a previous server: wait and try again. Never leaves this file."""


@dataclass(frozen=True)
class Plan:
    """What is needed to run one cluster."""

    home: Home
    account: Account
    system_root: Path
    timeout_s: float


def bring_up(plan: Plan) -> Path:
    """See that the server runs; gives the folder of its socket.

    Raises:
        StillRecovering: it lives but does not answer in time.
        Unavailable: it cannot be started.
    """
    deadline = time.monotonic() + plan.timeout_s
    while True:
        if (found := _adopt(plan, deadline)) is not None:
            return found
        _clear_leftovers(plan.home)
        try:
            return _launch(plan, _ready_to_run(plan), deadline)
        except _StillHeld as held:
            if time.monotonic() > deadline:
                raise failure_at(plan.home.cluster, str(held)) from held
            time.sleep(_POLL_S * 10)


def shut_down(plan: Plan) -> None:
    """Stop the server of this cluster if it runs: sessions are ended, data is safe.

    Raises:
        Unavailable: it is still there after every polite way was tried.
    """
    _end_server(plan)
    if plan.home.run_dir.parent != plan.home.root:
        with suppress(OSError):
            plan.home.run_dir.rmdir()


def _end_server(plan: Plan) -> None:
    pgdata = plan.home.pgdata
    for signum, patience_s in ((signal.SIGINT, _FAST_STOP_S), (signal.SIGQUIT, _IMMEDIATE_STOP_S)):
        pid = find_postmaster(pgdata)
        if pid is None:
            return
        signal_postmaster(pid, pgdata, signum)
        if wait_until_gone(pid, pgdata, patience_s):
            return
        log.warning("database_slow_to_stop", pid=pid, signal=signum.name, waited_s=patience_s)
    raise Unavailable(
        f"The database in {plan.home.cluster} (process {pid}) does not stop.", code="database_stuck"
    )


def _adopt(plan: Plan, deadline: float) -> Path | None:
    """The socket of a server that runs already, waiting while it starts or stops; None when there is none."""
    while (file := read_pid_file(plan.home.pgdata)) is not None:
        lives = is_postmaster(file.pid, plan.home.pgdata)
        if (file.ready or not lives) and file.socket_dir and is_private(file.socket_dir, plan.account):
            answer = probe(file.socket_dir, file.port or PORT)
            if answer is Answer.READY:
                return file.socket_dir
            # A socket that answers is a living server even when its pid means nothing here (another container).
            lives = lives or answer is Answer.NOT_YET
        if not lives:
            return None
        _check_deadline(plan, deadline)
        time.sleep(_POLL_S)
    return None


def _clear_leftovers(home: Home) -> None:
    """Remove what a dead server left and the next one would trip over.

    A pid file naming a free number is left to PostgreSQL, which uses it to look for surviving server processes.
    It must go when its number belongs to another process or to a zombie: PostgreSQL would take that for a living server.
    """
    with plain_os_errors(home.root):
        file = read_pid_file(home.pgdata)
        if file is None or (file.pid > 0 and number_in_use(file.pid)):
            (home.pgdata / "postmaster.pid").unlink(missing_ok=True)
        for path in (socket_file(home.run_dir, PORT), Path(f"{socket_file(home.run_dir, PORT)}.lock")):
            path.unlink(missing_ok=True)


def _ready_to_run(plan: Plan) -> Binaries:
    """Binaries the account can run, and a cluster they can serve."""
    binaries = binaries_for(plan.account, installed_binaries(), plan.system_root)
    if plan.home.cluster.exists():
        check_major_version(plan.home, binaries)
    else:
        create_cluster(plan.home, plan.account, binaries)
    return binaries


def _launch(plan: Plan, binaries: Binaries, deadline: float) -> Path:
    home = plan.home
    run_dir = private_dir(home.run_dir, plan.account)
    private_dir(home.log_dir, plan.account)
    seen = _log_sizes(home.log_dir)
    shell: list[str | Path] = ["/bin/sh", "-c", _LAUNCH, "setpiece", home.log_dir / "startup.log"]
    server: list[str | Path] = [binaries.program("postgres"), "-D", home.pgdata]
    done = plan.account.run([*shell, *server, *_fixed_options(home, run_dir)])
    if done.returncode != 0:
        raise failure_at(home.cluster, done.stderr)
    pid = int(done.stdout)
    while not _answers(home, pid, run_dir):
        if command_line(pid) is None:
            raise _why_it_ended(home, seen)
        _check_deadline(plan, deadline)
        time.sleep(_POLL_S)
    return run_dir


def _answers(home: Home, pid: int, run_dir: Path) -> bool:
    file = read_pid_file(home.pgdata)
    return file is not None and file.pid == pid and file.ready and probe(run_dir, PORT) is Answer.READY


def _fixed_options(home: Home, run_dir: Path) -> list[str]:
    """Given at every start and not left to postgresql.conf: where it listens, and where it logs."""
    options = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(run_dir),
        "unix_socket_permissions": "0700",
        "logging_collector": "on",
        "log_directory": str(home.log_dir),
        # One file for each weekday, overwritten a week later.
        "log_filename": "postgres-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
    }
    return [word for name, value in options.items() for word in ("-c", f"{name}={value}")]


def _log_sizes(log_dir: Path) -> dict[Path, int]:
    return {path: path.stat().st_size for path in log_dir.glob("postgres-*.log")}


def _why_it_ended(home: Home, seen: dict[Path, int]) -> Exception:
    """What the server said since `seen`, as an error."""
    with plain_os_errors(home.log_dir):
        complaint = (home.log_dir / "startup.log").read_text(errors="replace")
        for path in sorted(_log_sizes(home.log_dir)):
            with path.open("rb") as file:
                file.seek(seen.get(path, 0))
                complaint += file.read().decode(errors="replace")
    if any(words in complaint for words in _STILL_HELD):
        return _StillHeld(complaint)
    return failure_at(home.cluster, complaint)


def _check_deadline(plan: Plan, deadline: float) -> None:
    if time.monotonic() > deadline:
        raise StillRecovering(
            f"The database in {plan.home.cluster} has not answered for {plan.timeout_s:.0f} s; it may be recovering from a crash:"
            f" see {plan.home.log_dir}, wait, and start again."
        )
