"""An S3 server on a loopback port: moto, in an environment of its own, installed from its lock when it is missing."""

import hashlib
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[4]
LOCK = ROOT / "requirements-s3.txt"
BUCKET = "calls"
_PATIENCE_S = 180.0  # a start takes two seconds; this is for a machine that does ten things at once


@dataclass(frozen=True)
class S3Server:
    url: str

    def objects(self, prefix: str) -> list[str]:
        """Keys under the prefix, those of unfinished uploads included."""
        kept = self._keys(f"list-type=2&prefix={prefix}/", "Contents")
        unfinished = self._keys("uploads", "Upload")
        return sorted(key.removeprefix(f"{prefix}/") for key in [*kept, *unfinished])

    def _keys(self, query: str, element: str) -> list[str]:
        page = Xml.fromstring(httpx.get(f"{self.url}/{BUCKET}?{query}").raise_for_status().content)
        return [str(one.findtext("{*}Key")) for one in page.iterfind(f"{{*}}{element}")]


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """A server with one empty bucket."""
    command = _installed() / "bin" / "moto_server"
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [command, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _make_bucket(f"http://127.0.0.1:{port}/{BUCKET}")
        yield S3Server(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def _make_bucket(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            httpx.put(url).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the S3 server did not start")


def _installed() -> Path:
    """The environment that holds what the lock names; it stands in .venv, so that `make clean` takes it too."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    place = Path(sys.prefix) / f"s3-server-{digest}"
    if not (place / "complete").exists():
        uv = Path(sys.executable).with_name("uv")
        environment = _environment()
        for command in (
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, place],
            [uv, "pip", "install", "--quiet", "--python", place, "--require-hashes", "--requirements", LOCK],
        ):
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"the S3 server cannot be installed here: {done.stderr.strip()[:300]}")
        (place / "complete").touch()
    return place


def _environment() -> dict[str, str]:
    """As the project's own installer has it: what pip was told of registries is told to uv."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from bootstrap import uv_environment
    finally:
        sys.path.pop(0)
    return {**os.environ, **uv_environment([sys.executable, "-m", "pip"])}
