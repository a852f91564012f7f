"""A local folder, S3, Google Cloud Storage or Azure, through obstore."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
import structlog
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore

from setpiece.kernel.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from obstore.store import ObjectStore

log = structlog.get_logger(__name__)

PART_BYTES = 8 * 1024 * 1024
"""Of one part of an upload. S3 takes 10,000 parts, so 78 GiB can be kept; its least is 5 MiB."""
_PARTS_AT_A_TIME = 2
"""Parts on their way while the next one is filled: with PART_BYTES some 24 MB of memory for each upload."""
_READ_BYTES = 256 * 1024  # least of a piece that is read: smaller ones cost more calls than they save memory
_CUT_GRACE_S = 5.0
"""How long a cancelled upload may take to clean up behind itself."""


class _Cut(Exception):
    """Raised inside an upload whose caller was cancelled."""


class ObjectStoreBlobs:
    """Blobs in any store that obstore speaks to."""

    def __init__(self, open_store: Callable[[], "ObjectStore"]) -> None:
        self._open_store = open_store

    @cached_property
    def _store(self) -> "ObjectStore":
        """Opened at the first use: most processes keep no blob."""
        with _refusals():
            return self._open_store()

    async def put(self, key: str, content: AsyncIterator[bytes]) -> None:
        """An exception in the content makes obstore abort the upload; a cancellation does not, so it is made one."""
        cut = asyncio.Event()
        uploading = asyncio.ensure_future(
            obstore.put_async(
                self._store,
                key,
                _until(cut, content),
                chunk_size=PART_BYTES,
                max_concurrency=_PARTS_AT_A_TIME,
            )
        )
        try:
            with _refusals():
                await asyncio.shield(uploading)
        except asyncio.CancelledError:
            cut.set()
            with suppress(Exception):
                await asyncio.wait_for(uploading, _CUT_GRACE_S)
            await self.delete(key)  # the last piece may have been kept meanwhile
            raise

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        size = await self.size(key)
        if size is None:
            raise NotFound("The content is no longer in the blob store.", code="blob_missing")
        last = size if end is None else min(end, size)
        if start >= last:
            return
        with _refusals():
            found = await obstore.get_async(self._store, key, options={"range": (start, last)})
            async for piece in found.stream(min_chunk_size=_READ_BYTES):
                yield bytes(piece)

    async def size(self, key: str) -> int | None:
        with _refusals():
            try:
                return (await obstore.head_async(self._store, key))["size"]
            except (FileNotFoundError, NotFoundError):
                return None

    async def delete(self, key: str) -> None:
        with _refusals(), suppress(FileNotFoundError, NotFoundError):
            await obstore.delete_async(self._store, key)


class FolderBlobs(ObjectStoreBlobs):
    """Blobs in a local folder, made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__(self._made)

    def _made(self) -> LocalStore:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(self._folder)

    async def delete(self, key: str) -> None:
        await super().delete(key)
        await asyncio.to_thread(self._remove_parts, key)

    def _remove_parts(self, key: str) -> None:
        """What an upload leaves when its process is killed: `<key>#1`, where the store writes before it renames."""
        path = self._folder / key
        for part in path.parent.glob(f"{path.name}#*"):
            part.unlink(missing_ok=True)


async def _until(cut: asyncio.Event, content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for piece in content:
        if cut.is_set():
            raise _Cut
        yield piece


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotFoundError):
        raise
    except (BaseError, OSError) as refused:
        # Clients are not told: the reason may name hosts and buckets.
        log.warning("blob_store_refused", reason=str(refused).partition("\n")[0][:300])
        raise Unavailable(
            "The blob store does not answer, or refuses; the log says why.", code="blob_store_unavailable"
        ) from refused
