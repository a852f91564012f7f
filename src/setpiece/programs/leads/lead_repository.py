"""Lists and leads of one workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from setpiece.programs.leads.model import Lead, Person, Provenance, Source
from setpiece.programs.leads.recognise import SIGNS, Recognisable, values_of
from setpiece.programs.suppressions.model import Contact, keys_of
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

LEAD = (
    "l.id, l.program_id, l.key, l.account_key, l.email, l.phone, l.first_name, l.last_name, l.title, l.company, l.domain,"
    " l.external_id, l.fields, l.created_at"
)
"""Columns that `lead_of` reads."""
_RECOGNISABLE = (
    "l.id, l.email, l.phone, l.external_id, case when starts_with(l.key, 'linkedin:') then l.key end"
)
_FILLED = ("email", "phone", "first_name", "last_name", "title", "company", "domain", "external_id")
_TEXTS = ("key", "account_key", *_FILLED)
_COLUMNS = ("id", "fields", "guards", *_TEXTS)
_APART = "chr(31)"
"""Between the guards of a person on the way to the database, which unnests no lists of lists."""
_TAKEN = ", ".join(
    {"fields": "n.fields::jsonb", "guards": f"string_to_array(n.guards, {_APART})"}.get(name, f"n.{name}")
    for name in _COLUMNS
)


def _unnested(first: int) -> str:
    """The parameters of `_arrays`, counted from `first`."""
    return ", ".join(
        f"${first + n}::{'uuid' if name == 'id' else 'text'}[]" for n, name in enumerate(_COLUMNS)
    )


def _arrays(people: Sequence[tuple[UUID, Person]]) -> list[list[Any]]:
    """A list for each of `_COLUMNS`."""
    return [
        [lead_id for lead_id, _ in people],
        [as_json(person.fields) for _, person in people],
        ["\x1f".join(guards_of(person)) for _, person in people],
        *([getattr(person, name) for _, person in people] for name in _TEXTS),
    ]


def guards_of(person: Person) -> list[str]:
    """Everything whose suppression would cover the person, by the rule that sendings ask (`suppressions.model.keys_of`)."""
    return [f"{kind}:{value}" for kind, value in keys_of(Contact(person.email, person.account_key))]


class LeadRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def lock_leads(self, program_id: UUID) -> None:
        """Keep others from adding or drawing leads of the program until the transaction ends.

        Until then statements are planned anew each time: a plan that was made for an empty table takes minutes when it is full.
        """
        await self._connection.execute(
            "select pg_advisory_xact_lock(hashtextextended('program_leads:' || $1, 0)),"
            " set_config('plan_cache_mode', 'force_custom_plan', true)",
            str(program_id),
        )

    async def expect_many(self) -> None:
        """Until the transaction ends, check foreign keys by plans that are kept: planning each check takes longer than the check.

        They are made without reading whole tables, which would be right only while a table is empty.
        """
        await self._connection.execute(
            "select set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'off', true)"
        )

    async def known(self, program_id: UUID, people: Sequence[Person]) -> list[Recognisable]:
        """Leads of the program that share an email, a phone, an external id or a key with one of the people.

        All values are looked up at once: where the planner does not know yet how many leads the program has, and takes an index
        that is no help, it reads them once for all people and not once for each.
        """
        rows = await self._connection.fetch(
            f"""select {_RECOGNISABLE} from program_leads l where l.workspace_id = $1 and l.program_id = $2
                and (l.email = any($3) or l.phone = any($4) or l.external_id = any($5) or l.key = any($6)) order by l.id""",
            self._workspace_id,
            program_id,
            *(values_of(people, sign) for sign in SIGNS),
        )
        return [Recognisable(*row) for row in rows]

    async def few_known(self, program_id: UUID, most: int) -> list[Recognisable] | None:
        """All leads of the program; None when they are more than `most`."""
        rows = await self._connection.fetch(
            f"select {_RECOGNISABLE} from program_leads l where l.workspace_id = $1 and l.program_id = $2 order by l.id limit $3",
            self._workspace_id,
            program_id,
            most + 1,
        )
        return None if len(rows) > most else [Recognisable(*row) for row in rows]

    async def insert_leads(
        self, program_id: UUID, people: Sequence[tuple[UUID, Person]], at: datetime
    ) -> None:
        """Add each person under its id."""
        if people:
            await self._connection.execute(
                f"""insert into program_leads (workspace_id, program_id, created_at, {", ".join(_COLUMNS)})
                    select $1, $2, $3, {_TAKEN} from unnest({_unnested(4)}) as n ({", ".join(_COLUMNS)})""",
                self._workspace_id,
                program_id,
                at,
                *_arrays(people),
            )

    async def fill_leads(self, people: Sequence[tuple[UUID, Person]]) -> None:
        """Put what is told of the leads into what is empty; nothing that stands there changes."""
        filled = ", ".join(f"{name} = coalesce(l.{name}, n.{name})" for name in _FILLED)
        if people:
            await self._connection.execute(
                f"""update program_leads l set {filled}, fields = n.fields::jsonb || l.fields,
                        guards = array(select distinct unnest(l.guards || string_to_array(n.guards, {_APART})))
                    from unnest({_unnested(2)}) as n ({", ".join(_COLUMNS)})
                    where l.workspace_id = $1 and l.id = n.id""",
                self._workspace_id,
                *_arrays(people),
            )

    async def insert_members(self, list_id: UUID, members: Sequence[tuple[UUID, str]]) -> None:
        """Note that the leads stand in the list, each with its reference there."""
        await self._connection.execute(
            """insert into program_lead_members (workspace_id, list_id, lead_id, reference)
               select $1, $2, lead_id, reference from unnest($3::uuid[], $4::text[]) as n (lead_id, reference)
               on conflict do nothing""",
            self._workspace_id,
            list_id,
            [lead_id for lead_id, _ in members],
            [reference for _, reference in members],
        )

    async def leads(self, program_id: UUID, after: UUID | None, most: int) -> list[Lead]:
        """The oldest first."""
        rows = await self._connection.fetch(
            f"""select {LEAD}, d.drawn_at from program_leads l
                left join program_draws d on d.workspace_id = $1 and d.lead_id = l.id
                where l.workspace_id = $1 and l.program_id = $2 and ($3::uuid is null or l.id > $3)
                order by l.id limit $4""",
            self._workspace_id,
            program_id,
            after,
            most,
        )
        return await self._with_sources([lead_of(row) for row in rows])

    async def ids_of(self, email: str) -> list[UUID]:
        """The leads with that address, of all programs: one in each, or a few where lists told it of two."""
        rows = await self._connection.fetch(
            "select id from program_leads where workspace_id = $1 and email = $2 order by id limit 1000",
            self._workspace_id,
            email,
        )
        return [row["id"] for row in rows]

    async def find(self, lead_ids: Sequence[UUID]) -> list[Lead]:
        """Those of the leads that are there, of whatever program, in the order of the ids."""
        rows = await self._connection.fetch(
            f"""select {LEAD}, d.drawn_at from program_leads l
                left join program_draws d on d.workspace_id = $1 and d.lead_id = l.id
                where l.workspace_id = $1 and l.id = any($2) order by l.id""",
            self._workspace_id,
            list(lead_ids),
        )
        return await self._with_sources([lead_of(row) for row in rows])

    async def of_run(self, run_id: UUID) -> list[Lead]:
        """The leads that were drawn for a run, in the order of the draw."""
        rows = await self._connection.fetch(
            f"""select {LEAD}, d.drawn_at from program_draws d
                join program_leads l on l.workspace_id = $1 and l.id = d.lead_id
                where d.workspace_id = $1 and d.run_id = $2 order by d.place""",
            self._workspace_id,
            run_id,
        )
        return await self._with_sources([lead_of(row) for row in rows])

    async def claimed_by_others(self, run_id: UUID, account_keys: Sequence[str]) -> set[str]:
        """Those of the accounts that another active program holds than the run's."""
        rows = await self._connection.fetch(
            """select c.account_key from program_account_claims c
               join programs p on p.workspace_id = $1 and p.id = c.program_id
               where c.workspace_id = $1 and c.account_key = any($3) and p.status = 'active' and p.deleted_at is null
                   and c.program_id <> (select program_id from program_runs where workspace_id = $1 and id = $2)""",
            self._workspace_id,
            run_id,
            list(set(account_keys)),
        )
        return {row["account_key"] for row in rows}

    async def _with_sources(self, leads: Sequence[Lead]) -> list[Lead]:
        rows = await self._connection.fetch(
            """select m.lead_id, s.source, s.id, s.name, m.reference, s.created_at from program_lead_members m
               join program_lead_lists s on s.workspace_id = $1 and s.id = m.list_id
               where m.workspace_id = $1 and m.lead_id = any($2) order by s.id""",
            self._workspace_id,
            [one.id for one in leads],
        )
        found: dict[UUID, list[Provenance]] = {}
        for lead_id, source, *rest in rows:
            found.setdefault(lead_id, []).append(Provenance(Source(source), *rest))
        return [replace(one, sources=tuple(found.get(one.id, ()))) for one in leads]

    async def erase(self, lead: Lead) -> list[UUID]:
        """Delete the person from every program; what refers to a lead goes with it. The ids that are gone."""
        rows = await self._connection.fetch(
            """delete from program_leads
               where workspace_id = $1 and (id = $2 or key = $3 or email = $4) returning id""",
            self._workspace_id,
            lead.id,
            lead.key,
            lead.email,
        )
        return [row["id"] for row in rows]


def lead_of(row: Mapping[str, Any]) -> Lead:
    """A row of `LEAD`, with `drawn_at` where it was asked for."""
    values = dict(row)
    return Lead(**values | {"fields": orjson.loads(values["fields"])})
