"""Queries that pull the candidates of a run."""

from collections.abc import Sequence
from uuid import UUID

from setpiece.storage.database import Scope

_OF_A_PERSONA = 200
"""Playbooks looked at for one persona; more than any library seen has."""


class RetrievalRepository:
    """Candidate ids of one workspace; the cost does not grow with the library."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def counts(self, kinds: Sequence[str]) -> dict[str, int]:
        rows = await self._connection.fetch(
            """select substr(name, 10) as kind, sum(value)::int as live from counters
               where workspace_id = $1 and name = any($2) group by 1""",
            self._workspace_id,
            [f"entities:{kind}" for kind in kinds],
        )
        return {row["kind"]: row["live"] for row in rows}

    async def all_ids(self, kinds: Sequence[str], most: int) -> list[UUID]:
        """The oldest `most` of each kind."""
        rows = await self._connection.fetch(
            """select found.id from unnest($2::text[]) k(kind), lateral (
                   select id from entities e where e.workspace_id = $1 and e.kind = k.kind and e.deleted_at is null
                   order by id limit $3) found""",
            self._workspace_id,
            list(kinds),
            most,
        )
        return [row["id"] for row in rows]

    async def having(self, kind: str, terms: Sequence[str], limit: int) -> dict[str, list[UUID]]:
        """The entities of a kind that have each term, the oldest `limit` of each."""
        rows = await self._connection.fetch(
            """select t.term, array(
                   select m.entity_id from match_terms m
                   where m.workspace_id = $1 and m.kind = $2 and m.term = t.term order by m.entity_id limit $4) as ids
               from unnest($3::text[]) t(term)""",
            self._workspace_id,
            kind,
            list(terms),
            limit,
        )
        return {row["term"]: row["ids"] for row in rows}

    async def having_among(
        self, kind: str, terms: Sequence[str], ids: Sequence[UUID]
    ) -> dict[str, list[UUID]]:
        """Which of the given entities have each term."""
        rows = await self._connection.fetch(
            """select t.term, array(
                   select m.entity_id from match_terms m
                   where m.workspace_id = $1 and m.kind = $2 and m.term = t.term and m.entity_id = any($4)) as ids
               from unnest($3::text[]) t(term)""",
            self._workspace_id,
            kind,
            list(terms),
            list(ids),
        )
        return {row["term"]: row["ids"] for row in rows}

    async def personas_of(self, playbook_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, ...]]:
        """The personas of each playbook, in its order; those that were deleted are left out."""
        # A condition and not a join: a join reads the whole library once it meets enough links.
        rows = await self._connection.fetch(
            """select l.playbook_id, array_agg(l.entity_id order by l.position) as ids from playbook_links l
               where l.workspace_id = $1 and l.playbook_id = any($2) and l.role = 'persona'
                 and (select e.deleted_at is null from entities e where e.id = l.entity_id)
               group by 1""",
            self._workspace_id,
            list(playbook_ids),
        )
        return {row["playbook_id"]: tuple(row["ids"]) for row in rows}

    async def playbooks_of(self, ids: Sequence[UUID], most: int) -> list[UUID]:
        """Active playbooks that are for one of these personas."""
        rows = await self._connection.fetch(
            """select l.playbook_id, min(w.rank) from unnest($2::uuid[]) with ordinality w(id, rank), lateral (
                   select l.playbook_id from playbook_links l join playbooks p on p.id = l.playbook_id
                   join entities e on e.id = l.playbook_id
                   where l.workspace_id = $1 and l.entity_id = w.id and l.role = 'persona'
                     and p.status = 'active' and e.deleted_at is null order by 1 limit $4) l
               group by 1 order by 2, 1 limit $3""",
            self._workspace_id,
            list(ids),
            most,
            _OF_A_PERSONA,
        )
        return [row["playbook_id"] for row in rows]
