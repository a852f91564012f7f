"""Beside a worker, what was written is read without anybody asking."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from setpiece.api.services import Services
from setpiece.bootstrap.reading import reading
from setpiece.kernel.errors import Unavailable
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.storage.database import Database, open_database

_PATIENCE_S = 120.0


class UnavailableOnce(HashedWords):
    """As when the database or the model is away for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def embed(self, texts: Any) -> Any:
        self.asked += 1
        if self.asked == 1:
            raise Unavailable("away")
        return await super().embed(texts)


@pytest.fixture
async def owner(dsn: str, services: Services) -> AsyncIterator[Database]:
    opened = await open_database(dsn, max_size=1, role=None)
    yield opened
    await opened.aclose()


async def until_read(dsn: str, tenant: Any) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while await connection.fetchval(  # noqa: ASYNC110 - rows cannot set an event
                "select exists (select 1 from lacking_embeddings where workspace_id = $1)",
                tenant.workspace_id,
            ):
                await asyncio.sleep(0.05)
    finally:
        await connection.close()


@pytest.mark.parametrize("embedder", [HashedWords(), UnavailableOnce()], ids=["works", "fails first"])
async def test_a_library_is_read_soon_after_it_was_written(
    client: Any, tenant: Any, dsn: str, owner: Database, services: Services, embedder: HashedWords
):
    answer = await client.post("/api/v2/persona/create", json={"name": "Head of data"})
    assert answer.status_code == 200
    async with reading(owner, services.database, embedder):
        await until_read(dsn, tenant)


async def test_without_an_embedder_nothing_is_read(
    client: Any, tenant: Any, dsn: str, owner: Database, services: Services
):
    await client.post("/api/v2/persona/create", json={"name": "Head of data"})
    async with reading(owner, services.database, None):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(until_read(dsn, tenant), 0.3)
