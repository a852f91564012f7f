"""An event, who wants it, and how its delivery fares. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson

from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.providers.webhooks.port import Scheme

EVENT_PREFIX, DELIVERY_PREFIX, ENDPOINT_PREFIX = "evt", "dlv", "whe"
TEST = "webhook.test"
PROGRAM_MESSAGE = "program.message"
"""An approved message of a run, sent to the endpoint that the run names, whatever that asks for; an endpoint that asks for it gets no other event."""
TYPES: Mapping[str, str] = {
    "report.completed": "A report is there",
    "report.failed": "A report could not be made",
    "matching.completed": "A matching is there",
    "matching.failed": "A matching could not be made",
    "file.processed": "A recording was heard: speakers, words and measures are there",
    "file.failed": "A recording could not be heard",
    "sequence.run": "A sequence agent's run was kept, with what it found",
    "agent.run": "Any other agent's run was kept",
    PROGRAM_MESSAGE: "An approved message of a run that names this endpoint",
}
"""Every type that can be asked for. The triggers of revision 0011 write all but the last."""
ALL = "*"
FORMER_SECRET_FOR = timedelta(days=1)
"""How long a secret that was replaced still signs: time to put the new one in place, and to forget the old one."""


def check_wanted(wanted: Sequence[str]) -> list[str]:
    """The filters, each once: a type, `report.*` for all types that begin so, or `*`.

    Raises:
        Invalid: no type is meant by one of them.
    """
    groups = {f"{one.partition('.')[0]}.*" for one in TYPES}
    unknown = sorted(one for one in wanted if one not in TYPES and one not in groups and one != ALL)
    if unknown:
        known = ", ".join([ALL, *sorted(groups), *TYPES])
        raise Invalid(
            f"'events' has types that are not known: {', '.join(unknown)[:200]}. Known are {known}."
        )
    return list(dict.fromkeys(wanted))


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as it is told."""

    id: UUID
    type: str
    data: Mapping[str, Any]
    created_at: datetime

    @property
    def envelope(self) -> dict[str, Any]:
        """Source: reports-v1, "Webhooks"."""
        at = show_instant(self.created_at)
        return {
            "id": show(EVENT_PREFIX, self.id),
            "type": self.type,
            "createdAt": at,
            "timestamp": at,
            "data": dict(self.data),
        }

    @property
    def payload(self) -> bytes:
        """The body, the same in each attempt."""
        return orjson.dumps(self.envelope)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that a workspace has its events sent to.

    Attributes:
        wanted: Filters, see `check_wanted`.
        secret: Signs what is sent there.
        former_secret: Signs too until `former_until`.
        disabled_because: A sentence; None while it is in use.
    """

    id: UUID
    url: str
    description: str
    wanted: Sequence[str]
    secret: str = field(repr=False)
    former_secret: str | None = field(repr=False)
    former_until: datetime | None
    disabled_because: str | None
    created_at: datetime
    updated_at: datetime


class DeliveryStatus(StrEnum):
    """`DEAD` is a dead letter: it is not tried again unless somebody says so."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


class Outcome(StrEnum):
    """How an attempt ended, and no more than that.

    Why there was no answer is not told: a name without an address, a closed port and a firewall look the same, so that the
    log is no port scanner.
    """

    ACCEPTED = "2xx"
    REDIRECT = "3xx"
    REFUSED = "4xx"
    GONE = "410"
    BROKEN = "5xx"
    NO_ANSWER = "no_answer"
    NOT_SENT = "not_sent"

    @property
    def is_final(self) -> bool:
        return self in (Outcome.ACCEPTED, Outcome.GONE, Outcome.NOT_SENT)


def outcome_of(status: int | None) -> Outcome:
    """From the status that was answered; None when there was no answer. What is no status of HTTP counts as none."""
    if status == 410:
        return Outcome.GONE
    by_class = {2: Outcome.ACCEPTED, 3: Outcome.REDIRECT, 4: Outcome.REFUSED, 5: Outcome.BROKEN}
    return by_class.get((status or 0) // 100, Outcome.NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Attempt:
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one receiver.

    Attributes:
        endpoint_id: The workspace's endpoint; None when the address was named with the job.
        job_id: The job whose end the event tells.
        attempts: How often it was sent, or begun to be sent.
        outcomes: Of the attempts that ended, oldest first, the last 50.
        due_at: When it is sent next; None when it is over.
        ended_at: When its last attempt began: how long that took is not told.
    """

    id: UUID
    event: Event
    endpoint_id: UUID | None
    job_id: UUID | None
    url: str
    status: DeliveryStatus
    attempts: int
    outcomes: Sequence[Attempt]
    due_at: datetime | None
    ended_at: datetime | None

    @property
    def address(self) -> str:
        """The URL without its query, which may hold a key."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{parts.path}"


@dataclass(frozen=True, slots=True)
class Parcel:
    """An attempt that was begun, with all that it takes.

    Attributes:
        attempt: Its number. It counts only while the delivery has no higher one.
        retries: How often it was tried again since it was last asked for.
        is_wanted: False when its endpoint was switched off meanwhile.
    """

    delivery_id: UUID
    event: Event
    endpoint_id: UUID | None
    url: str
    headers: Mapping[str, str] = field(repr=False)
    secret: str | None = field(repr=False)
    former_secret: str | None = field(repr=False)
    attempt: int
    retries: int
    begun_at: datetime
    is_wanted: bool

    @property
    def scheme(self) -> Scheme:
        return Scheme.STANDARD if self.endpoint_id else Scheme.CONDUIT
