"""The port: contents under keys, written and read in pieces."""

from collections.abc import AsyncIterator
from typing import Protocol


class BlobStore(Protocol):
    """Contents by key. A key is a path of letters, digits, `-` and `/`, chosen by us and never by a client."""

    async def put(self, key: str, content: AsyncIterator[bytes]) -> None:
        """Keep `content` under `key`, a bounded part of it in memory at a time.

        It is there completely or not at all: nothing can be read under `key` before the last piece is kept, and when
        `content` raises, or the caller is cancelled, what was written so far is taken away.

        Raises:
            Unavailable: the store does not answer, or refuses.
            Exception: whatever `content` raises.
        """
        ...

    def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to and without `end`, by default all, in pieces; none where there are none.

        Raises:
            NotFound: nothing is kept under `key`.
            Unavailable: the store does not answer, or refuses.
        """
        ...

    async def size(self, key: str) -> int | None:
        """Length in bytes of what is kept under `key`, or None.

        Raises:
            Unavailable: the store does not answer, or refuses.
        """
        ...

    async def delete(self, key: str) -> None:
        """Take away what is kept under `key`, and what an upload that was killed left of it; nothing there is fine.

        Raises:
            Unavailable: the store does not answer, or refuses.
        """
        ...
