"""A followed job as server-sent events, in the form of the contract: reports-v1, "Server-sent events"."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from setpiece.events.following import Told, follow
from setpiece.events.watching import Watching
from setpiece.jobs.model import Job
from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import Unavailable

log = structlog.get_logger(__name__)

EVENT_STREAM = "text/event-stream"
STREAM_HEADERS = {
    "cache-control": "no-cache",
    "x-accel-buffering": "no",  # a proxy that gathers would keep the events to itself
}
ENDS_WITH_CLIENT = "ends_with_client"
"""In a request's state: once its client has closed its half of the connection, nobody waits for the rest of the answer."""
_LONGEST_ID = 18  # digits; longer ones are not ours
_IN_EVENT = {
    "status": ("status", "stage", "progress"),
    "stage": ("stage", "progress"),
    "terminal": ("status", "reportId", "matchingId"),
}
ShowJob = Callable[[Job], dict[str, Any]]


def event_stream(
    watching: Watching, request: Request, job: Job, timeout_s: float, show_job: ShowJob
) -> Response:
    if request.method == "HEAD":
        return Response(None, 200, STREAM_HEADERS, EVENT_STREAM)
    request.scope["state"][ENDS_WITH_CLIENT] = True
    events = follow(watching, job, last_event_id(request), timeout_s)
    return StreamingResponse(_frames(events, show_job), 200, STREAM_HEADERS, EVENT_STREAM)


def last_event_id(request: Request) -> int | None:
    """None for none, and for what is no id of ours."""
    given = request.headers.get("last-event-id", "").strip()
    is_ours = given.isascii() and given.isdigit() and len(given) <= _LONGEST_ID
    return int(given) if is_ours else None


async def _frames(events: AsyncIterator[Told], show_job: ShowJob) -> AsyncIterator[bytes]:
    """Until the end. When the database is away, the stream ends too: the client comes again and resumes."""
    try:
        async for told in events:
            yield _frame(told, show_job)
    except Unavailable as away:
        log.warning("stream_ended", reason=away.message)


def _frame(told: Told, show_job: ShowJob) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (
        told.id,
        told.type.encode(),
        orjson.dumps(_data(told, show_job)),
    )


def _data(told: Told, show_job: ShowJob) -> dict[str, Any]:
    if told.job is None:
        return {"timestamp": show_instant(told.at)}
    job = show_job(told.job)
    data = {name: job[name] for name in _IN_EVENT[told.type] if name in job}
    if told.type == "terminal" and "error" in job:
        data["error"] = {name: job["error"][name] for name in ("code", "message")}
    return data | {"job": job}
