"""Start, stop and share the embedded database."""

import asyncio
import stat
import sys
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from setpiece.kernel.errors import Conflict, Unavailable
from setpiece.storage.embedded import (
    ConnectionInfo,
    EmbeddedPostgres,
    ServerLock,
    check_extensions,
    delete_cluster,
)


def test_a_start_on_an_empty_folder_gives_a_database_that_keeps_rows_over_a_restart_and_a_move(
    make, place, ask
):
    database = make(place / "new" / "data")
    assert ask(database.start(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7) RETURNING n") == 7
    database.stop()
    assert not database.is_alive()
    assert ask(database.start(), "SELECT n FROM kept") == 7
    database.stop()
    moved = (place / "new").rename(place / "moved") / "data"
    assert ask(make(moved).start(), "SELECT n FROM kept") == 7


def test_the_cluster_is_utf8_with_checksums_and_a_builtin_locale(database, ask):
    connection = database.start()
    assert ask(connection, "SHOW server_encoding") == "UTF8"
    assert ask(connection, "SHOW data_checksums") == "on"
    assert ask(connection, "SELECT datlocprovider FROM pg_database WHERE datname = 'setpiece'") == b"b"
    assert ask(connection, "SHOW fsync") == "on"


def test_a_wrong_password_and_no_password_are_refused(database, ask):
    connection = database.start()

    async def enter(password: str) -> None:
        await asyncpg.connect(
            host=str(connection.host), user=connection.user, database=connection.database, password=password
        )

    for password in ("wrong", ""):
        with pytest.raises((asyncpg.InvalidPasswordError, asyncpg.InterfaceError)):
            asyncio.run(enter(password))
    assert ask(
        connection, "SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'setpiece'"
    )


def test_nobody_else_can_open_the_folders_or_the_password(database, data_dir):
    connection = database.start()
    cluster = data_dir / "postgres" / "cluster"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (cluster, cluster / "data", connection.host)}
    assert set(modes.values()) == {0o700}
    assert stat.S_IMODE((cluster / "password").stat().st_mode) == 0o600
    assert connection.password not in repr(connection)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_no_tcp_port_is_open(database, data_dir, postmaster):
    database.start()
    mine = {str(entry.readlink()) for entry in Path(f"/proc/{postmaster()}/fd").iterdir()}
    for table in ("tcp", "tcp6"):
        rows = (
            Path(f"/proc/net/{table}").read_text().splitlines()[1:]
            if Path(f"/proc/net/{table}").exists()
            else []
        )
        assert not mine & {f"socket:[{row.split()[9]}]" for row in rows}


async def test_sqlalchemy_reads_the_dsn(database):
    connection = await asyncio.to_thread(database.start)
    engine = create_async_engine(connection.dsn.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as link:
        assert (await link.execute(text("SELECT current_database()"))).scalar() == "setpiece"
    await engine.dispose()


async def test_doctor_finds_the_vector_extension_working(database):
    connection = await asyncio.to_thread(database.start)
    (vector,) = await check_extensions(connection.dsn)
    assert vector.works
    assert vector.explanation.startswith("vector 0.")


def test_the_server_runs_until_its_last_user_leaves(make, data_dir, other_process, ask, postmaster):
    first, second = make(data_dir), make(data_dir)
    first.start()
    other_process(data_dir, "use")
    pid = postmaster()
    second.start()
    first.stop()
    assert (postmaster(), ask(second.connection, "SELECT 1")) == (pid, 1)
    second.stop()
    assert postmaster() == pid, "the other process still uses it"


def test_the_last_user_out_stops_the_server(make, data_dir, postmaster):
    first, second = make(data_dir), make(data_dir)
    assert first.start() == second.start()
    first.stop()
    first.stop()
    assert second.is_alive()
    second.stop()
    assert postmaster() is None


def test_processes_that_start_at_once_on_an_empty_folder_share_one_server(
    place, other_process, make, postmaster
):
    data_dir = place / "data"
    for process in [other_process(data_dir, "use", wait=False) for _ in range(3)]:
        assert process.stdout.readline() == "ready\n"
    pid = postmaster(data_dir)
    make(data_dir).start()
    assert pid is not None
    assert postmaster(data_dir) == pid


def test_a_data_folder_may_have_a_long_name_with_any_characters(make, place, ask):
    database = make(place / ("with, comma, space and ü " + "x" * 100))
    connection = database.start()
    assert ask(connection, "SELECT 1") == 1
    database.stop()
    assert not connection.host.exists()


def test_a_context_manager_starts_and_stops(data_dir, system_root, ask, postmaster):
    with EmbeddedPostgres(data_dir, system_root=system_root) as database:
        assert ask(database.connection, "SELECT 1") == 1
    assert postmaster() is None
    with pytest.raises(Unavailable, match="not been started"):
        _ = database.connection


def test_a_cluster_in_use_is_not_deleted_and_one_that_is_not_is_gone(make, data_dir, system_root, ask):
    database = make(data_dir)
    ask(database.start(), "CREATE TABLE gone (n int)", "SELECT 1")
    with pytest.raises(Conflict, match="in use"):
        delete_cluster(data_dir, system_root=system_root)
    database.stop()
    delete_cluster(data_dir, system_root=system_root)
    assert ask(database.start(), "SELECT to_regclass('gone')") is None


def test_a_second_server_on_a_folder_is_told_which_process_has_it(data_dir, other_process):
    server = other_process(data_dir, "serve")
    with pytest.raises(Conflict) as refused:
        ServerLock(data_dir).acquire()
    assert str(data_dir) in refused.value.message
    assert f"process {server.pid}" in refused.value.message
    server.kill()
    server.wait()
    with ServerLock(data_dir), pytest.raises(Conflict):
        ServerLock(data_dir).acquire()
    with ServerLock(data_dir):
        pass


def test_the_dsn_escapes_what_a_url_cannot_hold():
    assert (
        ConnectionInfo(Path("/a b"), "p/w:@").dsn
        == "postgresql://setpiece:p%2Fw%3A%40@/setpiece?host=%2Fa%20b&port=5432"
    )
