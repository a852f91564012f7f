"""What the operating system or a PostgreSQL tool complains about, said in one sentence with a way out."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from setpiece.kernel.errors import Unavailable

OWN_SERVER = "set SETPIECE_DATABASE_URL to use a PostgreSQL server of your own"

_CAUSES = (
    (
        "disk_full",
        re.compile(r"no space left on device|disk quota exceeded|wrote only \d+ of \d+ bytes", re.IGNORECASE),
        "The disk that holds {path} is full: free some space and start again.",
    ),
    (
        "read_only_disk",
        re.compile(r"read-only file system", re.IGNORECASE),
        "{path} is on a read-only disk: choose another data folder.",
    ),
    (
        "account_unknown",
        re.compile(r"could not look up effective user id", re.IGNORECASE),
        (
            "The account Setpiece runs as has no entry in the system's user list, which PostgreSQL needs:"
            f" run it as a listed user, or {OWN_SERVER}."
        ),
    ),
    (
        "permission_denied",
        re.compile(r"permission denied|operation not permitted", re.IGNORECASE),
        "Setpiece may not write in {path}: run it as the user who owns that folder, or choose another one.",
    ),
)


@contextmanager
def plain_os_errors(path: Path) -> Iterator[None]:
    """Turn an OSError met while working in `path` into Unavailable."""
    try:
        yield
    except OSError as error:
        raise failure_at(path, error.strerror or str(error)) from error


def failure_at(path: Path, complaint: str) -> Unavailable:
    """The error for a complaint about `path`; an unknown complaint is quoted."""
    for code, pattern, sentence in _CAUSES:
        if pattern.search(complaint):
            return Unavailable(sentence.format(path=path), code=code)
    return Unavailable(f"The database in {path} could not be used: {_last_words(complaint)}")


def cannot_run(program: Path, error: OSError) -> Unavailable:
    """The error for a program that did not even start."""
    if error.errno == errno.EPERM:
        return Unavailable(
            "Setpiece runs as root, PostgreSQL refuses root, and this system does not let root switch to another"
            f" account: run Setpiece as a plain user, or {OWN_SERVER}.",
            code="cannot_switch_account",
        )
    return Unavailable(
        f"The PostgreSQL program {program} does not run on this machine ({error.strerror}):"
        f" reinstall Setpiece for this platform, or {OWN_SERVER}.",
        code="database_binaries_unusable",
    )


def _last_words(complaint: str) -> str:
    """The last line that names a failure, without its timestamp; else the last line."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    for line in reversed(lines):
        if named := re.search(r"(?:FATAL|PANIC|ERROR|error):\s*(.+)", line):
            return named[1]
    return lines[-1] if lines else "it gave no reason"
