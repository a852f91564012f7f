"""A real database and a real application for the tests that need them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import pytest

from setpiece.api.app import create_app
from setpiece.api.services import Services
from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.wiring import open_services
from setpiece.storage.embedded import EmbeddedPostgres, delete_cluster
from setpiece.storage.migrate import migrate
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Role

_workspaces = iter(range(1, 1_000_000))


@pytest.fixture(scope="session")
def dsn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an embedded PostgreSQL that lives as long as the test run."""
    data_dir: Path = tmp_path_factory.mktemp("data")
    data_dir.chmod(0o711)  # as root, the database runs as another account, which has to pass
    with EmbeddedPostgres(data_dir) as server:
        asyncio.run(_forget_the_disk(server.connection.dsn))
        yield server.connection.dsn
    delete_cluster(data_dir)  # as root it may stand outside the folder, where nobody would tidy up


async def _forget_the_disk(dsn: str) -> None:
    """No test cuts the power, so nothing need be waited for that only a disk keeps."""
    connection = await asyncpg.connect(dsn)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await connection.execute(f"alter system set {setting} = off")
    await connection.execute("select pg_reload_conf()")
    await connection.close()


@pytest.fixture(scope="session")
def blob_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the contents of recordings are kept, in a folder that is not there yet."""
    return tmp_path_factory.mktemp("files") / "blobs"


@pytest.fixture(scope="session")
async def services(dsn: str, blob_dir: Path) -> AsyncIterator[Services]:
    await migrate(dsn)
    async with open_services(Settings(data_dir=blob_dir.parent), dsn) as opened:
        yield opened


@dataclass(frozen=True)
class Tenant:
    """A fresh workspace and one key for it."""

    name: str
    secret: str
    workspace_id: UUID


async def make_tenant(dsn: str, role: Role = Role.OWNER, name: str | None = None) -> Tenant:
    connection = await asyncpg.connect(dsn)
    try:
        directory = Directory(connection)
        workspace = await directory.ensure_workspace(name or f"Test workspace {next(_workspaces)}")
        member = await directory.ensure_member(workspace, "Test Member")
        secret = await directory.create_key(workspace, role, name="test", member=member)
        return Tenant(workspace.name, secret, workspace.id)
    finally:
        await connection.close()


@pytest.fixture
async def tenant(dsn: str, services: Services) -> Tenant:  # the schema must be there
    return await make_tenant(dsn)


@pytest.fixture
def new_tenant(dsn: str, services: Services) -> Callable[..., Awaitable[Tenant]]:
    """Makes a further workspace, or a key with another role for one that exists by name."""

    async def make(role: Role = Role.OWNER, name: str | None = None) -> Tenant:
        return await make_tenant(dsn, role, name)

    return make


Connect = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture(scope="session")
def connect(services: Services) -> Connect:
    """Opens a client of the one application, with the given headers."""
    application = create_app(services)

    @asynccontextmanager
    async def opened(**headers: str) -> AsyncIterator[httpx.AsyncClient]:
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://setpiece.test", headers=headers
        ) as client:
            yield client

    return opened


@pytest.fixture
async def client(connect: Connect, tenant: Tenant) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application with the tenant's key."""
    async with connect(api_key=tenant.secret) as opened:
        yield opened
