"""A job, its states, and what the code that does it promises."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from setpiece.workspaces.model import Member

JOB_PREFIX = "asyncReqID"


class JobStatus(StrEnum):
    """A job that waits for another attempt is queued again; the last two states are final."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """Work for one workspace.

    Attributes:
        kind: Which handler does it.
        payload: What the handler needs, as JSON.
        author: Who asked for it.
        request_id: The request that asked for it, for the log.
        result: What came of it; None until it succeeded.
        error: A sentence; None unless it failed.
        attempts: How often it was begun. The attempt under way is known by this number.
        retries: How often it was put off because something did not answer.
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


Handler = Callable[[Job], Awaitable[None]]
"""Does a job of one kind.

It may be called again after a crash, so it calls `queue.succeed` in the transaction of its last write: both are kept, or
neither is. One that writes nothing just returns.

Raises:
    Unavailable: something did not answer; the job is tried again later.
    SetpieceError: the job cannot be done; it fails with that message.
"""
