"""A small HTTP server on a loopback port that answers with the bytes it is told to."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest

Drip = Callable[[asyncio.StreamWriter], Awaitable[None]]


def reply(
    body: bytes, content_type: str = "text/html; charset=utf-8", *headers: str, status: int = 200
) -> bytes:
    lines = [
        f"HTTP/1.1 {status} Status",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, *headers: str) -> bytes:
    return reply(b"", "text/html", f"Location: {location}", *headers, status=302)


@dataclass
class Site:
    port: int = 0
    answer_by_path: dict[str, bytes | Drip] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked_for(self, header: str) -> list[str]:
        lines = [line for request in self.requests for line in request.splitlines()]
        return [line.partition(": ")[2] for line in lines if line.lower().startswith(f"{header}:")]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.requests.append(request)
            await self._answer(request.split()[1], writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as several tests want
        finally:
            writer.close()

    async def _answer(self, path: str, writer: asyncio.StreamWriter) -> None:
        answer = self.answer_by_path.get(path, reply(b"gone", status=404))
        if callable(answer):
            await answer(writer)
        else:
            writer.write(answer)
            await writer.drain()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    async with server:
        yield site


@pytest.fixture(name="reply")
def reply_fixture() -> Callable[..., bytes]:
    return reply


@pytest.fixture(name="redirect")
def redirect_fixture() -> Callable[..., bytes]:
    return redirect


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
