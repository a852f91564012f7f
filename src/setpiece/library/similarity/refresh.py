"""Making vectors: for entities at hand, or for whatever lacks one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from setpiece.library.model import Entity
from setpiece.library.service import KIND_BY_NAME, entities
from setpiece.library.similarity.repository import Embedded, EmbeddingRepository
from setpiece.library.similarity.texts import hash_of, text_of
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.storage.database import Database
from setpiece.workspaces.work import Work

_AT_ONCE = 64
"""Entities of one round of catching up: about a second, after which somebody else may have a turn."""


async def refresh(work: Work, embedder: Embedder, several: Sequence[Entity]) -> int:
    """Make the vectors of these entities that are missing, or whose text or model changed; says how many it made.

    Raises:
        Unavailable: the embedder cannot work.
    """
    repository = EmbeddingRepository(work.scope, embedder.model)
    lacking = stale(several, await repository.hashes([one.id for one in several]))
    vectors = await embedder.embed(list(lacking.values()))
    made = [
        Embedded(one.id, one.kind, hash_of(lacking[one.id]), vector)
        for one, vector in zip((one for one in several if one.id in lacking), vectors, strict=True)
    ]
    if made:
        await repository.put(made)
    return len(made)


def stale(several: Sequence[Entity], hash_by_id: Mapping[UUID, bytes]) -> dict[UUID, str]:
    """The text of each entity whose vector stands for another one, or that has none."""
    texts = {one.id: text_of(KIND_BY_NAME[one.kind], one) for one in several}
    return {one: text for one, text in texts.items() if hash_by_id.get(one) != hash_of(text)}


async def catch_up(work: Work, embedder: Embedder) -> int:
    """One round in the transaction of `work`; says how many entities it looked at, 0 when there is nothing to do.

    Raises:
        Unavailable: the embedder cannot work.
    """
    repository = EmbeddingRepository(work.scope, embedder.model)
    if not await repository.claim():
        return 0
    marks = await repository.lacking(_AT_ONCE)
    if marks:
        found = await entities(work).by_ids(list(marks), {})
        await refresh(work, embedder, list(found.values()))
        await repository.settle(marks)
    return len(marks)


async def workspaces_lacking(owner: Database) -> list[UUID]:
    """Workspaces with something to read; asked with the rights of the list's owner, who sees that of all of them."""
    async with owner.unbound() as connection:
        rows = await connection.fetch("select distinct workspace_id from lacking_embeddings")
    return [row["workspace_id"] for row in rows]


async def note_other_models(owner: Database, tenants: Database, embedder: Embedder) -> None:
    """What another model made is put on the list, in every workspace."""
    async with owner.unbound() as connection:
        rows = await connection.fetch("select id from workspaces")
    for row in rows:
        async with tenants.bound(row["id"]) as scope:
            await EmbeddingRepository(scope, embedder.model).note_other_models()
