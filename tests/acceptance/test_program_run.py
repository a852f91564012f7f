"""An executed run from a list to approved exports, with its worker killed on the way."""

import csv
import io
import os
import signal
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from product import PATIENCE_S, Server, command, new_key, wait_for

LEADS = 60
ROOT = "/v1/playbooks"


@pytest.fixture
def server(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SETPIECE_EMBEDDINGS", "off")  # a worker that is started again loads no model
    running = Server(data_dir)
    running.wait_until_ready()
    yield running
    running.stop()


def test_a_list_becomes_approved_exports_though_the_worker_is_killed_twice(data_dir: Path, server: Server):
    key = new_key(data_dir)
    fill_library(server, key)
    program = ask(server, "POST", "", key, 201, PLAYBOOK)["playbook"]["id"]
    server.send(f"{ROOT}/{program}/leads/import", key, leads_csv(), "text/csv")
    made = ask(server, "POST", f"/{program}/run", key, 201, {"execute": True})["run"]["id"]
    run = f"/{program}/runs/{made}"
    for most in (1, LEADS // 3):
        wait_for(lambda most=most: written(server, run, key) >= most)
        kill_worker(server)
    wait_for(lambda: written(server, run, key) == LEADS)
    assert counts(server, run, key) == {"awaiting_approval": LEADS}
    approve = ("programs", "messages", program, made, "--approve", "all", "--workspace", "Acceptance")
    assert command(data_dir, *approve).stdout == f"{LEADS} changed.\n"
    rows = exported(server, run, key)
    assert len(rows) == len({row["email"] for row in rows}) == LEADS
    assert all(row["subject_1"] and row["body_1"] for row in rows)
    assert ask(server, "POST", f"{run}/export", key, 409, {})["error"]["code"] == "run_ended"
    execution = ask(server, "GET", f"{run}/execution", key)["execution"]
    assert (execution["state"], execution["credits"]) == ("completed", 2 * LEADS)
    _, credit = server.ask("GET", "/v1/credits/balance", key)
    assert (
        credit["balance"] == 1_000_000 - 2 * LEADS
    )  # no agent ran twice for a lead: nothing was charged twice


def kill_worker(server: Server) -> None:
    """Until there is another one."""
    lines = [line for line in server.log() if line.get("event") == "working"]
    pid = int(lines[-1]["pid"])
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: [line for line in server.log() if line.get("event") == "working"][-1]["pid"] != pid)


def written(server: Server, run: str, key: str) -> int:
    return counts(server, run, key).get("awaiting_approval", 0)


def counts(server: Server, run: str, key: str) -> dict[str, int]:
    found: dict[str, int] = ask(server, "GET", f"{run}/execution", key)["execution"]["counts"]
    return found


def exported(server: Server, run: str, key: str) -> list[dict[str, str]]:
    headers = {"api_key": key, "Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.base_url}{ROOT}{run}/export", b"{}", headers, method="POST")
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode())))


def ask(server: Server, method: str, path: str, key: str, expect: int = 200, body: Any = None) -> Any:
    status, answer = server.ask(method, ROOT + path, key, body)
    assert status == expect, answer
    return answer


def fill_library(server: Server, key: str) -> None:
    product = {"name": "Example product", "differentiatedValue": ["Every claim names its source"]}
    _, made = server.ask("POST", "/api/v2/product/create", key, product)
    persona = {"name": "Head of RevOps", "painPoints": ["Nobody can say where a claim comes from"]}
    offering = {"primaryOfferingOId": made["data"]["oId"]}
    server.ask("POST", "/api/v2/persona/create", key, persona | offering)


def leads_csv() -> bytes:
    rows = [f"lead{n}@company{n}.example,First{n},Head of RevOps,Company {n}" for n in range(LEADS)]
    return "\n".join(["email,first_name,title,company", *rows]).encode()


PLAYBOOK = {
    "name": "Example",
    "mode": "outbound",
    "buddyId": "prospect",
    "status": "active",
    "leadSource": {"sampleSize": LEADS},
    "strategy": {
        "hypothesis": "They answer when sources are named",
        "successMetric": "reply_rate",
        "successTarget": 5,
    },
}
