"""`/v1/jobs`: how a job fares, asked for or streamed, and how it is canceled."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import Response

from setpiece.api.gtm.answers import INSTANT, INTEGER, Schema, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.credit import CREDITS_OF_JOB, USAGE, credits_of, usage_of
from setpiece.api.reports.event_stream import event_stream
from setpiece.api.reports.rates import JOBS, OTHER
from setpiece.jobs.model import Job, JobStatus
from setpiece.jobs.queue import cancel, get_job
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.workspaces.model import Permission
from setpiece.workspaces.work import Work

PREFIX = "job"
KINDS = ("report.generate", "matching.generate")
"""The jobs of this surface; their kind is the contract's `type`."""
STAGES = ("uploaded", "queued", "transcoding", "extracting", "scoring", "rendering", "finalizing")
_SHORTEST_MS, _LONGEST_MS = 1_000, 300_000
_TAG = "Reports: jobs"
_STAGE = string("rendering", enum=[*STAGES])
_PROGRESS: Schema = {"type": "number", "minimum": 0, "maximum": 1, "example": 0.82}
_ERROR = obj(
    "code message",
    code=string("target_not_found"),
    message=string("Could not identify the target speaker."),
    retryable={"type": "boolean"},
)
JOB: Schema = obj(
    "id type status createdAt updatedAt",
    id=string("job_0AbCdEfGhIjKlMnOpQrStU"),
    type=string("report.generate", enum=[*KINDS]),
    status=string("running", enum=[*JobStatus]),
    createdAt=INSTANT,
    updatedAt=INSTANT,
    stage=_STAGE,
    progress=_PROGRESS,
    reportId=string("rpt_0AbCdEfGhIjKlMnOpQrStU"),
    matchingId=string("mat_0AbCdEfGhIjKlMnOpQrStU"),
    requestId=string("req_example"),
    usage=USAGE,
    credits=CREDITS_OF_JOB,
    releasedCredits=INTEGER,
    error=_ERROR,
)
_EVENTS = string(
    'id: 3000000\nevent: stage\ndata: {"stage":"rendering","progress":0.8,"job":{…}}\n\n',
    description="Events `status`, `stage`, `terminal` and `heartbeat`; each but the last carries the whole job",
)


class StreamQuery(BaseModel):
    timeout: float = Field(
        _LONGEST_MS,
        description="How long the stream stays open, in milliseconds; what is below 1,000 or above 300,000 is taken for that",
        allow_inf_nan=False,
    )


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/jobs/{jobId}", read, Permission.READ, "See how a job fares", _TAG, JOB, rate=JOBS,
    )  # fmt: skip
    yield Operation(
        "POST", "/v1/jobs/{jobId}/cancel", stop, Permission.WRITE, "Cancel a job", _TAG, JOB, is_idempotent=True, rate=OTHER,
        description="It is over at once, at whatever stage; nothing of it is kept. One that is over already is answered as it is.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/jobs/{jobId}/stream", stream, Permission.READ, "Follow a job as it happens", _TAG, _EVENTS,
        query=StreamQuery, answer_type="text/event-stream", rate=OTHER,
        description="Server-sent events. A stream begins with how the job stands, after what was missed since the header "
        "`Last-Event-ID`; it ends with `terminal`, or when its time is over. A sign of life comes every 15 seconds.",
    )  # fmt: skip


async def read(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return shown_job(await _find(work, call))


async def stop(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        return shown_job(await cancel(work, await _find(work, call)))


async def stream(call: Call[StreamQuery, None]) -> Response:
    async with call.bound() as work:
        job = await _find(work, call)
    timeout_ms = min(max(call.query.timeout, _SHORTEST_MS), _LONGEST_MS)
    return event_stream(call.services.watching, call.request, job, timeout_ms / 1000, shown_job)


def shown_job(job: Job) -> dict[str, Any]:
    """The job in the contract's words. What does not apply is left out: strict clients refuse a null.

    Source: reports-v1, "Jobs".
    """
    ended = job.result if job.status is JobStatus.SUCCEEDED and job.result else {}
    optional = {
        "stage": stage_of(job),
        "progress": job.progress,
        "reportId": ended.get("reportId"),
        "matchingId": ended.get("matchingId"),
        "requestId": job.request_id,
        "usage": usage_of(job) if job.status.is_final else None,
        **credits_of(job),
        "error": _error(job),
    }
    return {
        "id": show(PREFIX, job.id),
        "type": job.kind,
        "status": job.status,
        "createdAt": show_instant(job.created_at),
        "updatedAt": show_instant(job.updated_at or job.created_at),
    } | {name: value for name, value in optional.items() if value is not None}


def stage_of(job: Job) -> str | None:
    return job.stage or ("queued" if job.status is JobStatus.QUEUED else None)


def _error(job: Job) -> dict[str, Any] | None:
    if job.status is not JobStatus.FAILED:
        return None
    message = job.error or "The job failed."
    return {"code": job.error_code or "job_failed", "message": message, "retryable": bool(job.is_retryable)}


async def _find(work: Work, call: Call[Any, None]) -> Job:
    return await get_job(work, call.path["jobId"], *KINDS, called="job")
