"""A load generator in a process of its own: raw HTTP/1.1 over kept-alive loopback connections.

    python -m bench.load < {"port": …, "connections": 16, "requests": ["GET /… HTTP/1.1\\r\\n…", …]}

Every request is sent once, each connection taking the next when its answer is complete. Prints
`{"seconds": …, "latencies_ms": […]}`. Any status but 200 ends it with an error.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import uvloop


@dataclass(frozen=True, slots=True)
class Load:
    """What one round took."""

    seconds: float
    latencies_ms: list[float]

    @property
    def per_second(self) -> float:
        return len(self.latencies_ms) / self.seconds


def http_request(
    method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> str:
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", "accept: application/json"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join(lines) + "\r\n\r\n" + (body or b"").decode()


def send(port: int, requests: Sequence[str], connections: int = 16) -> Load:
    """Send the requests from another process."""
    told = json.dumps({"port": port, "connections": connections, "requests": list(requests)})
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=told.encode(), stdout=subprocess.PIPE, check=True
    )
    return Load(**json.loads(done.stdout))


class _Connection(asyncio.Protocol):
    """Sends one request after the other from a shared supply."""

    def __init__(
        self, supply: Iterator[bytes], latencies_ms: list[float], ended: asyncio.Future[None]
    ) -> None:
        self._supply, self._latencies_ms, self._ended = supply, latencies_ms, ended
        self._received, self._expected, self._sent_at = b"", -1, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def send_next(self) -> None:
        request = next(self._supply, None)
        if request is None:
            self._ended.set_result(None)
            self._transport.close()
            return
        self._received, self._expected, self._sent_at = b"", -1, time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._expected < 0:
            self._read_head()
        if 0 <= self._expected <= len(self._received):
            self._latencies_ms.append((time.perf_counter() - self._sent_at) * 1000)
            self.send_next()

    def _read_head(self) -> None:
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._received[:end].lower()
        if not head.startswith(b"http/1.1 200"):
            self._ended.set_exception(RuntimeError(self._received.decode(errors="replace")[:2000]))
            self._transport.close()
            return
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        self._expected = end + 4 + int(length)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._ended.done():
            self._ended.set_exception(exc or RuntimeError("the server closed a connection"))


async def _run(told: dict[str, Any]) -> Load:
    loop, latencies_ms = asyncio.get_running_loop(), list[float]()
    supply = iter([request.encode() for request in told["requests"]])
    ended: list[asyncio.Future[None]] = [loop.create_future() for _ in range(told["connections"])]
    opened: list[_Connection] = []
    for one in ended:
        _, protocol = await loop.create_connection(
            lambda one=one: _Connection(supply, latencies_ms, one), "127.0.0.1", told["port"]
        )
        opened.append(protocol)
    started = time.perf_counter()
    for connection in opened:
        connection.send_next()
    await asyncio.gather(*ended)
    return Load(time.perf_counter() - started, latencies_ms)


if __name__ == "__main__":
    load = uvloop.run(_run(json.load(sys.stdin)))
    json.dump({"seconds": load.seconds, "latencies_ms": load.latencies_ms}, sys.stdout)
