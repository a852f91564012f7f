"""What uploading and reading a large recording costs the API process."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bench.place import Place, Served, serving
from bench.table import Row

SIZE_BYTES = 1_000_000_000
MOST_GROWTH_MB = 50
_PIECE = bytes(1024 * 1024)
_LOOK_EVERY_S = 0.05
_BOUNDARY = "bench"
_HEAD = (
    f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="call.wav"\r\n\r\n'.encode()
    + b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
)
_END = f"\r\n--{_BOUNDARY}--\r\n".encode()


async def measure(place: Place) -> list[Row]:
    """One upload of 1 GB, then the same read back, after a small one of each has warmed everything up."""
    tenant = await place.tenant()
    with serving(place) as served:
        headers = {"Mappa-Api-Key": tenant.secret}
        async with httpx.AsyncClient(base_url=served.base_url, headers=headers, timeout=600) as client:
            await _read(client, await _upload(client, len(_PIECE)))
            async with _watched(served) as up:
                media_id = await _upload(client, SIZE_BYTES)
            async with _watched(served) as down:
                assert await _read(client, media_id) > SIZE_BYTES
            await client.delete(f"/v1/files/{media_id}")
    return [
        Row("memory that the API gains in an upload of 1 GB", up.growth_mb, "MB", None, MOST_GROWTH_MB),
        Row("  its speed", SIZE_BYTES / up.seconds / 1e6, "MB/s"),
        Row("memory that the API gains in reading 1 GB", down.growth_mb, "MB", None, MOST_GROWTH_MB),
        Row("  its speed", SIZE_BYTES / down.seconds / 1e6, "MB/s"),
    ]


@dataclass(slots=True)
class _Watch:
    growth_mb: float = 0.0
    seconds: float = 0.0


@asynccontextmanager
async def _watched(served: Served) -> AsyncIterator[_Watch]:
    """Time, and the most memory above that of the start, looked at meanwhile."""
    watch, before_mb, started = _Watch(), served.resident_mb, time.perf_counter()
    looking = asyncio.create_task(_look(served, watch, before_mb))
    try:
        yield watch
    finally:
        looking.cancel()
        watch.seconds = time.perf_counter() - started


async def _look(served: Served, watch: _Watch, before_mb: float) -> None:
    while True:
        watch.growth_mb = max(watch.growth_mb, served.resident_mb - before_mb)
        await asyncio.sleep(_LOOK_EVERY_S)


async def _upload(client: httpx.AsyncClient, size: int) -> str:
    async def body() -> AsyncIterator[bytes]:
        yield _HEAD
        for _ in range(size // len(_PIECE) + 1):
            yield _PIECE
        yield _END

    answer = await client.post(
        "/v1/files", content=body(), headers={"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}
    )
    media_id: str = answer.raise_for_status().json()["mediaId"]
    return media_id


async def _read(client: httpx.AsyncClient, media_id: str) -> int:
    size = 0
    async with client.stream("GET", f"/v1/files/{media_id}/audio") as answer:
        async for piece in answer.aiter_bytes():
            size += len(piece)
    return size
