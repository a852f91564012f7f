"""A data folder, and a server on it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hooks import Receiver, receiving
from product import Server

from setpiece.storage.embedded import EmbeddedPostgres, delete_cluster


@contextmanager
def temporary_data_dir() -> Iterator[Path]:
    """An empty data folder that another account may pass through, as a database started by root needs."""
    parent = Path(tempfile.mkdtemp(prefix="setpiece-"))
    parent.chmod(0o711)
    folder = parent / "data"
    yield folder
    if folder.exists():
        with EmbeddedPostgres(folder):
            pass  # adopts and stops a database that a killed server left
        delete_cluster(folder)
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with temporary_data_dir() as folder:
        yield folder


@pytest.fixture(scope="module")
def shared_server() -> Iterator[Server]:
    """One server for all tests of a file; each takes a workspace of its own."""
    with temporary_data_dir() as folder:
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
