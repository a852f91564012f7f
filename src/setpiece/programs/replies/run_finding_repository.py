"""Which run a person belongs to: who wrote is known by address only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.programs.addresses import normal_email
from setpiece.programs.leads.accounts import company_domain
from setpiece.programs.outcomes.model import Event
from setpiece.programs.outcomes.naming import names_of
from setpiece.storage.database import Scope


@dataclass(frozen=True, slots=True)
class RunPlace:
    """A run, and the program whose it is."""

    program_id: UUID
    run_id: UUID


class RunFinder:
    """Made from a scope bound to the workspace. Programs that were deleted are not looked at."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def of_event(self, event: Event) -> RunPlace | None:
        """The run in which this person was contacted or drawn last; else the one for the account."""
        person_names = names_of(event, "contact", company_domain, str(self._workspace_id))
        account_names = names_of(event, "account", company_domain, str(self._workspace_id))
        email = normal_email(event.email) if event.email else None
        account_keys = [name.as_key for name in account_names if not name.as_key.startswith("person:")]
        return await self._of_person([name.digest for name in person_names], email) or await self._of_account(
            [name.digest for name in account_names], account_keys
        )

    async def named(self, shown: UUID) -> RunPlace | None:
        """The run of this id, or the last run of the program of this id."""
        return await self._one(
            """select r.program_id, r.id from program_runs r join programs p on p.id = r.program_id and p.deleted_at is null
               where r.workspace_id = $1 and (r.id = $2 or r.program_id = $2) order by r.started_at desc, r.id desc limit 1""",
            shown,
        )

    async def _of_person(self, names: Sequence[UUID], email: str | None) -> RunPlace | None:
        return await self._one(
            f"""select program_id, run_id from ({_TOUCHED}
                union all
                select d.program_id, d.run_id, d.drawn_at
                from program_leads l join program_draws d on d.workspace_id = $1 and d.lead_id = l.id
                join programs p on p.id = d.program_id and p.deleted_at is null
                where l.workspace_id = $1 and l.email = $3
                ) as found (program_id, run_id, at) order by at desc nulls last, run_id desc limit 1""",
            list(names), email,
        )  # fmt: skip

    async def _of_account(self, names: Sequence[UUID], account_keys: Sequence[str]) -> RunPlace | None:
        return await self._one(
            f"""select program_id, run_id from ({_TOUCHED}
                union all
                select d.program_id, d.run_id, d.drawn_at
                from program_account_claims c join program_draws d
                    on d.workspace_id = $1 and d.program_id = c.program_id and d.account_key = c.account_key
                join programs p on p.id = d.program_id and p.deleted_at is null
                where c.workspace_id = $1 and c.account_key = any($3::text[])
                ) as found (program_id, run_id, at) order by at desc nulls last, run_id desc limit 1""",
            list(names), list(account_keys),
        )  # fmt: skip

    async def _one(self, sql: str, *given: object) -> RunPlace | None:
        row = await self._connection.fetchrow(sql, self._workspace_id, *given)
        return RunPlace(*row) if row else None


_TOUCHED = """
    select u.program_id, u.run_id, u.first_touch_at
    from program_unit_names n
    join programs p on p.id = n.program_id and p.deleted_at is null
    join program_units u on u.program_id = n.program_id and u.epoch = n.epoch and u.key = n.key
    where n.workspace_id = $1 and n.name = any($2::uuid[]) and u.run_id is not null"""
"""The runs that first touched a unit of that name, in whichever epoch; by the index on names."""
