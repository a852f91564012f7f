"""The product as a user starts it: processes, sockets, signals."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from setpiece.bootstrap.installation import LocalInstallation
from setpiece.bootstrap.settings import Settings
from setpiece.workspaces.model import Role

SETPIECE = Path(sys.executable).with_name("setpiece")
PATIENCE_S = 180.0  # a start takes a second; this is for a slow machine that does ten things at once


class Server:
    """A running `setpiece serve`; its log is kept in the data folder's parent."""

    def __init__(self, data_dir: Path, *options: str) -> None:
        self.data_dir = data_dir
        self.log_path = data_dir.with_suffix(".log")
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [SETPIECE, "serve", "--port", "0", "--data-dir", data_dir, *options],
                stdout=log,
                stderr=log,
                env=os.environ | {"SETPIECE_LOG_FORMAT": "json"},
            )
        self.base_url = self._url()

    def log(self) -> list[dict[str, Any]]:
        """Its whole lines: the last one may still be under way."""
        lines = self.log_path.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("\n")]

    def ask(self, method: str, path: str, key: str = "", body: Any = None) -> tuple[int, Any]:
        """Status and JSON of one request."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base_url + path, content, {"api_key": key}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def send(self, path: str, key: str, content: bytes, content_type: str) -> tuple[int, Any]:
        """Status and JSON of a POST of something else than JSON."""
        headers = {"api_key": key, "Content-Type": content_type}
        request = urllib.request.Request(self.base_url + path, content, headers, method="POST")
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return answer.status, json.loads(answer.read())

    def wait_until_ready(self) -> None:
        wait_for(lambda: self.ask("GET", "/health/ready")[0] == 200)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(PATIENCE_S)

    def _url(self) -> str:
        def told() -> str | None:
            if self.process.poll() is not None:
                pytest.fail(f"the server ended: {self.log_path.read_text()[-2000:]}")
            lines = [line for line in self.log() if line.get("event") == "serving"]
            return str(lines[-1]["url"]) if lines and lines[-1]["pid"] == self.process.pid else None

        return str(wait_for(told))


def wait_for(look: Any) -> Any:
    """What `look` gives, as soon as it gives something."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if found := look():
                return found
        except OSError:
            pass
        time.sleep(0.05)
    pytest.fail("it did not happen in time")


def command(
    data_dir: Path,
    *arguments: str,
    stdin: bytes = b"",
    patience_s: float = PATIENCE_S,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """One `setpiece` command, ended."""
    done = subprocess.run(
        [SETPIECE, *arguments],
        input=stdin,
        capture_output=True,
        timeout=patience_s,
        env=os.environ | {"SETPIECE_DATA_DIR": str(data_dir), "COLUMNS": "80"} | environment,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def printed_key(data_dir: Path, workspace: str = "Acceptance", role: str = "owner") -> str:
    """A key from the command, for tests of that."""
    made = command(data_dir, "keys", "create", "--workspace", workspace, "--role", role)
    assert made.returncode == 0, made.stderr
    return made.stdout.splitlines()[-1]


def new_key(data_dir: Path, workspace: str = "Acceptance") -> str:
    """An owner's key, made as the command makes it, without a process that takes a second to start."""
    installation = LocalInstallation(Settings(data_dir=data_dir))
    return asyncio.run(installation.create_key(workspace, Role.OWNER, "test", "Test Member"))
