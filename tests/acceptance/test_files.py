"""Uploads to a running server whose clients go away, and whose process is killed."""

import signal
import socket
from pathlib import Path

from product import PATIENCE_S, Server, new_key, wait_for

BOUNDARY = "call"
PART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="call.wav"\r\n\r\n'.encode()
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
LENGTH = 64 * 1024 * 1024


def begun_upload(server: Server, key: str) -> socket.socket:
    """A connection on which a third of a file was sent."""
    host, port = server.base_url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=PATIENCE_S)
    head = (
        f"POST /v1/files HTTP/1.1\r\nHost: x\r\nMappa-Api-Key: {key}\r\nContent-Length: {LENGTH}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    connection.sendall(head.encode() + PART + WAV + bytes(LENGTH // 3))
    return connection


def kept(data_dir: Path) -> list[Path]:
    return [path for path in (data_dir / "blobs").rglob("*") if path.is_file()]


def test_a_client_that_hangs_up_leaves_nothing(server: Server, data_dir: Path):
    key = new_key(data_dir)
    connection = begun_upload(server, key)
    wait_for(lambda: kept(data_dir))
    connection.close()
    wait_for(lambda: not kept(data_dir))
    assert server.ask("GET", "/v1/files?includeDeleted=true", key)[1]["files"] == []
    (told,) = [
        line for line in server.log() if line.get("path") == "/v1/files" and line.get("method") == "POST"
    ]
    assert told["status"] == 400


def test_a_server_that_is_killed_in_an_upload_shows_no_half_file_afterwards(server: Server, data_dir: Path):
    key = new_key(data_dir)
    with begun_upload(server, key):
        wait_for(lambda: kept(data_dir))
        server.stop(signal.SIGKILL)
    again = Server(data_dir)
    try:
        again.wait_until_ready()
        assert again.ask("GET", "/v1/files?includeDeleted=true", key) == (
            200, {"files": [], "hasMore": False, "nextCursor": None},
        )  # fmt: skip
    finally:
        again.stop()


def test_a_server_that_is_told_to_stop_in_an_upload_ends_cleanly(server: Server, data_dir: Path):
    key = new_key(data_dir)
    with begun_upload(server, key):
        wait_for(lambda: kept(data_dir))
        assert server.stop() == 0
    assert kept(data_dir) == []
