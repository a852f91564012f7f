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

    def __init__(self, port: int, secret: str, free: asyncio.Queue[_Streams]) -> None:
        self._port, self._headers, self._free = port, {"api_key": secret}, free

    @classmethod
    @asynccontextmanager
    async def to(cls, port: int, secret: str, connections: int) -> AsyncIterator[Self]:
        free: asyncio.Queue[_Streams] = asyncio.Queue()
        for _ in range(connections):
            free.put_nowait(await _open(port))
        try:
            yield cls(port, secret, free)
        finally:
            while not free.empty():
                free.get_nowait()[1].close()

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The body of the answer.

        Raises:
            RuntimeError: the status is 400 or more.
        """
        content = None if body is None else orjson.dumps(body)
        streams = await self._free.get()
        if streams[0].at_eof():  # idle for longer than the server waits
            streams[1].close()
            streams = await _open(self._port)
        reader, writer = streams
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


async def _open(port: int) -> _Streams:
    return await asyncio.open_connection("127.0.0.1", port)
