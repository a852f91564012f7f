"""A data folder, and a server on it."""

import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hooks import Receiver, receiving
from product import Server, command

from setpiece.storage.embedded import EmbeddedPostgres, delete_cluster

_TAIL_BYTES = 8000  # some forty lines of a log
_parents: set[Path] = set()
"""Of the data folders in use; the logs of servers stand there."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Shows the end of each log with a test that failed; the folder is gone before its report is printed."""
    report = yield
    if report.failed:
        for path in sorted(log for parent in _parents for log in parent.glob("*.log")):
            end = path.read_bytes()[-_TAIL_BYTES:].decode(errors="replace")
            report.sections.append((f"End of {path.name}", end))
    return report


@contextmanager
def temporary_data_dir() -> Iterator[Path]:
    """A data folder that is not there yet, where another account may pass through, as a database started by root needs."""
    parent = Path(tempfile.mkdtemp(prefix="setpiece-"))
    parent.chmod(0o711)
    _parents.add(parent)
    folder = parent / "data"
    yield folder
    if folder.exists():
        with EmbeddedPostgres(folder):
            pass  # adopts and stops a database that a killed server left
        delete_cluster(folder)
    _parents.discard(parent)
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture(scope="session")
def made_folder() -> Iterator[Path]:
    """A data folder with a database as `setpiece migrate` makes it, which takes three seconds of processor time; not running."""
    with temporary_data_dir() as folder:
        made = command(folder, "migrate")
        assert made.returncode == 0, made.stderr
        for settings in folder.glob("postgres/cluster/data/postgresql.conf"):
            with settings.open("a") as file:
                file.write("fsync = off\n")  # tests kill processes, not the machine: no disk is waited for
        yield folder


@contextmanager
def copied(made_folder: Path) -> Iterator[Path]:
    """A data folder of one's own, with an empty database; it is made anew where the database stands outside the folder."""
    with temporary_data_dir() as folder:
        if not (made_folder / "postgres" / "elsewhere.json").exists():
            subprocess.run(["cp", "-Rp", made_folder, folder], check=True)  # shutil would not keep the owner
        yield folder


@pytest.fixture
def empty_data_dir() -> Iterator[Path]:
    """A data folder that is not there yet, as on the first day."""
    with temporary_data_dir() as folder:
        yield folder


@pytest.fixture
def data_dir(made_folder: Path) -> Iterator[Path]:
    """A data folder with an empty database, as after a first command."""
    with copied(made_folder) as folder:
        yield folder


@pytest.fixture(scope="module")
def shared_data_dir(made_folder: Path) -> Iterator[Path]:
    """A data folder for those tests of a file that do not mind each other. Its database is up, so no command has to start it."""
    with copied(made_folder) as folder, EmbeddedPostgres(folder):
        yield folder


@pytest.fixture(scope="module")
def shared_server(made_folder: Path) -> Iterator[Server]:
    """One server for all tests of a file; each takes a workspace of its own."""
    with copied(made_folder) as folder:
        running = Server(folder)
        running.wait_until_ready()
        yield running
        running.stop()


@pytest.fixture
def server(data_dir: Path) -> Iterator[Server]:
    running = Server(data_dir)
    running.wait_until_ready()
    yield running
    running.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found
