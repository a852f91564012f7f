"""The deliveries of one workspace: the log, and what an attempt changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.events.model import Attempt, Delivery, DeliveryStatus, Event, Outcome, Parcel
from setpiece.kernel.clock import show_instant
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

MOST_OUTCOMES = (
    50  # a delivery has eight attempts; whoever sends it again and again keeps the last six rounds
)
_SHOWN = """
select d.id, d.endpoint_id, d.status, d.attempts, d.retries, d.outcomes, d.due_at, d.ended_at,
       v.id as event_id, v.type, v.data, v.created_at, v.job_id, coalesce(e.url, j.callback_url) as url,
       j.callback_headers, e.secret, e.disabled_because,
       case when e.former_until > now() then e.former_secret end as former_secret
from webhook_deliveries d
join webhook_events v on v.id = d.event_id
left join webhook_endpoints e on e.id = d.endpoint_id
left join jobs j on j.id = v.job_id
"""


@dataclass(frozen=True, slots=True)
class WantedDeliveries:
    """Which deliveries a list shows: each filter left None lets all through."""

    before: UUID | None = None
    status: DeliveryStatus | None = None
    endpoint_id: UUID | None = None
    job_id: UUID | None = None
    type: str | None = None


class DeliveryRepository:
    """Made from a scope bound to the deliveries' workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def newest(self, wanted: WantedDeliveries, most: int) -> Sequence[Delivery]:
        """Newest first: ids are UUIDv7, so they sort by time. Only the filters that are given are asked for, so that each finds its index."""
        given: list[tuple[str, Any]] = [
            ("d.id < ${}", wanted.before),
            ("d.status = ${}", wanted.status),
            ("d.endpoint_id = ${}", wanted.endpoint_id),
            ("v.job_id = ${}", wanted.job_id),
            ("v.type = ${}", wanted.type),
        ]
        asked = [(condition, value) for condition, value in given if value is not None]
        conditions = [condition.format(place) for place, (condition, _) in enumerate(asked, start=3)]
        rows = await self._connection.fetch(
            f"{_SHOWN} where {' and '.join(['d.workspace_id = $1', *conditions])} order by d.id desc limit $2",
            self._workspace_id,
            most,
            *(value for _, value in asked),
        )
        return [_delivery(row) for row in rows]

    async def find(self, delivery_id: UUID) -> Delivery | None:
        row = await self._connection.fetchrow(
            f"{_SHOWN} where d.workspace_id = $1 and d.id = $2", self._workspace_id, delivery_id
        )
        return _delivery(row) if row else None

    async def tell_endpoint(self, endpoint_id: UUID, event: Event) -> UUID:
        """An event for one endpoint, whatever it wants; the id of its delivery."""
        delivery_id: UUID = await self._connection.fetchval(
            """with told as (
                   insert into webhook_events (id, workspace_id, type, data, created_at) values ($1, $2, $3, $4::jsonb, $5)
               ), made as (
                   insert into webhook_deliveries (id, workspace_id, event_id, endpoint_id, due_at)
                   values (new_id(), $2, $1, $6, $5) returning id
               )
               insert into webhooks_due (delivery_id, workspace_id, target, due_at)
               select made.id, $2, webhook_target(e.url), $5 from made, webhook_endpoints e where e.id = $6
               returning delivery_id""",
            event.id, self._workspace_id, event.type, as_json(dict(event.data)), event.created_at, endpoint_id,
        )  # fmt: skip
        await self._announce()
        return delivery_id

    async def send_again(self, delivery_id: UUID, at: datetime) -> None:
        """It is due, as if it had never been tried; its log stays."""
        await self._connection.execute(
            """update webhook_deliveries set status = 'pending', retries = 0, due_at = $3, ended_at = null
               where workspace_id = $1 and id = $2""",
            self._workspace_id,
            delivery_id,
            at,
        )
        await self._queue(delivery_id, at)
        await self._announce()

    async def begin(self, delivery_id: UUID, at: datetime) -> Parcel | None:
        """Begin an attempt; None when the delivery is over, and then it is not due any more."""
        begun = await self._connection.fetchval(
            """update webhook_deliveries set attempts = attempts + 1
               where workspace_id = $1 and id = $2 and status = 'pending' returning id""",
            self._workspace_id,
            delivery_id,
        )
        if begun is None:
            await self._settle(delivery_id)
            return None
        row = await self._connection.fetchrow(
            f"{_SHOWN} where d.workspace_id = $1 and d.id = $2", self._workspace_id, delivery_id
        )
        return _parcel(row, at) if row else None

    async def end(self, parcel: Parcel, outcome: Outcome, due_at: datetime | None) -> bool:
        """Note how an attempt ended, and when the next is due; None makes an end of it.

        False when another attempt counts by now, and nothing was changed.
        """
        status = DeliveryStatus.DELIVERED if outcome is Outcome.ACCEPTED else DeliveryStatus.DEAD
        ended = await self._connection.fetchval(
            f"""update webhook_deliveries set status = $4, due_at = $5, retries = retries + 1,
                   outcomes = case when jsonb_array_length(outcomes) < {MOST_OUTCOMES} then outcomes else outcomes - 0 end
                       || jsonb_build_object('at', $6::text, 'outcome', $7::text),
                   ended_at = case when $5::timestamptz is null then $8::timestamptz end
               where workspace_id = $1 and id = $2 and attempts = $3 and status = 'pending' returning true""",
            self._workspace_id,
            parcel.delivery_id,
            parcel.attempt,
            DeliveryStatus.PENDING if due_at else status,
            due_at,
            show_instant(parcel.begun_at),
            outcome,
            parcel.begun_at,
        )
        if not ended:
            return False
        await (self._queue(parcel.delivery_id, due_at) if due_at else self._settle(parcel.delivery_id))
        return True

    async def forget_before(self, at: datetime) -> None:
        """What is over, with its event; what is not over stays until it is."""
        await self._connection.execute(
            """delete from webhook_events v where v.workspace_id = $1 and v.created_at <= $2
               and not exists (select from webhook_deliveries d where d.event_id = v.id and d.status = 'pending')""",
            self._workspace_id,
            at,
        )

    async def _queue(self, delivery_id: UUID, at: datetime) -> None:
        await self._connection.execute(
            """insert into webhooks_due (delivery_id, workspace_id, target, due_at)
               select d.id, d.workspace_id, webhook_target(coalesce(e.url, j.callback_url)), $3
               from webhook_deliveries d join webhook_events v on v.id = d.event_id
               left join webhook_endpoints e on e.id = d.endpoint_id left join jobs j on j.id = v.job_id
               where d.workspace_id = $1 and d.id = $2
               on conflict (delivery_id) do update set due_at = excluded.due_at, target = excluded.target""",
            self._workspace_id,
            delivery_id,
            at,
        )

    async def _settle(self, delivery_id: UUID) -> None:
        await self._connection.execute(
            "delete from webhooks_due where workspace_id = $1 and delivery_id = $2",
            self._workspace_id,
            delivery_id,
        )

    async def _announce(self) -> None:
        await self._connection.execute("select pg_notify('webhooks_due', '')")


def _event(row: asyncpg.Record) -> Event:
    return Event(row["event_id"], row["type"], orjson.loads(row["data"]), row["created_at"])


def _delivery(row: asyncpg.Record) -> Delivery:
    return Delivery(
        id=row["id"],
        event=_event(row),
        endpoint_id=row["endpoint_id"],
        job_id=row["job_id"],
        url=row["url"] or "",
        status=DeliveryStatus(row["status"]),
        attempts=row["attempts"],
        outcomes=[
            Attempt(datetime.fromisoformat(one["at"]), Outcome(one["outcome"]))
            for one in orjson.loads(row["outcomes"])
        ],
        due_at=row["due_at"],
        ended_at=row["ended_at"],
    )


def _parcel(row: asyncpg.Record, at: datetime) -> Parcel:
    return Parcel(
        delivery_id=row["id"],
        event=_event(row),
        endpoint_id=row["endpoint_id"],
        url=row["url"] or "",
        headers=orjson.loads(row["callback_headers"] or "{}") if row["endpoint_id"] is None else {},
        secret=row["secret"],
        former_secret=row["former_secret"],
        attempt=row["attempts"],
        retries=row["retries"],
        begun_at=at,
        is_wanted=row["disabled_because"] is None,
    )
