"""Work that was asked for with `async`: how it is acknowledged, and how its state is asked for (ours)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from pydantic import BaseModel, Field

from setpiece.agents.tasks import CREATE_PLAYBOOK
from setpiece.api.gtm.answers import INSTANT, Schema, maybe, obj, string, wrapped
from setpiece.api.gtm.envelope import data
from setpiece.api.operation import Call, Operation
from setpiece.jobs.model import JOB_PREFIX, Job, JobStatus
from setpiece.jobs.queue import get_job
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.workspaces.model import Permission

_PLAYBOOK_STATUS = "/api/v2/async/playbook/create/status"
_SHOWN_STATUS = {
    JobStatus.QUEUED: "pending",
    JobStatus.RUNNING: "pending",
    JobStatus.SUCCEEDED: "completed",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELED: "failed",
}
_REQUEST_ID = string("asyncReqID_0AbCdEfGhIjKlMnOpQrStU")
QUEUED = obj("*", status=string("pending"), requestId=_REQUEST_ID, message=string())
"""JSON Schema of the acknowledgement."""


class StatusQuery(BaseModel):
    requestId: str = Field(
        min_length=1, max_length=200, description="As answered when the work was asked for"
    )


def operations() -> Iterator[Operation]:
    result = obj("*", playbookOId=string("pb_0AbCdEfGhIjKlMnOpQrStU"))
    yield Operation(
        "GET", _PLAYBOOK_STATUS, partial(status, CREATE_PLAYBOOK), Permission.READ,
        "See how a playbook fares that is made in the background", "Playbooks", wrapped(state_schema(result)),
        query=StatusQuery,
    )  # fmt: skip


def acknowledge_playbook(call: Call[Any, Any], job: Job) -> dict[str, Any]:
    return acknowledge(call, job, _PLAYBOOK_STATUS)


def acknowledge(call: Call[Any, Any], job: Job, status_path: str) -> dict[str, Any]:
    """F5: no `_metadata`, so what was ignored in the request is said in `message`."""
    request_id = show(JOB_PREFIX, job.id)
    how = f"Queued. GET {status_path}?requestId={request_id} says how it fares."
    return {
        "status": _SHOWN_STATUS[job.status],
        "requestId": request_id,
        "message": " ".join([*call.warnings, how]),
    }


async def status(kind: str, call: Call[StatusQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        job = await get_job(work, call.query.requestId, kind)
    return data(call, state_of(job))


def state_of(job: Job) -> dict[str, Any]:
    """How a job fares, in the contract's words."""
    return {
        "requestId": show(JOB_PREFIX, job.id),
        "status": _SHOWN_STATUS[job.status],
        "result": job.result,
        "error": _error(job),
        "createdAt": show_instant(job.created_at),
    }


def _error(job: Job) -> str | None:
    if job.status is JobStatus.CANCELED:
        return "It was canceled."
    return job.error if job.status is JobStatus.FAILED else None


def state_schema(result: Schema, **more: Schema) -> Schema:
    return obj(
        "*",
        requestId=_REQUEST_ID,
        status=string("completed", enum=sorted({*_SHOWN_STATUS.values()})),
        result=maybe(result),
        error=maybe(string()),
        createdAt=INSTANT,
        **more,
    )
