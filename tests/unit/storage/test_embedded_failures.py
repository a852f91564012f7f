"""Sentences for what goes wrong before a database answers."""

import errno
import signal
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded import binaries as wheel
from setpiece.storage.embedded.binaries import Binaries, installed_binaries
from setpiece.storage.embedded.creation import _require_success, check_major_version
from setpiece.storage.embedded.failures import cannot_run, failure_at, plain_os_errors
from setpiece.storage.embedded.layout import Home


@pytest.mark.parametrize(
    ("complaint", "code"),
    [
        ("initdb: error: could not write: No space left on device", "disk_full"),
        ("Disk quota exceeded", "disk_full"),
        ("FATAL:  could not extend file: wrote only 4096 of 8192 bytes at block 10", "disk_full"),
        ("Read-only file system", "read_only_disk"),
        ("Permission denied", "permission_denied"),
        ("could not look up effective user ID 12345: user does not exist", "account_unknown"),
    ],
    ids=["disk full", "quota", "short write", "read-only", "denied", "unlisted user"],
)
def test_a_known_complaint_gets_its_code_and_the_folder_or_a_way_out(complaint, code):
    failure = failure_at(Path("/srv/data"), complaint)
    assert failure.code == code
    assert "/srv/data" in failure.message or "SETPIECE_DATABASE_URL" in failure.message


def test_an_unknown_complaint_is_quoted_from_the_last_line_that_names_a_failure():
    log = "2026-01-01 UTC [1] LOG:  starting\n2026-01-01 UTC [1] FATAL:  could not map memory\nLOG:  shut down\n"
    assert failure_at(Path("/srv/data"), log).message.endswith("could not map memory")


def test_an_os_error_becomes_one_sentence():
    with pytest.raises(Unavailable, match="is full"), plain_os_errors(Path("/srv/data")):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EPERM, "cannot_switch_account"), (errno.ENOEXEC, "database_binaries_unusable")],
    ids=["root without the right to switch", "foreign platform"],
)
def test_a_program_that_does_not_start_says_why(number, code):
    failure = cannot_run(Path("/opt/postgres"), OSError(number, "reason"))
    assert failure.code == code
    assert "SETPIECE_DATABASE_URL" in failure.message


def test_a_cluster_of_another_major_version_names_both_versions(tmp_path):
    home = Home(tmp_path)
    home.pgdata.mkdir(parents=True)
    (home.pgdata / "PG_VERSION").write_text("17\n")
    with pytest.raises(Unavailable, match=r"made by PostgreSQL 17 .* brings PostgreSQL 18"):
        check_major_version(home, Binaries(tmp_path, "18.6.3"))


def test_a_processor_too_old_for_pgvector_is_said_plainly(tmp_path):
    with pytest.raises(Unavailable, match="too old for its pgvector: set SETPIECE_DATABASE_URL"):
        _require_success(CompletedProcess([], -signal.SIGILL, "", ""), tmp_path)


def test_a_missing_wheel_is_said_plainly(monkeypatch):
    monkeypatch.setattr(wheel, "DISTRIBUTION", "no-such-distribution")
    with pytest.raises(Unavailable, match="no embedded PostgreSQL for this platform"):
        installed_binaries()
