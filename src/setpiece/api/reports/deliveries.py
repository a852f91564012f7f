"""`/v1/webhooks/deliveries`: what was sent, what became of it, and sending it again (ours)."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.events import service
from setpiece.events.delivery_repository import WantedDeliveries
from setpiece.events.model import (
    DELIVERY_PREFIX,
    ENDPOINT_PREFIX,
    EVENT_PREFIX,
    Attempt,
    Delivery,
    DeliveryStatus,
    Outcome,
)
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import parse, show
from setpiece.workspaces.model import Permission

_TAG = "Reports: webhooks"
_PATH = "/v1/webhooks/deliveries"
_ONE = f"{_PATH}/{{deliveryId}}"
_JOB_PREFIX = "job"
_OUTCOME = string(
    "5xx", enum=[*Outcome], description="The class of the status that was answered; 410 stands for itself"
)
_DELIVERY: dict[str, Any] = {
    "id": string("dlv_0AbCdEfGhIjKlMnOpQrStU"),
    "eventId": string("evt_0AbCdEfGhIjKlMnOpQrStU"),
    "type": string("report.completed"),
    "jobId": maybe(string("job_0AbCdEfGhIjKlMnOpQrStU")),
    "endpointId": maybe(
        string("whe_0AbCdEfGhIjKlMnOpQrStU", description="Null when the address was named with the job")
    ),
    "url": string("https://example.com/hooks/setpiece", description="Without its query"),
    "status": string("pending", enum=[*DeliveryStatus], description="`dead`: not tried again by itself"),
    "attempts": INTEGER,
    "lastOutcome": maybe(_OUTCOME),
    "lastAttemptAt": maybe(INSTANT),
    "nextAttemptAt": maybe(INSTANT),
    "createdAt": INSTANT,
    "endedAt": maybe(INSTANT),
}
DELIVERY = obj("*", **_DELIVERY)
_IN_FULL = obj(
    "*",
    **_DELIVERY,
    outcomes=array(obj("*", at=INSTANT, outcome=_OUTCOME)),
    payload={"type": "object", "description": "The body that is sent"},
)


class DeliveriesQuery(BaseModel):
    limit: int = Field(20, ge=1, le=100, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`nextCursor` of the page before")
    status: DeliveryStatus | None = Field(None, description="`dead` lists the dead letters")
    endpointId: str | None = Field(None, max_length=100, description="Only to this endpoint")
    jobId: str | None = Field(None, max_length=100, description="Only what tells the end of this job")
    type: str | None = Field(None, max_length=100, description="Only events of this type")


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", _PATH, list_all, Permission.READ, "List deliveries of webhooks, newest first", _TAG,
        obj("*", deliveries=array(DELIVERY), hasMore=BOOLEAN, nextCursor=maybe(string())), query=DeliveriesQuery,
        description="Those of jobs and those of endpoints. Why a receiver did not answer is not told.",
    )  # fmt: skip
    yield Operation(
        "GET", _ONE, get, Permission.READ, "Get a delivery with its attempts and its body", _TAG, _IN_FULL
    )
    yield Operation(
        "POST", f"{_ONE}/redeliver", redeliver, Permission.WRITE, "Send it again now", _TAG, DELIVERY,
        description="With the same event id and body, signed anew. A dead letter gets all its attempts again.",
    )  # fmt: skip


async def list_all(call: Call[DeliveriesQuery, None]) -> dict[str, Any]:
    query = call.query
    wanted = WantedDeliveries(
        before=_id("cursor", query.cursor),
        status=query.status,
        endpoint_id=_id("endpointId", query.endpointId),
        job_id=_id("jobId", query.jobId),
        type=query.type,
    )
    async with call.bound() as work:
        found, has_more = await service.list_deliveries(work, wanted, query.limit)
    cursor = show(DELIVERY_PREFIX, found[-1].id) if has_more else None
    return {"deliveries": [delivery_record(one) for one in found], "hasMore": has_more, "nextCursor": cursor}


async def get(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await service.get_delivery(work, call.path["deliveryId"])
    more = {"outcomes": [_attempt(one) for one in found.outcomes], "payload": found.event.envelope}
    return delivery_record(found) | more


async def redeliver(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        return delivery_record(await service.redeliver(work, call.path["deliveryId"]))


def delivery_record(delivery: Delivery) -> dict[str, Any]:
    last = delivery.outcomes[-1] if delivery.outcomes else None
    return {
        "id": show(DELIVERY_PREFIX, delivery.id),
        "eventId": show(EVENT_PREFIX, delivery.event.id),
        "type": delivery.event.type,
        "jobId": show(_JOB_PREFIX, delivery.job_id) if delivery.job_id else None,
        "endpointId": show(ENDPOINT_PREFIX, delivery.endpoint_id) if delivery.endpoint_id else None,
        "url": delivery.address,
        "status": delivery.status,
        "attempts": delivery.attempts,
        "lastOutcome": last.outcome if last else None,
        "lastAttemptAt": show_instant(last.at) if last else None,
        "nextAttemptAt": show_if_any(delivery.due_at),
        "createdAt": show_instant(delivery.event.created_at),
        "endedAt": show_if_any(delivery.ended_at),
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {"at": show_instant(attempt.at), "outcome": attempt.outcome}


def _id(name: str, value: str | None) -> Any:
    if value is None:
        return None
    if (found := parse(value)) is None:
        raise Invalid(f"'{name}' is not one that was given out here.")
    return found
