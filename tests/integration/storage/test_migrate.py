"""Bringing databases up to date, several processes at once, and databases that cannot be."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from setpiece.kernel.errors import Conflict, Unavailable
from setpiece.storage import migrations
from setpiece.storage.database import open_database
from setpiece.storage.migrate import HEAD, migrate, wait_for_schema
from setpiece.storage.migrations.upgrade import upgrade

_PROCESSES = 4


def database_of(dsn: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(dsn)._replace(path=f"/{name}").geturl()


@pytest.fixture
async def empty(dsn: str) -> AsyncIterator[str]:
    """The address of a database without a schema."""
    name = f"empty_{uuid4().hex}"
    server = await asyncpg.connect(dsn)
    await server.execute(f"create database {name}")
    yield database_of(dsn, name)
    await server.execute(f"drop database {name} with (force)")
    await server.close()


@pytest.fixture(scope="module")
async def growing(dsn: str) -> AsyncIterator[str]:
    """The name of a database that goes from release to release, from which each test of one copies its own."""
    name = f"growing_{uuid4().hex}"
    server = await asyncpg.connect(dsn)
    await server.execute(f"create database {name}")
    yield name
    await server.execute(f"drop database {name} with (force)")
    await server.close()


async def execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(statement)
    await connection.close()


async def test_an_empty_database_gets_the_newest_schema_and_a_second_run_does_nothing(empty: str):
    before, after = await migrate(empty)
    assert before is None
    assert await migrate(empty) == (after, after)


async def test_an_address_may_carry_the_options_that_hosted_servers_ask_for(empty: str):
    _, after = await migrate(f"{empty}&sslmode=prefer")
    assert after == HEAD


async def test_waiting_for_a_schema_ends_with_a_sentence_when_nobody_makes_it(empty: str):
    with pytest.raises(Unavailable, match="run 'setpiece migrate'"):
        await wait_for_schema(empty, patience_s=0)
    waiting = asyncio.create_task(wait_for_schema(empty, patience_s=120))
    await migrate(empty)
    await waiting


async def test_of_many_that_start_at_once_one_migrates_and_the_others_find_it_done(empty: str):
    results = await asyncio.gather(*(migrate(empty) for _ in range(_PROCESSES)))
    assert sorted(before is None for before, _ in results) == [False, False, False, True]
    assert len({after for _, after in results}) == 1


async def test_processes_that_start_at_once_all_succeed(empty: str, dsn: str):
    """One of them migrates another database of the same server: both make the server's one role."""
    code = (
        "import asyncio, sys; from setpiece.storage.migrate import migrate; asyncio.run(migrate(sys.argv[1]))"
    )
    started = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, address, stderr=subprocess.PIPE)
        for address in (empty, empty, dsn)
    ]
    told = [await process.communicate() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told


def test_the_revision_that_counts_as_newest_is_the_last_script():
    scripts = Path(migrations.__file__).parent / "versions"
    assert max(path.name for path in scripts.glob("*.py")).startswith(f"{HEAD}_")


OLD_DATA = """
    insert into workspaces (id, name, organization_id, organization_name, organization_slug)
    values (gen_random_uuid(), 'acme', gen_random_uuid(), 'Acme', 'acme'),
           (gen_random_uuid(), 'other', gen_random_uuid(), 'Other', 'other');
    insert into members (id, workspace_id, first_name) select gen_random_uuid(), id, 'Owner' from workspaces;
    insert into entities (id, workspace_id, kind, name, created_by, created_at)
    select gen_random_uuid(), workspace_id, 'persona', 'Sales leader', id, now() from members;
    insert into agents (id, workspace_id, name, description, type, created_by, created_at, updated_at)
    select gen_random_uuid(), workspace_id, 'Sequence', '', 'EMAIL', id, now(), now() from members;
    insert into runs (id, workspace_id, request_id, agent_id, found, input, choice, output, timing, email_count, credits,
        created_by, created_at)
    select gen_random_uuid(), workspace_id, 'r', id, true, '{}', '{}', '{}', '{}', 3, 3, created_by, now() from agents
"""


@pytest.mark.parametrize(
    "release", [f"{number:04}" for number in range(1, int(HEAD))], ids=lambda name: f"from {name}"
)
async def test_a_database_of_any_older_release_that_was_used_is_brought_up_to_date(
    dsn: str, growing: str, release: str
):
    await upgrade(database_of(dsn, growing), release)
    name = f"used_{uuid4().hex}"
    await execute(dsn, f"create database {name} template {growing}")
    used = database_of(dsn, name)
    await execute(used, OLD_DATA)
    assert await migrate(used) == (release, HEAD)
    connection = await asyncpg.connect(used)
    kept = await connection.fetch("select count(*) from runs where found group by workspace_id")
    await connection.close()
    await execute(dsn, f"drop database {name} with (force)")
    assert [row["count"] for row in kept] == [1, 1]


async def test_a_database_of_a_newer_release_is_left_alone(empty: str):
    await migrate(empty)
    await execute(empty, "update alembic_version set version_num = '9999'")
    with pytest.raises(Conflict, match="schema 9999, made by a newer Setpiece"):
        await migrate(empty)


async def test_a_migration_that_fails_leaves_nothing_behind(empty: str):
    await execute(empty, "create table templates (id int)")  # in the way of the foundation
    with pytest.raises(Unavailable, match="templates"):
        await migrate(empty)
    connection = await asyncpg.connect(empty)
    tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    await connection.close()
    assert [row["tablename"] for row in tables] == ["templates"]


@pytest.mark.parametrize(
    "address",
    ["postgresql://127.0.0.1:1/nothing", "postgresql://nobody.invalid/nothing", "not an address"],
    ids=["closed port", "unknown host", "no address at all"],
)
async def test_a_server_that_does_not_answer_is_said_to_be_unavailable(address: str):
    with pytest.raises(Unavailable, match="No connection to the database"):
        await migrate(address)
    with pytest.raises(Unavailable, match="No connection to the database"):
        await open_database(address)


async def test_a_database_that_does_not_exist_is_named(dsn: str):
    with pytest.raises(Unavailable, match="missing_database"):
        await migrate(database_of(dsn, "missing_database"))
