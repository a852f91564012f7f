"""Queries that pull the candidates of a run."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from setpiece.library.playbooks.model import LinkRole, Traits
from setpiece.library.playbooks.repository import traits_of
from setpiece.storage.database import Scope

IdsByTerm = dict[str, list[UUID]]

_OF_A_PERSONA = 200
"""Playbooks looked at for one persona; more than any library seen has."""


class RetrievalRepository:
    """Candidate ids of one workspace; the cost does not grow with the library."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def counts(self, kinds: Sequence[str], most: int) -> dict[str, tuple[int, list[UUID]]]:
        """How many there are of each kind, and the ids of kinds that have `most` or fewer, the oldest first."""
        rows = await self._connection.fetch(
            """select k.kind, coalesce(c.live, 0) as live, case when coalesce(c.live, 0) <= $4 then array(
                   select id from entities e where e.workspace_id = $1 and e.kind = k.kind and e.deleted_at is null
                   order by id limit $4) end as ids
               from unnest($2::text[], $3::text[]) k(kind, counter) left join lateral (
                   select sum(value)::int as live from counters where workspace_id = $1 and name = k.counter) c on true""",
            self._workspace_id,
            list(kinds),
            [f"entities:{kind}" for kind in kinds],
            most,
        )
        found = {row["kind"]: (row["live"], row["ids"] or []) for row in rows}
        return {kind: found[kind] for kind in kinds}

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

    async def having(self, limits: Mapping[str, int], terms: Sequence[str]) -> dict[str, IdsByTerm]:
        """By kind, the entities that have each term: the oldest of each term, as many as the kind's limit."""
        rows = await self._connection.fetch(
            """select k.kind, t.term, array(
                   select m.entity_id from match_terms m
                   where m.workspace_id = $1 and m.kind = k.kind and m.term = t.term order by m.entity_id limit k.most) as ids
               from unnest($2::text[], $3::int[]) k(kind, most), unnest($4::text[]) t(term)""",
            self._workspace_id,
            list(limits),
            list(limits.values()),
            list(terms),
        )
        found: dict[str, IdsByTerm] = {kind: {} for kind in limits}
        for row in rows:
            found[row["kind"]][row["term"]] = row["ids"]
        return found

    async def having_among(
        self, asked: Mapping[str, tuple[Sequence[str], Sequence[UUID]]]
    ) -> dict[str, IdsByTerm]:
        """By kind, which of the given entities have each of the given terms."""
        ids = [one for _, several in asked.values() for one in several]
        kinds, terms = list[str](), list[str]()
        first, last, end = list[int](), list[int](), 0
        for kind, (wanted, several) in asked.items():
            begin, end = end + 1, end + len(several)
            kinds += [kind] * len(wanted)
            terms += wanted
            first += [begin] * len(wanted)
            last += [end] * len(wanted)
        rows = await self._connection.fetch(
            """select t.kind, t.term, array(
                   select m.entity_id from match_terms m where m.workspace_id = $1 and m.kind = t.kind and m.term = t.term
                     and m.entity_id = any(($6::uuid[])[t.first:t.last])) as ids
               from unnest($2::text[], $3::text[], $4::int[], $5::int[]) t(kind, term, first, last)""",
            self._workspace_id,
            kinds,
            terms,
            first,
            last,
            ids,
        )
        found: dict[str, IdsByTerm] = defaultdict(dict)
        for row in rows:
            found[row["kind"]][row["term"]] = row["ids"]
        return found

    async def compared(
        self, playbook_ids: Sequence[UUID]
    ) -> dict[UUID, tuple[Traits, dict[LinkRole, tuple[UUID, ...]]]]:
        """What is compared of playbooks beside their texts: traits, and the personas in order, without those that were deleted."""
        # A condition and not a join: a join reads the whole library once it meets enough links.
        rows = await self._connection.fetch(
            """select p.*, array(select l.entity_id from playbook_links l
                   where l.workspace_id = $1 and l.playbook_id = p.id and l.role = 'persona'
                     and (select e.deleted_at is null from entities e where e.id = l.entity_id)
                   order by l.position) as personas
               from playbooks p where p.workspace_id = $1 and p.id = any($2)""",
            self._workspace_id,
            list(playbook_ids),
        )
        return {row["id"]: (traits_of(row), {LinkRole.PERSONA: tuple(row["personas"])}) for row in rows}

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
