"""The messages of one workspace's runs. Every change of state names the states it starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.kernel.ids import new_uuid
from setpiece.programs.execution.model import Email, Message, MessageState
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

MESSAGE = """id, run_id, lead_id, account_key, position, state, variant, told, person, emails, chosen, score, reason, request_id, step, due_at,
    decided_by, updated_at"""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A lead that was drawn."""

    lead_id: UUID
    account_key: str
    person: Mapping[str, str]
    request_id: str
    variant: str | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of writing to one lead."""

    message_id: UUID
    state: MessageState
    emails: Sequence[Email] = ()
    chosen: Mapping[str, str] | None = None
    score: float | None = None
    reason: str | None = None
    credits: int = 0


@dataclass(frozen=True, slots=True)
class WantedMessages:
    """Which messages of a run are wanted.

    Attributes:
        states: None for all.
        after: Only those that were drawn later than this position.
    """

    states: Sequence[MessageState] | None = None
    after: int = 0


class MessageRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, program_id: UUID, run_id: UUID, drawn: Sequence[NewMessage], at: datetime) -> None:
        """In their order; a lead that the run has already is left alone."""
        await self._connection.execute(
            """insert into program_messages
                   (id, workspace_id, program_id, run_id, lead_id, account_key, position, state, person, request_id, variant,
                   told, updated_at)
               select id, $1, $2, $3, lead_id, account_key, position, 'drawn', person::jsonb, request_id, variant, told, $11
               from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[]) with ordinality
                   as one(id, lead_id, account_key, person, request_id, variant, told, position)
               on conflict (run_id, lead_id) do nothing""",
            self._workspace_id, program_id, run_id, [new_uuid() for _ in drawn], [one.lead_id for one in drawn],
            [one.account_key for one in drawn], [as_json(dict(one.person)) for one in drawn],
            [one.request_id for one in drawn], [one.variant for one in drawn],
            [one.told for one in drawn], at,
        )  # fmt: skip

    async def page(self, run_id: UUID, wanted: WantedMessages, most: int) -> Sequence[Message]:
        """At most `most`, in the order of the draw."""
        rows = await self._connection.fetch(
            f"""select {MESSAGE} from program_messages
                where workspace_id = $1 and run_id = $2 and position > $3 and ($4::text[] is null or state = any($4))
                order by position limit $5""",
            self._workspace_id,
            run_id,
            wanted.after,
            list(wanted.states) if wanted.states is not None else None,
            most,
        )
        return [message_of(row) for row in rows]

    async def find(self, run_id: UUID, message_id: UUID) -> Message | None:
        row = await self._connection.fetchrow(
            f"select {MESSAGE} from program_messages where workspace_id = $1 and run_id = $2 and id = $3",
            self._workspace_id,
            run_id,
            message_id,
        )
        return message_of(row) if row else None

    async def states(self, run_id: UUID, ids: Sequence[UUID]) -> dict[UUID, MessageState]:
        """Of those of the messages that the run has."""
        rows = await self._connection.fetch(
            """select id, state from program_messages where workspace_id = $1 and run_id = $2 and id = any($3::uuid[])""",
            self._workspace_id,
            run_id,
            list(ids),
        )
        return {row["id"]: MessageState(row["state"]) for row in rows}

    async def counts(self, run_id: UUID) -> dict[MessageState, int]:
        """How many there are in each state that has any."""
        rows = await self._connection.fetch(
            "select state, count(*) from program_messages where workspace_id = $1 and run_id = $2 group by state",
            self._workspace_id,
            run_id,
        )
        return {MessageState(state): count for state, count in map(tuple, rows)}

    async def keep(self, run_id: UUID, prepared: Sequence[Prepared], at: datetime) -> int:
        """What came of leads that were drawn, and the credits of those that it was kept for."""
        rows = await self._connection.fetch(
            """update program_messages m set state = one.state, emails = one.emails::jsonb, chosen = one.chosen::jsonb,
                   score = one.score, reason = one.reason, updated_at = $3
               from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::text[])
                   as one(id, state, emails, chosen, score, reason)
               where m.workspace_id = $1 and m.run_id = $2 and m.id = one.id and m.state = 'drawn' returning m.id""",
            self._workspace_id, run_id, at, [one.message_id for one in prepared], [one.state for one in prepared],
            [_emails(one.emails) for one in prepared], [as_json(dict(one.chosen or {})) for one in prepared],
            [one.score for one in prepared], [one.reason for one in prepared],
        )  # fmt: skip
        kept = {row[0] for row in rows}
        return sum(one.credits for one in prepared if one.message_id in kept)

    async def decide(
        self,
        run_id: UUID,
        ids: Sequence[UUID] | None,
        before: Sequence[MessageState],
        after: MessageState,
        by: str,
        at: datetime,
        *,
        reason: str | None = None,
    ) -> list[UUID]:
        """Those of `ids`, or of all, that were in one of the states before; they are in the one after now."""
        rows = await self._connection.fetch(
            """update program_messages set state = $5, decided_by = $6, updated_at = $7, reason = $8, due_at = null
               where workspace_id = $1 and run_id = $2 and ($3::uuid[] is null or id = any($3)) and state = any($4)
               returning id""",
            self._workspace_id,
            run_id,
            list(ids) if ids is not None else None,
            list(before),
            after,
            by,
            at,
            reason,
        )
        return [row[0] for row in rows]

    async def edit(self, message_id: UUID, emails: Sequence[Email], by: str, at: datetime) -> None:
        """Other words for a message that waits."""
        await self._connection.execute(
            """update program_messages set emails = $3::jsonb, decided_by = $4, updated_at = $5
               where workspace_id = $1 and id = $2 and state = 'awaiting_approval'""",
            self._workspace_id,
            message_id,
            _emails(emails),
            by,
            at,
        )

    async def release(self, run_id: UUID) -> None:
        """Leads of a run that has ended may be drawn again, where nothing went out to them or may have."""
        await self._connection.execute(
            """delete from program_draws d using program_messages m
               where d.workspace_id = $1 and d.run_id = $2 and m.workspace_id = $1 and m.run_id = $2
                 and m.lead_id = d.lead_id and m.state = 'cancelled' and m.step = 0
                 and not exists (select from program_dispatches s where s.message_id = m.id
                     and s.state in ('claimed', 'sent', 'uncertain'))""",
            self._workspace_id,
            run_id,
        )

    async def send_no_more(self, run_id: UUID, at: datetime) -> None:
        """No follow-up goes out any more."""
        await self._connection.execute(
            """update program_messages set due_at = null, updated_at = $3
               where workspace_id = $1 and run_id = $2 and due_at is not null""",
            self._workspace_id,
            run_id,
            at,
        )

    async def next_to_go(self, run_id: UUID, at: datetime) -> Message | None:
        """The next message that an email may go out of: what was put off and is due before what is new."""
        row = await self._connection.fetchrow(
            f"""select {MESSAGE} from program_messages
                where workspace_id = $1 and run_id = $2
                  and ((state = 'approved' and coalesce(due_at, $3) <= $3) or (state = 'sent' and due_at <= $3))
                order by due_at nulls last, position limit 1 for no key update""",
            self._workspace_id,
            run_id,
            at,
        )
        return message_of(row) if row else None

    async def next_due(self, run_id: UUID) -> datetime | None:
        """When the first of the emails that wait for a time goes out."""
        found: datetime | None = await self._connection.fetchval(
            "select min(due_at) from program_messages where workspace_id = $1 and run_id = $2 and due_at is not null",
            self._workspace_id,
            run_id,
        )
        return found

    async def approved(self, run_id: UUID, most: int) -> Sequence[Message]:
        """Approved messages, held until the transaction ends."""
        rows = await self._connection.fetch(
            f"""select {MESSAGE} from program_messages where workspace_id = $1 and run_id = $2 and state = 'approved'
                order by position limit $3 for no key update""",
            self._workspace_id,
            run_id,
            most,
        )
        return [message_of(row) for row in rows]

    async def move(
        self,
        ids: Sequence[UUID],
        state: MessageState,
        at: datetime,
        *,
        step: int | None = None,
        due_at: datetime | None = None,
        reason: str | None = None,
    ) -> None:
        """What became of messages that this transaction, or the claim of this attempt, holds."""
        await self._connection.execute(
            """update program_messages set state = $3, updated_at = $4, step = coalesce($5, step), due_at = $6, reason = $7
               where workspace_id = $1 and id = any($2::uuid[])""",
            self._workspace_id,
            list(ids),
            state,
            at,
            step,
            due_at,
            reason,
        )


def _emails(emails: Sequence[Email]) -> str:
    return as_json([asdict(one) for one in emails])


def message_of(row: asyncpg.Record) -> Message:
    told: dict[str, Any] = dict(row) | {
        "state": MessageState(row["state"]),
        "person": orjson.loads(row["person"]),
        "emails": [Email(**one) for one in orjson.loads(row["emails"])],
        "chosen": orjson.loads(row["chosen"]),
    }
    return Message(**told)
