"""The fake: contents in memory."""

from collections.abc import AsyncIterator

from setpiece.kernel.errors import NotFound

_PIECE_BYTES = 64 * 1024  # several pieces for what a test sends, as from a real store


class MemoryBlobs:
    """Forgets everything with the process."""

    def __init__(self) -> None:
        self.content_by_key: dict[str, bytes] = {}

    async def put(self, key: str, content: AsyncIterator[bytes]) -> None:
        whole = b"".join([piece async for piece in content])
        self.content_by_key[key] = whole

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        if key not in self.content_by_key:
            raise NotFound("The content is no longer in the blob store.", code="blob_missing")
        wanted = self.content_by_key[key][start:end]
        for begin in range(0, len(wanted), _PIECE_BYTES):
            yield wanted[begin : begin + _PIECE_BYTES]

    async def size(self, key: str) -> int | None:
        content = self.content_by_key.get(key)
        return None if content is None else len(content)

    async def delete(self, key: str) -> None:
        self.content_by_key.pop(key, None)
