"""A job, its states, and what the code that does it promises."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from setpiece.kernel.errors import Unavailable
from setpiece.workspaces.model import Member

JOB_PREFIX = "asyncReqID"
CALL_BACK = "call_back"
"""The kind of job that reports another one's end (made by a trigger of revision 0004)."""


class JobStatus(StrEnum):
    """A job that waits for another attempt is queued again; the last three states are final."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"

    @property
    def is_final(self) -> bool:
        return self not in (JobStatus.QUEUED, JobStatus.RUNNING)


class Lane(StrEnum):
    """Where a job waits. Each worker serves both, so that what takes long never stands before what is quick."""

    QUICK = "jobs"
    RECORDINGS = "recordings"
    """Minutes of computing and a gigabyte of memory: one at a time in each worker."""


class Reservation(StrEnum):
    """Of the credits of a job: while it is under way, when it succeeded, when it did not."""

    ACTIVE = "active"
    APPLIED = "applied"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class JobCredits:
    """What a job costs.

    Attributes:
        reserved: Its price, from the moment it is asked for.
        discounted: What was given back for feedback.
    """

    reserved: int
    state: Reservation
    discounted: int = 0

    @property
    def used(self) -> int:
        return self.reserved if self.state is Reservation.APPLIED else 0

    @property
    def net_used(self) -> int:
        return self.used - self.discounted

    @property
    def released(self) -> int | None:
        return self.reserved if self.state is Reservation.RELEASED else None


@dataclass(frozen=True, slots=True)
class Job:
    """Work for one workspace.

    Attributes:
        kind: Which handler does it.
        payload: What the handler needs, as JSON.
        author: Who asked for it.
        request_id: The request that asked for it, for the log.
        result: What came of it; None until it succeeded.
        error: A sentence: why it failed, or why it was put off last; None when there was no trouble.
        attempts: How often it was begun. The attempt under way is known by this number.
        retries: How often it was put off because something did not answer.
        callback_url: Is told how it ended, by a job of the kind `CALL_BACK` that comes into being with the end.
        reports_on: The job whose end this one reports.
        waits_on: What has to be ready before it is queued, a recording for example; None when it waits for its turn only.
        stage: What is being done, in the words of who does it.
        progress: How much is done, from 0 to 1.
        error_code: Says to a program what `error` says to a reader.
        is_retryable: The same request may do better later; None unless it failed.
        last_seq: The number of the newest of its events.
        credits: None for what has no price.
    """

    id: UUID
    workspace_id: UUID
    kind: str
    payload: Mapping[str, Any]
    status: JobStatus
    author: Member
    request_id: str | None
    result: Mapping[str, Any] | None
    error: str | None
    attempts: int
    retries: int
    created_at: datetime
    finished_at: datetime | None = None
    callback_url: str | None = None
    reports_on: UUID | None = None
    waits_on: UUID | None = None
    stage: str | None = None
    progress: float | None = None
    error_code: str | None = None
    is_retryable: bool | None = None
    started_at: datetime | None = None
    updated_at: datetime | None = None
    last_seq: int = 1
    credits: JobCredits | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """When a job's turn comes. Jobs of workspaces that have few waiting go before those of workspaces that have many.

    Attributes:
        priority: How many of its own workspace's waiting jobs it goes before; below zero, how many of any it lets go first.
        waits_on: It is not queued before this is released.
    """

    lane: Lane = Lane.QUICK
    priority: int = 0
    waits_on: UUID | None = None


class CallbackForm(StrEnum):
    """What the receiver of a callback is sent.

    `RUN` is the answer of an agent's run (docs/async.md); `EVENT` is an event of the reports surface (docs/webhooks.md).
    """

    RUN = "run"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Callback:
    """Who is told how a job ended.

    Attributes:
        url: Checked by `WebhookSender.check` before it comes here.
        headers: Sent along, as the caller gave them and `events.headers` let them through.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    form: CallbackForm = CallbackForm.EVENT


@dataclass(frozen=True, slots=True)
class Submission:
    """What a client said of its request besides what is to be done.

    Attributes:
        external_id: The client's own id of the request. The same again is answered with the job that it has become.
        fingerprint: Of all that was asked for, to tell another request under the same id.
        callback_url: Is told how the job ended.
    """

    external_id: str | None = None
    fingerprint: str | None = None
    callback_url: str | None = None


class TryLater(Unavailable):
    """Raised by a handler that decides itself when the next attempt is due."""

    def __init__(self, message: str, wait_s: float) -> None:
        super().__init__(message)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done now and then for all workspaces, by one worker each time.

    Attributes:
        cron: When, in the five fields of cron, in UTC.
        do: Does it. It may be cut short anywhere, and is not tried again before the next time.
    """

    name: str
    cron: str
    do: Callable[[], Awaitable[None]]


Handler = Callable[[Job], Awaitable[None]]
"""Does a job of one kind.

It may be called again after a crash, so it calls `queue.succeed` in the transaction of its last write: both are kept, or
neither is. One that writes nothing just returns. When somebody cancels the job, the handler is cancelled as asyncio does it.

Raises:
    Unavailable: something did not answer; the job is tried again later.
    SetpieceError: the job cannot be done; it fails with that message.
"""
