"""`/v1/playbooks/:id/stream`: a playbook followed as it changes (ours)."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import structlog
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from setpiece.api.gtm.answers import string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.decisions import show_decision
from setpiece.api.programs.pivots import show_pivot
from setpiece.api.programs.reading import ONE, TAG, both
from setpiece.api.programs.shapes import show_playbook, show_run
from setpiece.api.reports.event_stream import ENDS_WITH_CLIENT, EVENT_STREAM, STREAM_HEADERS, last_event_id
from setpiece.kernel.errors import Unavailable
from setpiece.programs.following import Told, follow
from setpiece.programs.model import Program, Run
from setpiece.programs.outcomes.deciding import Assessment
from setpiece.programs.pivots.model import Pivot
from setpiece.programs.service import get_program
from setpiece.workspaces.model import Permission
from setpiece.workspaces.work import Work

log = structlog.get_logger(__name__)

_SHORTEST_MS, _LONGEST_MS = 1_000, 300_000
"""As the streams of jobs have it."""
_EVENTS = string(
    'id: 1767690000000000\nevent: pivot\ndata: {"pivot":{…}}\n\n',
    description="Events `playbook`, `decision`, `run`, `pivot`, `deleted` and `heartbeat`; each with the record as the other operations show it",
)


class StreamQuery(BaseModel):
    timeout: float = Field(
        _LONGEST_MS,
        description="How long the stream stays open, in milliseconds; what is below 1,000 or above 300,000 is taken for that",
        allow_inf_nan=False,
    )


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{ONE}/stream", stream, Permission.READ, "Follow a playbook as it changes", TAG, _EVENTS, query=StreamQuery,
        answer_type=EVENT_STREAM,
        description="Server-sent events. A stream begins with the playbook and its decision as they stand, and the pivots since the header `Last-Event-ID`; "
        "then comes whatever changes, and a sign of life every 15 seconds.",
    ))  # fmt: skip


async def stream(call: Call[StreamQuery, None]) -> Response:
    async with call.bound() as work:
        program = await get_program(work, call.path["playbookId"])
    if call.request.method == "HEAD":
        return Response(None, 200, STREAM_HEADERS, EVENT_STREAM)
    call.request.scope["state"][ENDS_WITH_CLIENT] = True
    timeout_ms = min(max(call.query.timeout, _SHORTEST_MS), _LONGEST_MS)
    told = follow(
        call.services.program_watching,
        lambda: _opened(call),
        program,
        call.principal.workspace.id,
        last_event_id(call.request),
        timeout_ms / 1000,
    )
    return StreamingResponse(_frames(told), 200, STREAM_HEADERS, EVENT_STREAM)


@asynccontextmanager
async def _opened(call: Call[Any, Any]) -> AsyncIterator[Work]:
    async with call.bound() as work:
        yield work


async def _frames(told: AsyncIterator[Told]) -> AsyncIterator[bytes]:
    """Until the end. When the database is away, the stream ends too: the client comes again."""
    try:
        async for one in told:
            yield b"id: %d\nevent: %s\ndata: %s\n\n" % (one.id, one.type.encode(), orjson.dumps(_data(one)))
    except Unavailable as away:
        log.warning("stream_ended", reason=away.message)


def _data(told: Told) -> dict[str, Any]:
    match told.subject:
        case Program() as program:
            return {"playbook": show_playbook(program)}
        case Assessment() as found:
            return {"decision": show_decision(found)}
        case Pivot() as pivot:
            return {"pivot": show_pivot(pivot)}
        case Run() as run:
            return {"run": show_run(run)}
        case None:
            return {}
