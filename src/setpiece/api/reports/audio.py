"""`GET /v1/files/{mediaId}/audio` (ours): the recording itself, or a part of it."""

from collections.abc import AsyncIterator, Iterator
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from setpiece.api.gtm.answers import string
from setpiece.api.operation import Call, Operation, error_response
from setpiece.api.reports.ranges import Span, Unsatisfiable, is_unchanged, wanted_span
from setpiece.kernel.errors import Invalid
from setpiece.media.recordings.model import Recording
from setpiece.media.recordings.service import get_recording
from setpiece.workspaces.model import Permission

_BYTES = string(format="binary")


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/files/{mediaId}/audio", audio, Permission.READ, "Play a recording", "Reports: files",
        _BYTES, answer_type="*/*", audited="file.audio.read", also_answers={
            206: "The part that the header Range asks for",
            410: "The file was deleted",
            416: "No byte of the file is in the range",
        },
        description="The bytes as they were uploaded. One range of bytes can be asked for with `Range`, guarded by "
        "`If-Range`; several at once are answered with the whole.",
    )  # fmt: skip


async def audio(call: Call[None, None]) -> Response:
    async with call.bound() as work:
        recording = await get_recording(work, call.path["mediaId"])
    headers = _headers(recording)
    request = call.request
    try:
        span = _span(request, recording, headers["etag"])
    except Unsatisfiable:
        return _outside(request, recording)
    if span is None:
        return await _answer(call, recording, Span(0, recording.size_bytes), 200, headers)
    headers["content-range"] = f"bytes {span.start}-{span.end - 1}/{recording.size_bytes}"
    return await _answer(call, recording, span, 206, headers)


def _span(request: Request, recording: Recording, etag: str) -> Span | None:
    if not is_unchanged(request.headers.get("if-range"), etag, recording.created_at):
        return None
    return wanted_span(request.headers.get("range"), recording.size_bytes)


async def _answer(
    call: Call[None, None], recording: Recording, span: Span, status: int, headers: dict[str, str]
) -> Response:
    headers["content-length"] = str(span.end - span.start)
    if call.request.method == "HEAD":
        return Response(None, status, headers, recording.content_type)
    assert recording.blob_key
    content = call.services.blobs.read(recording.blob_key, span.start, span.end)
    first = await anext(content, b"")  # what cannot be read is said before the answer begins
    return StreamingResponse(_from(first, content), status, headers, recording.content_type)


async def _from(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


def _headers(recording: Recording) -> dict[str, str]:
    assert recording.sha256
    return {
        "accept-ranges": "bytes",
        "etag": f'"{recording.sha256.hex()}"',
        "last-modified": format_datetime(recording.created_at, usegmt=True),
        "cache-control": "private, no-cache",  # it may be deleted at any moment
        "x-content-type-options": "nosniff",
        "content-disposition": "inline",
    }


def _outside(request: Request, recording: Recording) -> Response:
    size = recording.size_bytes
    error = Invalid(f"The file has {size:,} bytes; ask for a range within it.", code="range_not_satisfiable")
    return error_response(request, error, {"content-range": f"bytes */{size}"})
