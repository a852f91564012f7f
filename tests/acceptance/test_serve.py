"""`setpiece serve`: starts, survives, stops."""

import json
import os
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

from product import PATIENCE_S, SETPIECE, Server, command, new_key, printed_key, wait_for

from setpiece.storage.embedded.process import read_pid_file


def persona(name: str) -> dict[str, str]:
    return {"name": name}


def test_a_key_made_before_the_start_and_one_made_while_it_runs_both_work(empty_data_dir: Path):
    before = printed_key(empty_data_dir)
    server = Server(empty_data_dir)
    server.wait_until_ready()
    during = printed_key(empty_data_dir)
    assert server.ask("GET", "/api/v2/api-key/validate", before)[0] == 200
    assert server.ask("GET", "/api/v2/api-key/validate", during)[0] == 200
    assert server.stop() == 0


def test_what_was_written_is_there_after_a_restart(data_dir: Path, server: Server):
    key = new_key(data_dir)
    _, made = server.ask("POST", "/api/v2/persona/create", key, persona("Head of RevOps"))
    assert server.stop() == 0
    again = Server(data_dir)
    again.wait_until_ready()
    status, found = again.ask("GET", f"/api/v2/persona/get?oId={made['data']['oId']}", key)
    assert (status, found["name"]) == (200, "Head of RevOps")
    assert again.stop(signal.SIGINT) == 0


def test_a_second_server_on_the_folder_ends_with_a_plain_sentence(data_dir: Path, server: Server):
    second = command(data_dir, "serve", "--port", "0")
    assert second.returncode == 4
    assert f"process {server.process.pid}" in second.stderr
    assert "--data-dir" in second.stderr


def test_a_taken_port_is_named_and_nothing_stays_behind(data_dir: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = command(data_dir, "serve", "--port", str(port))
    assert ended.returncode == 7
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_database_is_restarted_when_it_is_killed(data_dir: Path, server: Server):
    key = new_key(data_dir)
    server.ask("POST", "/api/v2/persona/create", key, persona("Before the crash"))
    killed = postmaster_of(server)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    # Its children still answer for a moment, so a good answer alone does not say that the restart is over. Who restarts it
    # is open: the server's watch, or its worker that starts in that moment and finds no database.
    wait_for(lambda: postmaster_of(server) not in (None, killed))
    wait_for(lambda: server.ask("GET", "/api/v2/persona/list", key)[0] == 200)
    _, listed = server.ask("GET", "/api/v2/persona/list", key)
    assert [one["name"] for one in listed["data"]] == ["Before the crash"]
    assert server.stop() == 0


def test_a_killed_server_leaves_nothing_that_keeps_the_next_from_starting(data_dir: Path, server: Server):
    key = new_key(data_dir)
    server.ask("POST", "/api/v2/persona/create", key, persona("Kept"))
    server.stop(signal.SIGKILL)
    again = Server(data_dir)
    again.wait_until_ready()
    _, listed = again.ask("GET", "/api/v2/persona/list", key)
    assert [one["name"] for one in listed["data"]] == ["Kept"]
    assert again.stop() == 0


def test_two_api_processes_share_one_folder(data_dir: Path, server: Server):
    key = new_key(data_dir)
    log_path = data_dir.with_suffix(".api.log")
    with log_path.open("wb") as log:
        api = subprocess.Popen(
            [SETPIECE, "api", "--port", "0", "--data-dir", data_dir], stdout=log, stderr=log
        )
    try:
        lines = wait_for(lambda: [line for line in log_path.read_text().splitlines() if '"serving"' in line])
        url = json.loads(lines[0])["url"]
        server.ask("POST", "/api/v2/persona/create", key, persona("Shared"))
        server.base_url = url
        _, listed = server.ask("GET", "/api/v2/persona/list", key)
        assert [one["name"] for one in listed["data"]] == ["Shared"]
    finally:
        api.terminate()
        assert api.wait(PATIENCE_S) == 0


def test_an_api_that_starts_before_the_schema_is_there_waits_for_it(empty_data_dir: Path):
    log_path = empty_data_dir.with_suffix(".api.log")
    with log_path.open("wb") as log:
        api = subprocess.Popen(
            [SETPIECE, "api", "--port", "0", "--data-dir", empty_data_dir], stdout=log, stderr=log
        )
    try:
        wait_for(lambda: '"waiting_for_schema"' in log_path.read_text())
        assert command(empty_data_dir, "migrate").returncode == 0
        lines = wait_for(lambda: [line for line in log_path.read_text().splitlines() if '"serving"' in line])
        url = json.loads(lines[0])["url"]
        assert (
            wait_for(lambda: urllib.request.urlopen(f"{url}/health/ready", timeout=PATIENCE_S)).status == 200
        )
    finally:
        api.terminate()
        assert api.wait(PATIENCE_S) == 0


def test_a_killed_import_leaves_nothing_half_there(data_dir: Path, server: Server):
    key = new_key(data_dir)
    entries = [
        {"key": f"p{number}", "name": f"Persona {number}", "painPoints": ["slow"] * 40}
        for number in range(4000)
    ]
    content = json.dumps({"setpiece": 1, "personas": entries}).encode()
    head = (
        f"POST /api/v2/library/import HTTP/1.1\r\nHost: test\r\napi_key: {key}\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode()
    host, port = server.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head + content)
        wait_for(lambda: active_statements(data_dir) > 0)
        server.stop(signal.SIGKILL)
    again = Server(data_dir)
    again.wait_until_ready()
    _, listed = again.ask("GET", "/api/v2/persona/list", key)
    assert listed["total"] in (0, 4000)
    assert listed["total"] == len(all_names(again, key))
    assert again.stop() == 0


def test_the_log_has_a_line_for_each_request_and_no_secret(data_dir: Path, server: Server):
    key = new_key(data_dir)
    server.ask("GET", f"/api/v2/persona/list?api_key={key}", key)
    server.ask("GET", f"/api/v2/persona/{key}/get", key)
    server.ask("POST", "/api/v2/persona/create", key, b"{" + key.encode())
    server.ask("POST", "/api/v2/persona/create", key, persona(key))
    wait_for(lambda: [line for line in server.log() if line.get("path") == "/api/v2/persona/create"])
    line = next(line for line in server.log() if line.get("path") == "/api/v2/persona/list")
    assert line["status"] == 200
    assert line["request_id"]
    assert line["workspace"] == "Acceptance"
    assert key not in server.log_path.read_text()


def postmaster_of(server: Server) -> int | None:
    """The pid that the database's pid file names; None while there is no whole file, as in a restart."""
    pid_file = next(server.data_dir.glob("postgres/**/postmaster.pid"), None)
    found = read_pid_file(pid_file.parent) if pid_file is not None else None
    return found.pid if found is not None else None


def active_statements(data_dir: Path) -> int:
    """How many statements of the application run right now, asked as the database's owner."""
    import asyncio

    import asyncpg

    from setpiece.storage.embedded import EmbeddedPostgres

    async def count(dsn: str) -> int:
        connection = await asyncpg.connect(dsn)
        try:
            return int(
                await connection.fetchval(
                    "select count(*) from pg_stat_activity where application_name = 'setpiece' and state <> 'idle'"
                )
            )
        finally:
            await connection.close()

    with EmbeddedPostgres(data_dir) as database:
        return asyncio.run(count(database.connection.dsn))


def all_names(server: Server, key: str) -> list[str]:
    names: list[str] = []
    while True:
        _, page = server.ask("GET", f"/api/v2/persona/list?limit=1000&offset={len(names)}", key)
        names += [one["name"] for one in page["data"]]
        if not page["hasNext"]:
            return names
