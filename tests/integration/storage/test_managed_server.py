"""A managed server, where the owner of the tables is a plain user: everything works without a superuser."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.storage.database import open_database
from setpiece.storage.embedded import EmbeddedPostgres, delete_cluster
from setpiece.storage.migrate import migrate
from setpiece.storage.requirements import missing_requirements
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Role, hash_secret


@pytest.fixture(scope="module")
def administrator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: the application's role belongs to all databases of a server."""
    data_dir: Path = tmp_path_factory.mktemp("managed")
    data_dir.chmod(0o711)
    with EmbeddedPostgres(data_dir) as server:
        yield server.connection.dsn
    delete_cluster(data_dir)


async def administer(dsn: str, *statements: str) -> None:
    connection = await asyncpg.connect(dsn)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def make_user(administrator: str, name: str, rights: str) -> tuple[str, str]:
    """A database that belongs to a plain user: its address for the user, and for the administrator."""
    await administer(
        administrator,
        f"create role {name} login password 'example' {rights}",
        f"create database {name} owner {name}",
    )
    parts = urlsplit(administrator)._replace(path=f"/{name}")
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{name}:example@{host}").geturl(), parts.geturl()


async def follow(told: list[str], dsn: str) -> None:
    """Run the statements that the sentences name."""
    await administer(
        dsn, *(one.partition(": run ")[2].partition(" as an")[0].partition("; in ")[0] for one in told)
    )


async def test_a_user_who_may_create_roles_migrates_and_serves(administrator: str):
    dsn, as_administrator = await make_user(administrator, "first", "createrole")
    told = await missing_requirements(dsn)
    assert [one.partition(":")[0] for one in told] == ["User first may not install vector"]
    await follow(told, as_administrator)
    assert await missing_requirements(dsn) == []
    await migrate(dsn)
    await serve(dsn)


@pytest.mark.parametrize(("name", "rights"), [("second", ""), ("third", "createrole")])
async def test_what_the_sentences_say_is_enough_for_a_further_user_of_the_same_server(
    administrator: str, name: str, rights: str
):
    dsn, as_administrator = await make_user(administrator, name, rights)
    told = await missing_requirements(dsn)
    assert f'GRANT setpiece_app TO "{name}"' in told[0]
    with pytest.raises(Unavailable, match="setpiece_app"):
        await migrate(dsn)
    await follow(told, as_administrator)
    assert await missing_requirements(dsn) == []
    await migrate(dsn)
    await serve(dsn)


async def serve(dsn: str) -> None:
    """A key is made and accepted, and the fences stand."""
    owner = await asyncpg.connect(dsn)
    directory = Directory(owner)
    workspace = await directory.ensure_workspace("Example")
    member = await directory.ensure_member(workspace, "Example Member")
    secret = await directory.create_key(workspace, Role.OWNER, name="test", member=member)
    await owner.close()
    database = await open_database(dsn, max_size=1)
    async with database.unbound() as connection:
        row = await connection.fetchrow("select * from authenticate_key($1)", hash_secret(secret))
        assert row["workspace_id"] == workspace.id
        await connection.execute("select touch_keys($1, now())", [row["key_id"]])
        assert await connection.fetchval("select count(*) from api_keys") == 0
    async with database.bound(workspace.id) as scope:
        await scope.connection.execute("insert into counters values ($1, 'n', 0, 1)", workspace.id)
        assert await scope.connection.fetchval("select last_used_at is not null from api_keys")
    await database.aclose()
