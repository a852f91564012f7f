"""The worker: beside the server, alone, killed, and left without its server."""

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from product import PATIENCE_S, SETPIECE, Server, new_key, wait_for

STATUS = "/api/v2/async/playbook/create/status"


def test_a_playbook_is_made_in_the_background_also_after_the_worker_was_killed(
    data_dir: Path, server: Server
):
    key = new_key(data_dir)
    state = end_of(server, key, ask_for_playbook(server, key))
    assert state["error"] is None
    status, playbook = server.ask("GET", f"/api/v2/playbook/get?oId={state['result']['playbookOId']}", key)
    assert (status, playbook["name"]) == (200, "From the background")
    _, shown = server.ask("GET", f"/api/v2/playbook/template/list?playbookOId={playbook['oId']}", key)
    assert shown["total"] > 0
    killed = worker_pid(server)
    os.kill(killed, signal.SIGKILL)
    asked = ask_for_playbook(server, key)
    assert end_of(server, key, asked)["status"] == "completed"
    assert worker_pid(server) != killed


def test_the_worker_ends_with_its_server_however_that_ends(data_dir: Path, server: Server):
    stopped = worker_pid(server)
    assert server.stop() == 0
    assert not is_running(stopped)
    again = Server(data_dir)
    killed = wait_for(lambda: (pid := worker_pid(again)) != stopped and pid)
    again.stop(signal.SIGKILL)
    wait_for(lambda: not is_running(killed))


def test_the_worker_survives_that_the_database_is_killed(data_dir: Path, server: Server):
    key = new_key(data_dir)
    pid = worker_pid(server)
    (pid_file,) = data_dir.glob("postgres/**/postmaster.pid")
    os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)
    wait_for(lambda: server.ask("GET", "/api/v2/persona/list", key)[0] == 200)
    assert end_of(server, key, ask_for_playbook(server, key))["status"] == "completed"
    assert worker_pid(server) == pid


def test_a_server_without_a_worker_leaves_the_work_to_one_that_is_started_alone(data_dir: Path):
    server = Server(data_dir, "--no-worker")
    server.wait_until_ready()
    key = new_key(data_dir)
    asked = ask_for_playbook(server, key)
    assert state_of(server, key, asked)["status"] == "pending"
    with data_dir.with_suffix(".worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [SETPIECE, "worker", "--concurrency", "1", "--data-dir", data_dir], stdout=log, stderr=log
        )
    try:
        assert end_of(server, key, asked)["status"] == "completed"
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE_S) == 0
    assert server.stop() == 0


def ask_for_playbook(server: Server, key: str) -> str:
    """The request id of a playbook that is to be made."""
    persona = {"name": "Head of RevOps", "painPoints": ["Nobody can say where a claim comes from"]}
    product = {"name": "Example product", "differentiatedValue": ["Every claim names its source"]}
    _, made = server.ask("POST", "/api/v2/product/create", key, product)
    offering = made["data"]["oId"]
    server.ask("POST", "/api/v2/persona/create", key, persona | {"primaryOfferingOId": offering})
    body = {"async": True, "name": "From the background", "productOId": offering, "createTemplates": True}
    status, answer = server.ask("POST", "/api/v2/playbook/create", key, body)
    assert (status, answer["status"]) == (200, "pending")
    return str(answer["requestId"])


def state_of(server: Server, key: str, request_id: str) -> dict[str, Any]:
    status, answer = server.ask("GET", f"{STATUS}?requestId={request_id}", key)
    assert status == 200
    state: dict[str, Any] = answer["data"]
    return state


def end_of(server: Server, key: str, request_id: str) -> dict[str, Any]:
    def over() -> dict[str, Any] | None:
        state = state_of(server, key, request_id)
        return None if state["status"] == "pending" else state

    state: dict[str, Any] = wait_for(over)
    return state


def worker_pid(server: Server) -> int:
    """The worker that the server started last, once it works."""
    lines = wait_for(lambda: [line for line in server.log() if line.get("event") == "working"])
    return int(lines[-1]["pid"])


def is_running(pid: int) -> bool:
    """Whether there is such a process that is not just waiting to be reaped."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")
