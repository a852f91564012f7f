"""Beside a worker: entries of all libraries that were written are read soon after, so that runs find them by meaning."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog

from setpiece.kernel.clock import now
from setpiece.kernel.errors import SetpieceError
from setpiece.library.similarity.refresh import catch_up, note_other_models, workspaces_lacking
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.storage.database import Database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

log = structlog.get_logger(__name__)

_LOOK_EVERY_S = 2.0
"""An indexed look at a table that is mostly empty; who creates and runs at once does not wait for it."""

_READER = Member(UUID(int=0), "Worker", "")
"""Reading changes no entity, so nobody is noted as its author."""


@asynccontextmanager
async def reading(owner: Database, tenants: Database, embedder: Embedder | None) -> AsyncIterator[None]:
    """For the length of the context, if there is an embedder."""
    if embedder is None:
        yield
        return
    task = asyncio.create_task(_read_all(owner, tenants, embedder))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _read_all(owner: Database, tenants: Database, embedder: Embedder) -> None:
    is_first = True
    while True:
        try:
            if is_first:
                await note_other_models(owner, tenants, embedder)
                is_first = False
            await _read_lacking(owner, tenants, embedder)
        except SetpieceError as problem:
            log.warning("reading_failed", reason=problem.message)
        except Exception:
            log.exception("reading_failed")
        await asyncio.sleep(_LOOK_EVERY_S)


async def _read_lacking(owner: Database, tenants: Database, embedder: Embedder) -> None:
    """One round of each workspace after the other, until none has anything left to read."""
    while lacking := await workspaces_lacking(owner):
        read = 0
        for workspace_id in lacking:
            async with tenants.transaction(workspace_id) as scope:
                read += await catch_up(Work(scope, _READER, now()), embedder)
        if not read:  # another worker is at it
            return
