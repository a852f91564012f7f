"""One attempt to deliver an event: begin it, send, note how it ended."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from setpiece.events.delivery_repository import DeliveryRepository
from setpiece.events.endpoint_repository import EndpointRepository
from setpiece.events.model import EVENT_PREFIX, Outcome, Parcel, outcome_of
from setpiece.events.retry import EVENT_WAITS_S, draw_for, wait_before
from setpiece.events.secrets import signing_secret
from setpiece.kernel.clock import now
from setpiece.kernel.errors import Invalid, SetpieceError, Unavailable
from setpiece.kernel.ids import show
from setpiece.providers.webhooks.answer import STATUS
from setpiece.providers.webhooks.port import Message, WebhookSender
from setpiece.storage.database import Database, Scope

log = structlog.get_logger(__name__)

_GONE = "It answered with status 410: it wants no more of this."


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What events are delivered with.

    Attributes:
        secret: The installation's; None when each workspace has its own.
        quiet_s: That there was no answer is noted this long after the attempt began, as long as any attempt may take. Otherwise
            whoever watches the log could tell a closed port, which refuses at once, from one behind a firewall.
    """

    database: Database
    sender: WebhookSender
    secret: str | None = field(default=None, repr=False)
    waits_s: Sequence[float] = EVENT_WAITS_S
    quiet_s: float = 10.0
    now: Callable[[], datetime] = now


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt that ended."""

    workspace_id: UUID
    parcel: Parcel
    outcome: Outcome


async def attempt(dispatch: Dispatch, workspace_id: UUID, delivery_id: UUID) -> Tried | None:
    """Send it once; None when it is over. No connection is held while the receiver thinks.

    Raises:
        Unavailable: the database does not answer; what was begun is begun again when its lease is over.
    """
    async with dispatch.database.bound(workspace_id) as scope:
        parcel = await DeliveryRepository(scope).begin(delivery_id, dispatch.now())
        if parcel is None:
            return None
        secret = parcel.secret or await signing_secret(scope, dispatch.secret)
    return Tried(workspace_id, parcel, await _send(dispatch.sender, parcel, secret))


async def note(dispatch: Dispatch, tried: Tried) -> None:
    """Write down how the attempt ended, and when the next is due.

    Raises:
        Unavailable: the database does not answer.
    """
    parcel, outcome = tried.parcel, tried.outcome
    if outcome is Outcome.NO_ANSWER:
        took_s = (dispatch.now() - parcel.begun_at).total_seconds()
        await asyncio.sleep(max(0.0, dispatch.quiet_s - took_s))
    due_at = None if outcome.is_final else _next(dispatch, parcel)
    async with dispatch.database.transaction(tried.workspace_id) as scope:
        await _note(scope, parcel, outcome, due_at)


async def _send(sender: WebhookSender, parcel: Parcel, secret: str) -> Outcome:
    if not parcel.is_wanted:
        return Outcome.NOT_SENT
    event = parcel.event
    message = Message(
        show(EVENT_PREFIX, event.id),
        parcel.url,
        event.payload,
        secret,
        parcel.headers,
        parcel.scheme,
        parcel.former_secret,
    )
    try:
        await sender.send(message)
    except Unavailable as error:
        return outcome_of(_status(error))
    except Invalid as error:
        return Outcome.GONE if error.code == "gone" else Outcome.NOT_SENT
    except Exception:
        log.exception("delivery_failed", delivery=str(parcel.delivery_id))
        return Outcome.NO_ANSWER  # so that what we cannot send is given up like what nobody takes
    return Outcome.ACCEPTED


def _status(error: SetpieceError) -> int | None:
    return (error.details or {}).get(STATUS)


def _next(dispatch: Dispatch, parcel: Parcel) -> datetime | None:
    """When it is tried again, counted from the beginning of the attempt: how long that took is nobody's business."""
    draw = draw_for(str(parcel.delivery_id), parcel.retries)
    wait_s = wait_before(parcel.retries, draw, dispatch.waits_s)
    return None if wait_s is None else parcel.begun_at + timedelta(seconds=wait_s)


async def _note(scope: Scope, parcel: Parcel, outcome: Outcome, due_at: datetime | None) -> None:
    counted = await DeliveryRepository(scope).end(parcel, outcome, due_at)
    if counted and outcome is Outcome.GONE and parcel.endpoint_id:
        await EndpointRepository(scope).disable(parcel.endpoint_id, _GONE)
    log.info(
        "event_sent",
        delivery=str(parcel.delivery_id),
        type=parcel.event.type,
        outcome=outcome,
        attempt=parcel.attempt,
        again_at=due_at,
    )
