"""What a hostile client or a hostile library does to a running server and to a terminal."""

import os
import pty
import re
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from product import PATIENCE_S, SETPIECE, Server, command, new_key

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202e]")
OBEYED = ("\x1b]", "\x1b[2J", "\x1b[5m", "\x1b[31m", "\u202e", "\x07")
"""Sequences that a terminal obeys and no output of ours has."""
HOSTILE_LIBRARY = """
setpiece: 1
products:
- key: product
  name: "Pro\\e]0;title\\aduct\\u202E"
  customerBenefits: ["Answers come \\e[2Jwithin a day"]
  challengesAddressed: ["Answers take a week to arrive"]
personas:
- key: cfo
  name: "CF\\e[31mO"
  commonJobTitles: [CFO]
  painPoints: ["Answers take a week to arrive", "Reports are \\e[5mwritten by hand"]
  offerings: all
playbooks:
- key: play
  name: "Pl\\e[31may"
  product: product
  personas: [cfo]
"""


def spoken(server: Server, sent: bytes, *, closing: bool = False) -> bytes:
    """All that the server answers to some bytes, until it hangs up; `closing` says that no more will come."""
    host, port = server.base_url.removeprefix("http://").split(":")
    answer = b""
    with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as connection:
        try:
            connection.sendall(sent)
            if closing:
                connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        except ConnectionError:
            pass  # hung up while we were still sending, which is what should happen
    return answer


def test_a_head_without_end_is_refused_and_what_is_no_request_is_told_so_in_json(shared_server: Server):
    start = b"GET /api/v2/persona/list HTTP/1.1\r\nHost: x\r\n"
    many = spoken(
        shared_server, start + b"".join(b"X-%d: %s\r\n" % (number, b"a" * 500) for number in range(1000))
    )
    assert many.startswith(b"HTTP/1.1 431 ") or not many
    just_over = spoken(shared_server, start + b"X: " + b"a" * 66_000 + b"\r\n\r\n")
    assert just_over.startswith(b"HTTP/1.1 431 ")
    assert b'"_metadata"' in just_over
    fits = spoken(shared_server, start + b"X: " + b"a" * 60_000 + b"\r\nConnection: close\r\n\r\n")
    assert fits.startswith(b"HTTP/1.1 401 ")
    invented = spoken(shared_server, b"INVENT /api/v2/persona/list HTTP/1.1\r\n\r\n")
    assert invented.startswith(b"HTTP/1.1 400 ")
    assert b'"invalid_http"' in invented
    upgrade = spoken(shared_server, start + b"Upgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n")
    assert upgrade.startswith(b"HTTP/1.1 401 ")
    assert shared_server.ask("GET", "/health/live")[0] == 200


def test_what_follows_a_request_is_not_answered_in_its_place(shared_server: Server):
    key = new_key(shared_server.data_dir, "Following")
    create = f"POST /api/v2/persona/create HTTP/1.1\r\nHost: x\r\napi_key: {key}\r\n".encode()
    answer = spoken(
        shared_server, create + b'Content-Length: 12\r\n\r\n{"name":"E"}, and more than was declared'
    )
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert shared_server.ask("GET", "/api/v2/persona/list", key)[1]["total"] == 1
    broken = spoken(shared_server, create + b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"nam\r\nno size')
    assert broken.startswith(b"HTTP/1.1 400 ")
    assert b"the length of the body" in broken
    assert shared_server.ask("GET", "/api/v2/persona/list", key)[1]["total"] == 1


def test_a_client_that_closes_its_own_half_is_still_answered(shared_server: Server):
    list_ = b"GET /api/v2/persona/list HTTP/1.1\r\nHost: x\r\n"
    assert spoken(shared_server, list_ + b"\r\n", closing=True).startswith(b"HTTP/1.1 401 ")
    pipelined = spoken(shared_server, 3 * (list_ + b"\r\n"), closing=True)
    assert pipelined.count(b"HTTP/1.1 401 ") == 3
    for half in (list_, list_.replace(b"GET", b"POST") + b'Content-Length: 99\r\n\r\n{"name"'):
        answer = spoken(shared_server, half, closing=True)
        assert answer.startswith(b"HTTP/1.1 4")
        assert b'"_metadata"' in answer
    assert spoken(shared_server, b"", closing=True) == b""


def test_a_body_that_is_refused_early_gets_one_answer(shared_server: Server):
    key = new_key(shared_server.data_dir, "Refused")
    head = f"POST /api/v2/persona/create HTTP/1.1\r\nHost: x\r\napi_key: {key}\r\n".encode()
    for length in (
        b"Content-Length: 9000000\r\n\r\n" + b" " * 99,
        b"Transfer-Encoding: chunked\r\n\r\n5\r\n",
    ):
        refused = spoken(shared_server, head.replace(b"create", b"nowhere") + length, closing=True)
        assert refused.count(b"HTTP/1.1 ") == 1
        assert refused.startswith(b"HTTP/1.1 4")


def test_what_a_library_holds_cannot_steer_the_terminal(data_dir: Path):
    shown = [
        on_a_terminal(data_dir, *arguments, stdin=HOSTILE_LIBRARY.encode())
        for arguments in (
            ("library", "import", "-", "-w", "W"),
            ("sequence", "run", "-w", "W", "--job-title", "CFO\x1b[2J", "--first-name", "Jo\x1b[31m"),
            ("library", "diff", "no\x1b[31msuch.yaml", "-w", "W"),
            ("keys", "create", "-w", "W", "--name", "[/not] markup"),
            ("keys", "list"),
            ("workspaces", "freeze", "no\x1b]0;such\x07"),
        )
    ]
    assert "Answers" in shown[1]
    assert "[/not] markup" in shown[4]
    for text in shown:
        assert [one for one in OBEYED if one in text] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("-w", "two\nlines"),
        ("-w", "red\x1b[31m"),
        ("-w", "\udcff"),
        ("--member", "\x1b[31m"),
        ("--name", "n" * 201),
    ],
    ids=["lines", "escape", "no text", "member", "long"],
)
def test_a_name_that_cannot_be_shown_is_refused(shared_data_dir: Path, arguments: tuple[str, ...]):
    refused = command(shared_data_dir, "keys", "create", *arguments)
    assert refused.returncode == 2
    assert refused.stderr.startswith("Error: ")
    assert not CONTROL.search(refused.stderr)


def test_a_workspace_asked_for_with_bytes_that_are_no_text_is_not_found(shared_data_dir: Path):
    new_key(shared_data_dir)
    assert command(shared_data_dir, "library", "export", "-w", "\udcff").returncode == 3
    assert command(shared_data_dir, "keys", "revoke", "\udcff").returncode == 3


def on_a_terminal(data_dir: Path, *arguments: str, stdin: bytes = b"") -> str:
    """What a command writes when its output is a terminal."""
    ours, theirs = pty.openpty()
    found: list[bytes] = []

    def listen() -> None:
        try:
            while part := os.read(ours, 65536):
                found.append(part)
        except OSError:
            pass  # the other end is closed

    environment = os.environ | {"SETPIECE_DATA_DIR": str(data_dir), "COLUMNS": "200"}
    listener = threading.Thread(target=listen)
    listener.start()
    subprocess.run(
        [SETPIECE, *arguments], input=stdin, stdout=theirs, stderr=theirs, env=environment, timeout=PATIENCE_S
    )
    os.close(theirs)
    listener.join()
    os.close(ours)
    return b"".join(found).decode()
