"""Who of a program's leads can be drawn, in which order, and which accounts a program holds."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from setpiece.programs.leads.lead_repository import LEAD, lead_of
from setpiece.programs.leads.model import Excluded, Lead, Reach
from setpiece.storage.database import Scope

_JUDGED = """
with suppressed as materialized (
    select distinct l.id from program_leads l cross join lateral unnest(l.guards) as g (guard)
    join program_suppressions s on s.workspace_id = $1 and s.removed_at is null and s.kind || ':' || s.value = g.guard
    where l.workspace_id = $1 and l.program_id = $2
), claimed as materialized (
    select c.account_key from program_account_claims c
    join programs p on p.workspace_id = $1 and p.id = c.program_id and p.status = 'active' and p.deleted_at is null
    where c.workspace_id = $1 and c.program_id <> $2
), judged as (
    select l.id, l.key, l.account_key,
        case when d.lead_id is not null then 'already_drawn'
             when s.id is not null then 'suppressed'
             when not ($4 and l.email is not null or $5 and l.phone is not null or $6 and l.fields ? 'linkedInProfile')
                 then 'unreachable'
             when c.account_key is not null then 'account_of_another_program' end as why
    from program_leads l
    left join program_draws d on d.workspace_id = $1 and d.lead_id = l.id
    left join suppressed s on s.id = l.id
    left join claimed c on c.account_key = l.account_key
    where l.workspace_id = $1 and l.program_id = $2 and exists (
        select 1 from program_lead_members m
        where m.workspace_id = $1 and m.lead_id = l.id and m.list_id = any($3::uuid[]))
)
"""
"""The leads that stand in one of the lists $3, each with the reason, in the order of `Excluded`, that keeps it from being drawn."""


class DrawRepository:
    """Made from a scope bound to the workspace.

    Args:
        program_id: Whose leads.
        list_ids: The lists that its lead source is now.
    """

    def __init__(self, scope: Scope, program_id: UUID, list_ids: Sequence[UUID], reach: Reach) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id
        self._program_id = program_id
        self._given = (
            self._workspace_id,
            program_id,
            list(list_ids),
            reach.email,
            reach.phone,
            reach.linkedin,
        )

    async def count(self) -> tuple[int, dict[Excluded, int]]:
        """How many people there are, and how many of them cannot be drawn, by reason."""
        rows = await self._connection.fetch(
            f"{_JUDGED} select why, count(*) as number from judged group by why", *self._given
        )
        excluded = {Excluded(row["why"]): int(row["number"]) for row in rows if row["why"]}
        return sum(row["number"] for row in rows), excluded

    async def next_leads(self, seed: str, most: int, *, by_account: bool) -> list[Lead]:
        """Those whose turn it is: a random order that the seed decides, and nothing else.

        With `by_account`, accounts are in random order, whatever their size, and everyone's first person comes before anyone's second.
        """
        rows = await self._connection.fetch(
            f"""{_JUDGED}, touched as (
                    select account_key, count(*) as number from program_draws
                    where workspace_id = $1 and program_id = $2 group by account_key
                ), turned as (
                    select j.id, md5($7 || ':' || j.key) as place, md5($7 || ':' || j.account_key) as account_place,
                        coalesce(t.number, 0)
                            + row_number() over (partition by j.account_key order by md5($7 || ':' || j.key)) as turn
                    from judged j left join touched t on t.account_key = j.account_key where j.why is null
                ), chosen as (
                    select id, row_number() over (order by case when $9 then turn end, case when $9 then account_place end, place)
                        as number
                    from turned order by number limit $8
                )
                select {LEAD} from chosen c join program_leads l on l.workspace_id = $1 and l.id = c.id order by c.number""",
            *self._given,
            seed,
            most,
            by_account,
        )
        return [lead_of(row) for row in rows]

    async def claim(self, account_keys: Sequence[str], at: datetime) -> set[str]:
        """Those of the accounts that are this program's now: nobody's before, its own, or of a program that is not active.

        A claim that another transaction is about to make is waited for. Locked in the order of their names, so that two draws
        cannot wait for each other.
        """
        rows = await self._connection.fetch(
            """insert into program_account_claims as c (workspace_id, account_key, program_id, claimed_at)
               select $1, name, $2, $4 from unnest($3::text[]) as n (name) order by name
               on conflict (workspace_id, account_key) do update
                   set program_id = excluded.program_id, claimed_at = excluded.claimed_at
                   where c.program_id = $2 or not exists (
                       select 1 from programs p where p.workspace_id = $1 and p.id = c.program_id
                       and p.status = 'active' and p.deleted_at is null)
               returning account_key""",
            self._workspace_id,
            self._program_id,
            sorted(set(account_keys)),
            at,
        )
        return {row["account_key"] for row in rows}

    async def insert_draws(
        self, leads: Sequence[Lead], run_id: UUID, epoch: int, first: int, at: datetime
    ) -> None:
        """Note them as drawn, in their order; the first of them is the draw's number `first`."""
        await self._connection.execute(
            """insert into program_draws (workspace_id, lead_id, program_id, run_id, epoch, account_key, place, drawn_at)
               select $1, lead_id, $2, $3, $4, account_key, $8 + number - 1, $7
               from unnest($5::uuid[], $6::text[]) with ordinality as n (lead_id, account_key, number)""",
            self._workspace_id, self._program_id, run_id, epoch,
            [one.id for one in leads], [one.account_key for one in leads], at, first,
        )  # fmt: skip
