"""A local server that speaks OpenAI's `audio/transcriptions`, refuses what that refuses, and fails as a test tells it to."""

import io
import json
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from python_multipart import create_form_parser

KEY = "sk-test"
FIELDS = {"model", "response_format", "timestamp_granularities[]", "temperature", "language"}
SAID = {
    "task": "transcribe",
    "language": "english",
    "duration": 2.0,
    "text": "Well, it's $300,000. OK?",
    "words": [
        {"word": "Well", "start": 0.1, "end": 0.4},
        {"word": "it's", "start": 0.5, "end": 0.7},
        {"word": "300,000", "start": 0.8, "end": 1.4},
        {"word": "OK", "start": 1.5, "end": 1.8},
    ],
    "segments": [
        {"id": 0, "start": 0.0, "end": 1.45, "avg_logprob": -0.1},
        {"id": 1, "start": 1.45, "end": 2.0, "avg_logprob": -1.0},
    ],
}


@dataclass
class TranscriptionServer:
    """`answers` are given in turn, the last one for ever: a body, a status, `cut off`, `slow` or `hang up`."""

    answers: list[Any] = field(default_factory=lambda: [SAID])
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    base_url: str = ""

    def next(self) -> Any:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serving() -> Iterator[TranscriptionServer]:
    state = TranscriptionServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            problem = refused(self, content, state)
            answer = problem or state.next()
            if answer == "hang up":
                self.close_connection = True
                return
            if answer == "slow":
                time.sleep(1.0)
                answer = SAID
            status, body = answer if isinstance(answer, tuple) else (200, answer)
            encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if body == "cut off":
                self.send_header("Content-Length", "1000")
                encoded = b'{"text": "Well'
                self.close_connection = True
            else:
                self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def refused(
    request: BaseHTTPRequestHandler, content: bytes, state: TranscriptionServer
) -> tuple[int, Any] | None:
    """What the vendor would refuse; None when the request is as its reference wants it."""
    if request.path != "/v1/audio/transcriptions":
        return 404, error(f"Invalid URL (POST {request.path})")
    if request.headers.get("Authorization") != f"Bearer {KEY}":
        return 401, error("Incorrect API key provided.")
    fields: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}

    def take_field(one: Any) -> None:
        fields.setdefault(one.field_name.decode(), []).append(one.value.decode())

    def take_file(one: Any) -> None:
        one.file_object.seek(0)
        files[one.field_name.decode()] = one.file_object.read()
        one.close()

    headers = {"Content-Type": request.headers["Content-Type"]}
    parser = create_form_parser(headers, take_field, take_file)
    parser.write(content)
    parser.finalize()
    if unknown := set(fields) - FIELDS:
        return 400, error(f"Unrecognized request arguments: {unknown}")
    if fields.get("response_format") != ["verbose_json"] or "model" not in fields or "file" not in files:
        return 400, error("timestamp_granularities need response_format verbose_json, a model and a file")
    with wave.open(io.BytesIO(files["file"])) as sound:
        state.seconds.append(sound.getnframes() / sound.getframerate())
    state.asked.append(fields)
    return None


def error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}
