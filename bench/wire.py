"""JSON over kept-alive HTTP connections, for benchmarks in which the client may not cost more than the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import orjson

from bench.load import http_request

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Wire:
    """Asks a server on this machine, over as many connections as there may be requests at once."""

    def __init__(self, secret: str, free: asyncio.Queue[_Streams]) -> None:
        self._headers, self._free = {"api_key": secret}, free

    @classmethod
    @asynccontextmanager
    async def to(cls, port: int, secret: str, connections: int) -> AsyncIterator[Self]:
        opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(connections)]
        free: asyncio.Queue[_Streams] = asyncio.Queue()
        for one in opened:
            free.put_nowait(one)
        try:
            yield cls(secret, free)
        finally:
            for _, writer in opened:
                writer.close()

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The body of the answer.

        Raises:
            RuntimeError: the status is 400 or more.
        """
        content = None if body is None else orjson.dumps(body)
        reader, writer = streams = await self._free.get()
        writer.write(http_request(method, path, content, self._headers).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        answer = await reader.readexactly(int(length))
        self._free.put_nowait(streams)
        status = int(head.split(None, 2)[1])
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status} {answer[:500].decode()}")
        found: dict[str, Any] = orjson.loads(answer)
        return found
