"""A run in the background, with everything real: server, worker, receiver, signature, and a worker killed on the way."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from hooks import Receiver
from product import Server, command, new_key, wait_for
from standardwebhooks import Webhook


def test_a_refused_callback_comes_again_signed_also_when_the_worker_was_killed(
    data_dir: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SETPIECE_ALLOW_PRIVATE_WEBHOOKS", "1")
    server = Server(data_dir)
    try:
        server.wait_until_ready()
        key = new_key(data_dir)
        asked = ask(server, key, receiver.url)
        wait_for(lambda: len(receiver.arrived) == 1)
        os.kill(worker_pid(server), signal.SIGKILL)
        state = wait_for(lambda: delivered(server, key, asked))
        assert state["status"] == "completed"
        secret = server.ask("GET", "/api/v2/webhook/secret", key)[1]["data"]["secret"]
    finally:
        server.stop()
    reports = [Webhook(secret).verify(body, headers) for headers, body in receiver.arrived]
    assert {one["requestId"] for one in reports} == {asked}
    assert len({headers["webhook-id"] for headers, _ in receiver.arrived}) == 1
    assert reports[-1]["result"] == state["result"]


def test_private_addresses_are_refused_unless_they_are_allowed(shared_server: Server, receiver: Receiver):
    server = shared_server
    key = new_key(server.data_dir)
    body = {"callbackUrl": receiver.url, "agentOId": agent(server, key), "jobTitle": "Controller"}
    status, answer = server.ask("POST", "/api/v2/async/agent/run", key, body)
    assert status == 400
    assert "SETPIECE_ALLOW_PRIVATE_WEBHOOKS" in answer["message"]


def test_the_secret_is_printed_as_the_server_shows_it(shared_server: Server):
    server, data_dir = shared_server, shared_server.data_dir
    key = new_key(data_dir, workspace="Shop")
    printed = command(data_dir, "webhooks", "secret", "--workspace", "Shop")
    shown = server.ask("GET", "/v1/webhooks/secret", key)[1]["secret"]
    assert printed.stdout.splitlines()[-1] == shown
    assert command(data_dir, "webhooks", "secret", "-w", "No such shop").returncode == 3


def test_an_event_of_a_workspace_is_sent_by_the_worker_beside_the_server(
    data_dir: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SETPIECE_ALLOW_PRIVATE_WEBHOOKS", "1")
    server = Server(data_dir)
    try:
        server.wait_until_ready()
        key = new_key(data_dir)
        made = server.ask("POST", "/v1/webhooks/endpoints", key, {"url": receiver.url})[1]
        sent = server.ask("POST", f"/v1/webhooks/endpoints/{made['id']}/test", key)[1]
        found = wait_for(lambda: accepted(server, key, sent["id"]))
    finally:
        server.stop()
    assert [one["outcome"] for one in found["outcomes"]] == ["5xx", "2xx"]
    events = [Webhook(made["secret"]).verify(body, headers) for headers, body in receiver.arrived]
    assert events == [found["payload"]] * 2


def accepted(server: Server, key: str, delivery: str) -> dict[str, Any] | None:
    found: dict[str, Any] = server.ask("GET", f"/v1/webhooks/deliveries/{delivery}", key)[1]
    return found if found["status"] == "delivered" else None


def ask(server: Server, key: str, url: str) -> str:
    body = {"callbackUrl": url, "agentOId": agent(server, key), "jobTitle": "Controller"}
    status, answer = server.ask("POST", "/api/v2/async/agent/run", key, body)
    assert (status, answer["status"]) == (200, "pending")
    return str(answer["requestId"])


def agent(server: Server, key: str) -> str:
    body = {"name": "Two emails", "type": "EMAIL", "sequenceSettings": {"numEmails": 2}}
    return str(server.ask("POST", "/api/v2/agents/create", key, body)[1]["data"]["oId"])


def delivered(server: Server, key: str, request_id: str) -> dict[str, Any] | None:
    state = server.ask("GET", f"/api/v2/async/agent/run/status?requestId={request_id}", key)[1]["data"]
    return state if state["callback"]["status"] == "delivered" else None


def worker_pid(server: Server) -> int:
    lines = wait_for(lambda: [line for line in server.log() if line.get("event") == "working"])
    return int(lines[-1]["pid"])
