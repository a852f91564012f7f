"""Vectors follow what is written, are renewed when the text or the model changes, and stay in their workspace."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from setpiece.api.services import Services
from setpiece.kernel.clock import now
from setpiece.kernel.ids import show
from setpiece.library.persona import PERSONA
from setpiece.library.retrieval import RETRIEVED_KINDS
from setpiece.library.service import create_entity, delete_entity, get_entity, update_entity
from setpiece.library.similarity.refresh import catch_up, note_other_models, workspaces_lacking
from setpiece.library.similarity.repository import EmbeddingRepository
from setpiece.library.similarity.texts import hash_of, text_of
from setpiece.library.use_case import USE_CASE
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.storage.database import Database, open_database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

MODEL = HashedWords()
Open = Callable[..., Any]


class Counting(HashedWords):
    """Remembers what it was asked for."""

    def __init__(self, model: str = MODEL.model) -> None:
        super().__init__(model)
        self.asked: list[str] = []

    async def embed(self, texts: Any) -> Any:
        self.asked += texts
        return await super().embed(texts)


@pytest.fixture
def opened(services: Services, dsn: str) -> Open:
    """Work in a tenant's workspace, committed at its end, as its first member."""

    @asynccontextmanager
    async def open_(tenant: Any) -> AsyncIterator[Work]:
        async with services.database.transaction(tenant.workspace_id) as scope:
            member = await scope.connection.fetchval(
                "select id from members where workspace_id = $1 limit 1", tenant.workspace_id
            )
            yield Work(scope, Member(member, "Test", "Member"), now())

    return open_


@pytest.fixture
async def owner(dsn: str) -> AsyncIterator[Database]:
    opened = await open_database(dsn, max_size=1, role=None)
    yield opened
    await opened.aclose()


async def stored_hash(work: Work, entity_id: UUID, model: str = MODEL.model) -> bytes | None:
    return (await EmbeddingRepository(work.scope, model).hashes([entity_id])).get(entity_id)


async def read_everything(opened: Open, tenant: Any, embedder: HashedWords = MODEL) -> None:
    async with opened(tenant) as work:
        while await catch_up(work, embedder):
            pass


async def test_what_was_created_is_read_and_then_off_the_list(opened: Open, tenant: Any, owner: Database):
    async with opened(tenant) as work:
        persona = await create_entity(work, PERSONA, {"name": "Head of data", "commonJobTitles": ["CDO"]})
    assert tenant.workspace_id in await workspaces_lacking(owner)
    await read_everything(opened, tenant)
    assert tenant.workspace_id not in await workspaces_lacking(owner)
    async with opened(tenant) as work:
        assert await stored_hash(work, persona.id) == hash_of(text_of(PERSONA, persona))


async def test_a_changed_text_gets_a_new_vector_and_an_unchanged_one_keeps_its_own(opened: Open, tenant: Any):
    embedder = Counting()
    async with opened(tenant) as work:
        persona = await create_entity(work, PERSONA, {"name": "Head of data"})
    await read_everything(opened, tenant, embedder)
    async with opened(tenant) as work:
        await update_entity(work, PERSONA, show("pe", persona.id), {"internalName": "only for us"})
    await read_everything(opened, tenant, embedder)
    assert len(embedder.asked) == 1  # an internal name is not read
    async with opened(tenant) as work:
        changed = await update_entity(
            work, PERSONA, show("pe", persona.id), {"description": "Owns the warehouse"}
        )
        before = await stored_hash(work, persona.id)
    await read_everything(opened, tenant, embedder)
    async with opened(tenant) as work:
        after = await stored_hash(work, persona.id)
    assert before != after == hash_of(text_of(PERSONA, changed))
    assert "warehouse" in embedder.asked[-1]


