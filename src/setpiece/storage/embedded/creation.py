"""Making a cluster: initdb, the database and the vector extension, aside, then one rename.

Whatever kills us half way, `cluster/` is there whole or not at all.
"""

import os
import secrets
import shutil
import signal
from pathlib import Path
from subprocess import CompletedProcess

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded.account import Account
from setpiece.storage.embedded.binaries import Binaries
from setpiece.storage.embedded.connection import DATABASE, SUPERUSER
from setpiece.storage.embedded.failures import OWN_SERVER, failure_at, plain_os_errors
from setpiece.storage.embedded.layout import Home, private_dir

SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A log line must not carry a customer's data: no statements, and no DETAIL with the offending row.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
"""Sized for a laptop; written to postgresql.conf once, so an operator may change them there."""

_EXERCISE_VECTOR = "CREATE EXTENSION vector;\nSELECT '[1,2,3]'::vector <-> '[3,2,1]';\n"


def create_cluster(home: Home, account: Account, binaries: Binaries) -> None:
    """Make the cluster of an empty home.

    Raises:
        Unavailable: disk full, no permission, no server for this platform, or a processor that cannot run pgvector.
    """
    with plain_os_errors(home.root):
        _discard_interrupted(home)
        aside = private_dir(home.root / f"cluster.{secrets.token_hex(4)}.new", account)
        try:
            _fill(aside, account, binaries)
            aside.rename(home.cluster)
            _sync_folder(home.root)
        finally:
            # Again for the old ones too: an orphaned initdb may have been writing while we removed its folder.
            _discard_interrupted(home)


def check_major_version(home: Home, binaries: Binaries) -> None:
    """Refuse a cluster made by another major version, which this server could not read.

    Raises:
        Unavailable: it names both versions and the ways out.
    """
    with plain_os_errors(home.pgdata):
        made_by = (home.pgdata / "PG_VERSION").read_text().strip()
    if made_by != str(binaries.major):
        raise Unavailable(
            f"The database in {home.cluster} was made by PostgreSQL {made_by} and this Setpiece brings PostgreSQL"
            f" {binaries.major}: export the library with the Setpiece version that made it and import it into a new data folder,"
            f" or {OWN_SERVER}.",
            code="database_version",
        )


def read_password(home: Home) -> str:
    """The superuser's password."""
    with plain_os_errors(home.password_file):
        fd = os.open(home.password_file, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(fd) as file:
            return file.read().strip()


def _fill(aside: Path, account: Account, binaries: Binaries) -> None:
    private_dir(aside / "log", account)
    password_file = _write_password(aside / "password", account)
    _initdb(aside / "data", password_file, account, binaries)
    _single(aside / "data", "template1", f"CREATE DATABASE {DATABASE};\n", account, binaries)
    _single(aside / "data", DATABASE, _EXERCISE_VECTOR, account, binaries)


def _write_password(path: Path, account: Account) -> Path:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(fd)
    account.give(path)
    return path


def _initdb(pgdata: Path, password_file: Path, account: Account, binaries: Binaries) -> None:
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += [f"--set={name}={value}" for name, value in SETTINGS.items()]
    done = account.run(
        [binaries.program("initdb"), "-D", pgdata, "-U", SUPERUSER, f"--pwfile={password_file}", *options]
    )
    _require_success(done, pgdata)


def _single(pgdata: Path, database: str, sql: str, account: Account, binaries: Binaries) -> None:
    """Run statements in a server process of its own, with no socket and no login; the first error ends it."""
    done = account.run(
        [binaries.program("postgres"), "--single", "-D", pgdata, "-c", "exit_on_error=on", database],
        stdin=sql,
    )
    _require_success(done, pgdata)


def _require_success(done: CompletedProcess[str], pgdata: Path) -> None:
    if -done.returncode in (signal.SIGILL, signal.SIGSEGV, signal.SIGBUS):
        raise Unavailable(
            f"The embedded PostgreSQL was ended by {signal.Signals(-done.returncode).name} while it made its database;"
            f" with SIGILL, this processor is too old for its pgvector: {OWN_SERVER}.",
            code="database_unsupported_here",
        )
    if done.returncode != 0:
        raise failure_at(pgdata.parent.parent, done.stderr or f"it ended with status {done.returncode}")


def _discard_interrupted(home: Home) -> None:
    """Remove what a killed creation left; nobody else creates while we hold the start lock."""
    for leftover in home.root.glob("cluster.*.new"):
        shutil.rmtree(leftover, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
