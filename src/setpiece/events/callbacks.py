"""Telling a URL how a job ended: a job of its own, so that it is tried again for hours and survives every restart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from setpiece.events.retry import WAITS_S, draw_for, wait_before
from setpiece.events.secrets import signing_secrets
from setpiece.jobs.model import JOB_PREFIX, Job, JobStatus, TryLater
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.kernel.ids import show
from setpiece.providers.webhooks.port import Message, WebhookSender
from setpiece.storage.database import Database

MESSAGE_PREFIX = "msg"
_ENDED = {JobStatus.SUCCEEDED: ("completed", "succeeded"), JobStatus.FAILED: ("failed", "failed")}


@dataclass(frozen=True, slots=True)
class Post:
    """What callbacks are delivered with; `secret` is the installation's, None when each workspace has its own."""

    database: Database
    sender: WebhookSender
    secret: str | None = field(default=None, repr=False)
    waits_s: Sequence[float] = WAITS_S


async def call_back(post: Post, job: Job) -> None:
    """One attempt to report the end of the job that `job` names.

    Raises:
        TryLater: it was not accepted, and there is an attempt left.
        Invalid: it was not accepted for the last time, or the receiver wants no more.
    """
    assert job.reports_on is not None
    async with post.database.bound(job.workspace_id) as scope:
        ended = await JobRepository(scope).find(job.reports_on)
        secrets = await signing_secrets(scope, post.secret)
    assert ended is not None
    assert ended.callback_url is not None
    payload = orjson.dumps(report_of(ended))
    try:
        await post.sender.send(
            Message(
                show(MESSAGE_PREFIX, job.id),
                ended.callback_url,
                payload,
                secrets.current,
                former_secret=secrets.former,
            )
        )
    except Unavailable as error:
        wait_s = wait_before(job.retries, draw_for(str(job.id), job.retries), post.waits_s)
        if wait_s is None:
            raise Invalid(f"Given up after {job.retries + 1} attempts. {error.message}") from error
        raise TryLater(error.message, wait_s) from error


def report_of(job: Job) -> dict[str, Any]:
    """What a receiver is told: both spellings of the id, both of the state."""
    request_id, (status, outcome) = show(JOB_PREFIX, job.id), _ENDED[job.status]
    return {
        "requestId": request_id,
        "agentRunOId": request_id,
        "agentOId": job.payload.get("agentOId"),
        "status": status,
        "runStatus": outcome,
        "result": job.result,
        "error": job.error if job.status is JobStatus.FAILED else None,
        "createdAt": show_instant(job.created_at),
        "completedAt": show_if_any(job.finished_at),
    }
