"""A real call through a real server: uploaded, heard by a worker that is killed on the way, read, deleted."""

import os
import signal
from pathlib import Path
from typing import Any

from product import Server, new_key, wait_for

CALL = Path(__file__).parents[2] / "examples" / "calls" / "call-mf.mp3"
BOUNDARY = "call"


def upload(server: Server, key: str, content: bytes) -> str:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="call.mp3"\r\n\r\n'.encode()
    )
    body = head + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    status, answer = server.send("/v1/files", key, body, f"multipart/form-data; boundary={BOUNDARY}")
    assert status == 200, answer
    return str(answer["mediaId"])


def beginning_of_call(seconds: float) -> bytes:
    """MP3 is cut anywhere."""
    content = CALL.read_bytes()
    return content[: int(len(content) * seconds / 125)]


def status_of(server: Server, key: str, media_id: str) -> str:
    return str(server.ask("GET", f"/v1/files/{media_id}", key)[1]["processingStatus"])


def test_a_call_is_heard_although_the_worker_is_killed_on_the_way(server: Server, data_dir: Path):
    key = new_key(data_dir)
    media_id = upload(server, key, beginning_of_call(25))
    pid = wait_for(lambda: [line for line in server.log() if line.get("event") == "working"])[-1]["pid"]
    wait_for(
        lambda: [
            line for line in server.log() if line.get("event") == "stage_kept" and line["stage"] == "speakers"
        ]
    )
    os.kill(int(pid), signal.SIGKILL)
    wait_for(lambda: status_of(server, key, media_id) == "COMPLETED")
    kept = [line["stage"] for line in server.log() if line.get("event") == "stage_kept"]
    assert kept == ["decode", "speech", "speakers", "words", "turns", "pitch", "measures"], "each once"
    _, answer = server.ask("GET", f"/v1/files/{media_id}/speakers", key)
    assert len(answer["speakers"]) == 2
    assert all(one["speechSeconds"] > 3 and len(one["transcript"].split()) > 8 for one in answer["speakers"])
    assert leftovers(data_dir) == []


def leftovers(data_dir: Path) -> list[Any]:
    return list((data_dir / "hearing").iterdir())
