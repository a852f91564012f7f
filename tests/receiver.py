"""Somebody's webhook on a loopback port: keeps what arrives, answers the statuses it was given, then 204."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook


@dataclass(frozen=True)
class Arrived:
    headers: dict[str, str]
    body: bytes

    def verified(self, secret: str) -> Any:
        """The content, if the signature is right."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    statuses: list[int]
    port: int = 0
    hangs: bool = False
    arrived: list[Arrived] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = [line.partition(": ") for line in head.splitlines()[1:] if line]
            headers = {name.lower(): value for name, _, value in lines}
            body = await reader.readexactly(int(headers["content-length"]))
            self.arrived.append(Arrived(headers, body))
            if self.hangs:
                await asyncio.sleep(60)
            status = self.statuses.pop(0) if self.statuses else 204
            more = f"Location: {self.url}/elsewhere\r\n" if 300 <= status < 400 else ""
            writer.write(f"HTTP/1.1 {status} Status\r\nContent-Length: 0\r\n{more}\r\n".encode())
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the sender went away, as some tests want
        finally:
            writer.close()


@asynccontextmanager
async def receiving(statuses: Sequence[int] = (), *, hangs: bool = False) -> AsyncIterator[Receiver]:
    receiver = Receiver(list(statuses), hangs=hangs)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
