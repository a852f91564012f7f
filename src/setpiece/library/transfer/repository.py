"""Queries on a whole library, for one workspace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from setpiece.library.model import Entity
from setpiece.library.playbooks.model import Playbook
from setpiece.library.playbooks.service import with_traits
from setpiece.library.service import entities
from setpiece.workspaces.work import Work

Thing = TypeVar("Thing")
_AT_ONCE = 500  # entities in one statement: a few MB, a fraction of a second


@dataclass(frozen=True, slots=True)
class Heading:
    """What tells a live entity from others."""

    id: UUID
    kind: str
    key: str | None
    name: str


class LibraryRepository:
    """The library of one workspace as a whole."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._connection = work.connection

    async def headings(self) -> list[Heading]:
        """Every live entity, the oldest first.

        Within a transaction, imports of the same workspace wait for each other from here on.
        """
        if self._connection.is_in_transaction():
            await self._connection.execute(
                "select pg_advisory_xact_lock(hashtextextended('library import ' || $1, 0))",
                str(self._work.workspace_id),
            )
        rows = await self._connection.fetch(
            "select id, kind, key, name from entities where workspace_id = $1 and deleted_at is null order by id",
            self._work.workspace_id,
        )
        return [Heading(*row) for row in rows]

    async def load(self, ids: Iterable[UUID], kind_by_id: Mapping[UUID, str]) -> dict[UUID, Entity]:
        """Live entities by id, given the kind of every entity. Within a transaction nobody else changes them until its end."""
        found: dict[UUID, Entity] = {}
        for some in batches(ids):
            if self._connection.is_in_transaction():
                await self._connection.execute(
                    "select 1 from entities where workspace_id = $1 and id = any($2) order by id for update",
                    self._work.workspace_id,
                    some,
                )
            found |= await entities(self._work).by_ids(some, kind_by_id)
        return found

    async def load_playbooks(self, found: Iterable[Entity]) -> dict[UUID, Playbook]:
        """Playbook entities with what only playbooks have."""
        return {one.id: one for some in batches(found) for one in await with_traits(self._work, some)}


def batches(things: Iterable[Thing]) -> Iterable[Sequence[Thing]]:
    """The things, as many at a time as one statement takes."""
    iterator = iter(things)
    while some := list(islice(iterator, _AT_ONCE)):
        yield some
