"""Where benchmarks run: a temporary folder, a database in it, and the server as a user starts it."""

import asyncio
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import psutil

from setpiece.storage.embedded import EmbeddedPostgres
from setpiece.storage.migrate import migrate
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Member, Role

SETPIECE = Path(sys.executable).parent / "setpiece"
_READY_S = 60.0  # far beyond any target: what is slower than that is broken


@dataclass(frozen=True, slots=True)
class Tenant:
    """A workspace, who acts in it, and a key for it."""

    workspace_id: UUID
    member: Member
    secret: str


@dataclass(frozen=True, slots=True)
class Place:
    """A database that lives as long as the benchmarks."""

    folder: Path
    dsn: str

    async def tenant(self) -> Tenant:
        """A fresh workspace."""
        connection = await asyncpg.connect(self.dsn)
        try:
            directory = Directory(connection)
            workspace = await directory.ensure_workspace(f"Bench {secrets.token_hex(4)}")
            member = await directory.ensure_member(workspace, "Bench")
            key = await directory.create_key(workspace, Role.OWNER, name="bench", member=member)
            return Tenant(workspace.id, member, key)
        finally:
            await connection.close()

    async def settle(self) -> None:
        """Statistics as autovacuum would have gathered them, and no checkpoint due."""
        connection = await asyncpg.connect(self.dsn)
        try:
            await connection.execute("vacuum analyze")
            await connection.execute("checkpoint")
        finally:
            await connection.close()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="setpiece-bench-"))
    folder.chmod(0o711)  # as root, the database runs as another account, which has to pass
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def open_place() -> AsyncIterator[Place]:
    with temporary_folder() as folder:
        embedded = EmbeddedPostgres(folder / "data")
        (folder / "data").mkdir(mode=0o711)
        await asyncio.to_thread(embedded.start)
        try:
            await migrate(embedded.connection.dsn)
            yield Place(folder, embedded.connection.dsn)
        finally:
            await asyncio.to_thread(embedded.stop)


@dataclass(frozen=True, slots=True)
class Served:
    """A server process that answers."""

    process: subprocess.Popen[bytes]
    port: int
    ready_s: float
    """From starting the process to the first 200 of `/health/ready`."""

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def resident_mb(self) -> float:
        return psutil.Process(self.process.pid).memory_info().rss / 2**20


@contextmanager
def serving(place: Place) -> Iterator[Served]:
    """`setpiece serve` on the place's database."""
    with process_serving(
        (SETPIECE, "serve"),
        "/health/ready",
        {"SETPIECE_DATABASE_URL": place.dsn, "SETPIECE_BLOB_URL": (place.folder / "blobs").as_uri()},
    ) as served:
        yield served


@contextmanager
def process_serving(
    command: Sequence[str | Path], ready: str, environment: dict[str, str] | None = None
) -> Iterator[Served]:
    """A process that serves on the free port added to `command`, once it answers 200 on the path `ready`."""
    port, started = _free_port(), time.perf_counter()
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # the log, of both servers alike
        env=_environment() | (environment or {}),
        start_new_session=True,
    )
    try:
        _wait_until_ready(process, f"http://127.0.0.1:{port}{ready}", started)
        yield Served(process, port, time.perf_counter() - started)
    finally:
        _stop(process)


def _environment() -> dict[str, str]:
    """Ours without settings: what is measured is the default."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SETPIECE_")}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, started: float) -> None:
    while time.perf_counter() - started < _READY_S:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it was ready")
        try:
            if httpx.get(url, timeout=_READY_S).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"no 200 from {url} within {_READY_S:.0f} s")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