async def test_a_change_while_its_vector_is_made_is_read_again(opened: Open, tenant: Any, owner: Database):
    async with opened(tenant) as work:
        persona = await create_entity(work, PERSONA, {"name": "Head of data"})
    async with opened(tenant) as reading:
        repository = EmbeddingRepository(reading.scope, MODEL.model)
        marks = await repository.lacking(10)
        async with opened(tenant) as writing:
            await update_entity(writing, PERSONA, show("pe", persona.id), {"description": "Another"})
        await repository.settle(marks)
    assert tenant.workspace_id in await workspaces_lacking(owner)


async def test_another_model_makes_every_vector_anew(
    opened: Open, tenant: Any, owner: Database, services: Services
):
    async with opened(tenant) as work:
        persona = await create_entity(work, PERSONA, {"name": "Head of data"})
    await read_everything(opened, tenant)
    other = HashedWords("hashed-words-2")
    async with opened(tenant) as work:
        assert await stored_hash(work, persona.id, other.model) is None
    await note_other_models(owner, services.database, other)
    await read_everything(opened, tenant, other)
    async with opened(tenant) as work:
        assert await stored_hash(work, persona.id, other.model) is not None
        assert await stored_hash(work, persona.id) is None


async def test_a_deleted_entity_leaves_neither_a_vector_nor_an_entry_of_the_list(opened: Open, tenant: Any):
    async with opened(tenant) as work:
        read = await create_entity(work, PERSONA, {"name": "Read"})
    await read_everything(opened, tenant)
    async with opened(tenant) as work:
        unread = await create_entity(work, PERSONA, {"name": "Unread"})
        for one in (read, unread):
            await delete_entity(work, PERSONA, show("pe", one.id))
        assert await stored_hash(work, read.id) is None
        assert await EmbeddingRepository(work.scope, MODEL.model).lacking(10) == {}


async def test_only_what_is_chosen_among_is_read(opened: Open, tenant: Any):
    async with opened(tenant) as work:
        await create_entity(work, USE_CASE, {"name": "A use case"})
        assert await EmbeddingRepository(work.scope, MODEL.model).lacking(10) == {}


async def test_the_trigger_and_the_code_name_the_same_kinds(dsn: str, services: Services):
    connection = await asyncpg.connect(dsn)
    try:
        source = await connection.fetchval(
            "select prosrc from pg_proc where proname = 'note_lacking_embeddings'"
        )
    finally:
        await connection.close()
    assert all(f"'{kind}'" in source for kind in RETRIEVED_KINDS)


@pytest.mark.parametrize("of", [100, 100_000], ids=["exact", "index"])
async def test_the_nearest_come_first_and_from_their_own_workspace_only(
    opened: Open, tenant: Any, new_tenant: Callable[..., Awaitable[Any]], of: int
):
    stranger = await new_tenant()
    for one in (tenant, stranger):
        async with opened(one) as work:
            for name in ("Head of data platform", "Head of data", "Chief gardener", "Payroll clerk"):
                await create_entity(work, PERSONA, {"name": name})
        await read_everything(opened, one)
    (asked,) = await MODEL.embed(["head of data"])
    async with opened(tenant) as work:
        found = await EmbeddingRepository(work.scope, MODEL.model).nearest("persona", asked, 2, of)
        names = [(await get_entity(work, PERSONA, show("pe", one))).name for one in found]
    assert names == ["Head of data", "Head of data platform"]


async def test_no_vector_of_another_workspace_is_compared(
    opened: Open, tenant: Any, new_tenant: Callable[..., Awaitable[Any]]
):
    stranger = await new_tenant()
    async with opened(stranger) as work:
        theirs = await create_entity(work, PERSONA, {"name": "Head of data"})
    await read_everything(opened, stranger)
    (asked,) = await MODEL.embed(["Head of data"])
    async with opened(tenant) as work:
        repository = EmbeddingRepository(work.scope, MODEL.model)
        compared = await repository.compare([theirs.id], [asked])
        assert compared.similar == ({},)
        assert compared.marks == {}
        assert await repository.hashes([theirs.id]) == {}
    async with opened(stranger) as work:
        (found,) = (await EmbeddingRepository(work.scope, MODEL.model).compare([theirs.id], [asked])).similar
    assert found[theirs.id] == pytest.approx(1.0, abs=1e-3)
