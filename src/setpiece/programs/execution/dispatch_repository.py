"""What went out of one workspace's runs, or may have: one row for each message and step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import asyncpg

from setpiece.jobs.model import Job
from setpiece.kernel.ids import new_uuid
from setpiece.storage.database import Scope

_COLUMNS = "id, message_id, step, state, tries, claimed_at, ended_at, detail, export_id"


class DispatchState(StrEnum):
    """`PUT_OFF` was certainly not taken; `UNCERTAIN` may have been."""

    CLAIMED = "claimed"
    SENT = "sent"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One email of one message on its way, or a whole message where it goes out as one (`step` 0).

    Attributes:
        tries: How often it was claimed.
    """

    id: UUID
    message_id: UUID
    step: int
    state: DispatchState
    tries: int
    claimed_at: datetime
    ended_at: datetime | None
    detail: str | None
    export_id: UUID | None


class DispatchRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def hold_program(self, program_id: UUID) -> None:
        """Nothing else of the program goes out before this transaction ends, and no kill switch of the workspace is thrown.

        So the cap and the switches hold for what is claimed now. Other programs of the workspace are not waited for.
        """
        await self._connection.execute(
            """select pg_advisory_xact_lock_shared(hashtextextended('program switch ' || $1::text, 0)),
                      pg_advisory_xact_lock(hashtextextended('program dispatch ' || $2::text, 0))""",
            str(self._workspace_id),
            str(program_id),
        )

    async def claim(
        self, program_id: UUID, run_id: UUID, message_id: UUID, step: int, job: Job, at: datetime
    ) -> Dispatch | None:
        """The right to send this step once; None when it was sent, or may have been."""
        row = await self._connection.fetchrow(
            f"""insert into program_dispatches as d
                    (id, workspace_id, program_id, run_id, message_id, step, state, job_id, attempt, claimed_at)
                values ($2, $1, $3, $4, $5, $6, 'claimed', $7, $8, $9)
                on conflict (message_id, step) do update set state = 'claimed', job_id = excluded.job_id,
                    attempt = excluded.attempt, tries = d.tries + 1, claimed_at = excluded.claimed_at, ended_at = null, detail = null
                    where d.state = 'put_off'
                returning {_COLUMNS}""",
            self._workspace_id,
            new_uuid(),
            program_id,
            run_id,
            message_id,
            step,
            job.id,
            job.attempts,
            at,
        )
        return _dispatch(row) if row else None

    async def end(
        self, dispatch_id: UUID, job: Job, state: DispatchState, at: datetime, detail: str | None = None
    ) -> bool:
        """What became of a claim of this attempt; True also when the attempt was given up for dead meanwhile: it knows better."""
        ended = await self._connection.fetchval(
            """update program_dispatches set state = $5, ended_at = $6, detail = $7
               where workspace_id = $1 and id = $2 and job_id = $3 and attempt = $4 and state in ('claimed', 'uncertain')
               returning true""",
            self._workspace_id,
            dispatch_id,
            job.id,
            job.attempts,
            state,
            at,
            detail,
        )
        return bool(ended)

    async def doubt(self, run_id: UUID, job: Job | None, at: datetime, detail: str) -> list[UUID]:
        """Claims of other attempts than this one, which are over, become uncertain; the messages that they are of."""
        rows = await self._connection.fetch(
            """update program_dispatches set state = 'uncertain', ended_at = $5, detail = $6
               where workspace_id = $1 and run_id = $2 and state = 'claimed'
                 and ($3::uuid is null or (job_id, attempt) <> ($3, $4))
               returning message_id""",
            self._workspace_id,
            run_id,
            job and job.id,
            job and job.attempts,
            at,
            detail,
        )
        return [row[0] for row in rows]

    async def settle(self, message_id: UUID, state: DispatchState, at: datetime) -> Dispatch | None:
        """What a person says of the uncertain dispatch of a message; None when there is none."""
        row = await self._connection.fetchrow(
            f"""update program_dispatches set state = $3, ended_at = $4
                where workspace_id = $1 and message_id = $2 and state = 'uncertain' returning {_COLUMNS}""",
            self._workspace_id,
            message_id,
            state,
            at,
        )
        return _dispatch(row) if row else None

    async def first_of(self, message_id: UUID) -> Dispatch | None:
        """The first email of a message that went out, or may have."""
        row = await self._connection.fetchrow(
            f"""select {_COLUMNS} from program_dispatches where workspace_id = $1 and message_id = $2
                and state in ('sent', 'uncertain') order by step limit 1""",
            self._workspace_id,
            message_id,
        )
        return _dispatch(row) if row else None

    async def of_messages(self, ids: Sequence[UUID]) -> dict[UUID, list[Dispatch]]:
        """By message, in the order of the steps."""
        rows = await self._connection.fetch(
            f"""select {_COLUMNS} from program_dispatches where workspace_id = $1 and message_id = any($2::uuid[])
                order by message_id, step""",
            self._workspace_id,
            list(ids),
        )
        found: dict[UUID, list[Dispatch]] = {}
        for row in rows:
            found.setdefault(row["message_id"], []).append(_dispatch(row))
        return found

    async def give_out(
        self,
        program_id: UUID,
        run_id: UUID,
        ids: Sequence[UUID],
        at: datetime,
        *,
        export_id: UUID | None = None,
        event_id: UUID | None = None,
    ) -> None:
        """Whole messages went out in this transaction. A message that went out before fails it: that must never be."""
        await self._connection.execute(
            """insert into program_dispatches
                   (id, workspace_id, program_id, run_id, message_id, step, state, claimed_at, ended_at, export_id, event_id)
               select id, $1, $2, $3, message_id, 0, 'sent', $6, $6, $7, $8
               from unnest($4::uuid[], $5::uuid[]) as one(id, message_id)""",
            self._workspace_id,
            program_id,
            run_id,
            [new_uuid() for _ in ids],
            list(ids),
            at,
            export_id,
            event_id,
        )


def _dispatch(row: asyncpg.Record) -> Dispatch:
    told: dict[str, Any] = dict(row) | {"state": DispatchState(row["state"])}
    return Dispatch(**told)
