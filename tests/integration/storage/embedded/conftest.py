"""Data folders that the database's account can reach, and Setpiece processes that can be killed."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

import setpiece
from setpiece.storage.embedded import ConnectionInfo, EmbeddedPostgres
from setpiece.storage.embedded.process import find_postmaster

SOURCE = Path(setpiece.__file__).parents[1]

OWNER = """
import sys, time
from pathlib import Path
from setpiece.storage.embedded import EmbeddedPostgres, ServerLock
data_dir, system_root, verb = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if verb == "serve":
    ServerLock(data_dir).acquire()
else:
    EmbeddedPostgres(data_dir, system_root=system_root).start()
print("ready", flush=True)
time.sleep(120)
"""


@contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder that every account may pass through, which pytest's own tmp_path is not."""
    path = Path(tempfile.mkdtemp(prefix="setpiece-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def place() -> Iterator[Path]:
    with passable_folder() as path:
        yield path


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """One data folder for the tests of a file: each leaves it without a server; making a cluster takes a second."""
    with passable_folder() as path:
        yield path / "data"


@pytest.fixture
def system_root(place: Path) -> Path:
    return place / "system"


@pytest.fixture
def make(system_root: Path) -> Iterator[Callable[[Path], EmbeddedPostgres]]:
    """Makes databases and stops each at the end, whatever the test did to it."""
    made: list[EmbeddedPostgres] = []

    def build(data_dir: Path) -> EmbeddedPostgres:
        made.append(EmbeddedPostgres(data_dir, system_root=system_root, start_timeout_s=30))
        return made[-1]

    yield build
    for database in made:
        database.stop()


@pytest.fixture
def database(make: Callable[[Path], EmbeddedPostgres], data_dir: Path) -> EmbeddedPostgres:
    return make(data_dir)


@pytest.fixture
def other_process(system_root: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts Setpiece processes that hold a data folder until they are killed."""
    running: list[subprocess.Popen[str]] = []
    folders: set[Path] = set()

    def launch(data_dir: Path, verb: str, *, wait: bool = True) -> subprocess.Popen[str]:
        folders.add(data_dir)
        words = [sys.executable, "-c", OWNER, str(data_dir), str(system_root), verb]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        running.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment))
        if wait:
            assert running[-1].stdout.readline() == "ready\n"
        return running[-1]

    yield launch
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()
    for data_dir in folders:
        # A server whose last user was killed stays; taking part once more ends it.
        with EmbeddedPostgres(data_dir, system_root=system_root):
            pass


@pytest.fixture
def postmaster(data_dir: Path) -> Callable[..., int | None]:
    """Finds the pid of the server that runs for a data folder now."""
    return lambda folder=data_dir: find_postmaster(folder.resolve() / "postgres" / "cluster" / "data")


@pytest.fixture
def ask() -> Callable[..., object]:
    """Runs statements in one session; gives the first value of the last."""

    async def session(connection: ConnectionInfo, statements: tuple[str, ...]) -> object:
        link = await asyncpg.connect(connection.dsn)
        try:
            for statement in statements[:-1]:
                await link.execute(statement)
            return await link.fetchval(statements[-1])
        finally:
            await link.close()

    return lambda connection, *statements: asyncio.run(session(connection, statements))
