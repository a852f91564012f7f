"""Queries on the vectors of one workspace."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from setpiece.storage.database import Scope

MOST_SCANNED = 2_000
"""Rows of a kind up to which all are compared; above it the index is asked. Measured with pgvector 0.8: exact takes 1 ms for each
thousand rows, the index 1.5 ms over 4,000 and 1.7 over 10,000, and it may miss one in twenty."""

Similarity = Mapping[UUID, float]
"""Cosine of each entity that has a vector, -1..1."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vector of one entity and the text it stands for."""

    entity_id: UUID
    kind: str
    text_hash: bytes
    vector: Sequence[float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Entities against some vectors."""

    similar: Sequence[Similarity]
    """For each vector."""
    stale: Collection[UUID]
    """No vector, or one that may stand for an older text."""
    marks: Mapping[UUID, int]
    """Of those that are on the list of what lacks one."""


class EmbeddingRepository:
    """The vectors of one workspace that one model made."""

    def __init__(self, scope: Scope, model: str) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id
        self._model = model

    async def hashes(self, ids: Sequence[UUID]) -> dict[UUID, bytes]:
        """The hash of the text behind each vector; an entity without one is left out."""
        rows = await self._connection.fetch(
            """select entity_id, text_hash from embeddings
               where workspace_id = $1 and entity_id = any($2) and model = $3""",
            self._workspace_id,
            list(ids),
            self._model,
        )
        return {row["entity_id"]: row["text_hash"] for row in rows}

    async def put(self, several: Sequence[Embedded]) -> None:
        """Keep these vectors in the place of older ones; of an entity that is gone meanwhile none is kept."""
        await self._connection.execute(
            """insert into embeddings (entity_id, workspace_id, kind, model, text_hash, vector)
               select e.id, $1, n.kind, $2, n.text_hash, n.vector::halfvec(384)
               from unnest($3::uuid[], $4::text[], $5::bytea[], $6::text[]) n(id, kind, text_hash, vector)
               join entities e on e.workspace_id = $1 and e.id = n.id and e.deleted_at is null
               order by e.id
               on conflict (entity_id) do update
               set model = excluded.model, text_hash = excluded.text_hash, vector = excluded.vector""",
            self._workspace_id,
            self._model,
            [one.entity_id for one in several],
            [one.kind for one in several],
            [one.text_hash for one in several],
            [_as_text.__wrapped__(tuple(one.vector)) for one in several],
        )

    async def compare(self, ids: Sequence[UUID], vectors: Sequence[tuple[float, ...]]) -> "Comparison":
        """How near each entity is to each of the vectors, and which entities have no vector that fits their text."""
        # Read in a query of its own, a vector is read once; without, for every row: 25 us each time.
        columns = ", ".join(
            f"1 - (v.vector <=> (select ${at}::text::halfvec))" for at in range(4, 4 + len(vectors))
        )
        rows = await self._connection.fetch(
            f"""select e.id, l.mark, v.entity_id is null as is_missing, {columns}
                from unnest($2::uuid[]) e(id)
                left join embeddings v on v.workspace_id = $1 and v.entity_id = e.id and v.model = $3
                left join lacking_embeddings l on l.workspace_id = $1 and l.entity_id = e.id""",
            self._workspace_id,
            list(ids),
            self._model,
            *map(_as_text, vectors),
        )
        known = [row for row in rows if not row["is_missing"]]
        return Comparison(
            tuple({row["id"]: row[3 + at] for row in known} for at in range(len(vectors))),
            frozenset(row["id"] for row in rows if row["is_missing"] or row["mark"] is not None),
            {row["id"]: row["mark"] for row in rows if row["mark"] is not None},
        )

    async def nearest(self, kind: str, vector: tuple[float, ...], most: int, of: int) -> list[UUID]:
        """The entities of a kind that are nearest to a vector, the nearest first.

        `of` is about how many of the kind there are: it decides between comparing all and asking the index.
        """
        function = "nearest_of_few" if of <= MOST_SCANNED else "nearest_of_many"
        rows = await self._connection.fetch(
            f"select id from {function}($1, $2, $3, $4::text::halfvec, $5) with ordinality f(id, at) order by at",
            self._workspace_id,
            kind,
            self._model,
            _as_text(vector),
            most,
        )
        return [row["id"] for row in rows]

    async def lacking(self, most: int) -> dict[UUID, int]:
        """Entities that were written and not embedded since, the oldest change first, with the mark of the change."""
        rows = await self._connection.fetch(
            """select entity_id, mark from lacking_embeddings where workspace_id = $1 order by mark limit $2""",
            self._workspace_id,
            most,
        )
        return {row["entity_id"]: row["mark"] for row in rows}

    async def settle(self, mark_by_id: Mapping[UUID, int]) -> None:
        """These are done, but for those that were changed again meanwhile."""
        await self._connection.execute(
            """delete from lacking_embeddings l using unnest($2::uuid[], $3::bigint[]) d(id, mark)
               where l.workspace_id = $1 and l.entity_id = d.id and l.mark = d.mark""",
            self._workspace_id,
            list(mark_by_id),
            list(mark_by_id.values()),
        )

    async def note_other_models(self) -> None:
        """What another model made is to be made again."""
        await self._connection.execute(
            """insert into lacking_embeddings (entity_id, workspace_id)
               select entity_id, $1 from embeddings where workspace_id = $1 and model <> $2
               on conflict do nothing""",
            self._workspace_id,
            self._model,
        )

    async def claim(self) -> bool:
        """Whether this transaction is the only one that catches up here; the others need not do it too."""
        found: bool = await self._connection.fetchval(
            "select pg_try_advisory_xact_lock(hashtextextended('embeddings ' || $1, 0))",
            str(self._workspace_id),
        )
        return found


@lru_cache(maxsize=16)
def _as_text(vector: tuple[float, ...]) -> str:
    """Kept for a moment: one run looks several times for what is near to the same few vectors."""
    return f"[{','.join(map(repr, vector))}]"
