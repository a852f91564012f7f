"""Reading a request's JSON, whatever is sent."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from setpiece.kernel.content import MOST_VALUES, check_content
from setpiece.kernel.errors import Invalid, LimitExceeded

_PATIENCE_S = 30.0  # without a byte; whoever sends nothing keeps a connection and a task for nothing


async def read_bytes(request: Request, most: int) -> bytes:
    """The body, never more than `most` bytes of it in memory.

    Raises:
        LimitExceeded: it is longer, by its header or by what arrives.
        Invalid: the client went away before the end, or stopped sending.
    """
    return b"".join([piece async for piece in stream_bytes(request, most)])


async def stream_bytes(request: Request, most: int) -> AsyncIterator[bytes]:
    """The body in pieces as they arrive, never more than `most` bytes of it.

    Raises:
        LimitExceeded, Invalid: as for `read_bytes`, whenever it shows.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise _too_large(most)
    size = 0
    try:
        parts = request.stream()
        while (piece := await _next(parts)) is not None:
            size += len(piece)
            if size > most:
                raise _too_large(most)
            yield piece
    except ClientDisconnect as gone:
        raise Invalid("The body ended early.", code="incomplete_body") from gone
    except TimeoutError as late:
        raise Invalid(
            f"The rest of the body did not come within {_PATIENCE_S:.0f} seconds.", code="body_too_slow"
        ) from late


async def _next(parts: AsyncIterator[bytes]) -> bytes | None:
    async with asyncio.timeout(_PATIENCE_S):
        return await anext(parts, None)


def parse_object(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`, all of it fit to be stored.

    Raises:
        Invalid: it is empty, not JSON, not an object, nested too deeply, or has NUL characters.
    """
    if not body.strip():
        raise Invalid("The body is empty; send a JSON object.", code="empty_body")
    # Counted before it is parsed: to make a million lists takes the parser a second.
    if body.count(b"[") + body.count(b"{") > MOST_VALUES:
        raise Invalid(f"The body has more than {MOST_VALUES:,} lists and objects.", code="too_many_values")
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as wrong:
        if not _is_utf8(body):
            raise Invalid(
                "The body is not text in UTF-8; encode the JSON so.", code="invalid_json"
            ) from wrong
        raise Invalid(
            f"The body is not valid JSON: {wrong.msg} at line {wrong.lineno}, column {wrong.colno}.",
            code="invalid_json",
        ) from wrong
    if not isinstance(found, dict):
        raise Invalid('The body must be a JSON object, such as {"name": "…"}.', code="not_an_object")
    check_content(found)
    return found


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _too_large(most: int) -> LimitExceeded:
    return LimitExceeded(
        f"The body is larger than {most:,} bytes; send less at a time.", code="body_too_large"
    )
