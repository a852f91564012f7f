"""uvicorn's HTTP protocol with bounds on what anybody may send before a key is looked at.

uvicorn keeps every header that arrives, however many there are, and waits for the rest of a head for ever: one
client without a key could fill the memory, and a few thousand that say nothing could take every file descriptor.
"""

import asyncio
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from setpiece.api.errors import body_of, status_of
from setpiece.api.reports.event_stream import ENDS_WITH_CLIENT
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import new_uuid

MOST_HEAD_BYTES = 64 * 1024
"""Of the request line and all headers together; nginx takes 40 kB, and no client of the contract needs 4."""
HEAD_TIMEOUT_S = 20.0
"""From the first byte, or from the connection, to the end of the headers."""

_NOT_HTTP = (
    "This is not a valid HTTP/1.1 request: check the request line, the headers and the length of the body."
)


class _HeadTooLarge(Exception):
    """Raised within the parser, which stops and reports it as an error of its own."""


class BoundedHttp(HttpToolsProtocol):
    """One connection. What is not HTTP, or too much of it, is answered in the shape of the surface it was meant for."""

    _head_bytes = 0
    _unseen_bytes = 0  # given to the parser since it last told of anything: the part of a header so far
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.url = b""
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        is_idle = getattr(self.cycle, "response_complete", True)  # there is no cycle before the first head
        if self._deadline is None and is_idle:
            self._await_head()
        self._unseen_bytes += len(data)
        super().data_received(data)
        if self._unseen_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
            self._head_bytes = self._unseen_bytes
            self.send_400_response("A header is too long.")

    def eof_received(self) -> bool | None:  # type: ignore[override]  # asyncio reads what it returns, uvicorn says None
        """Whoever closes only its own half still waits: for its answer, or for what was wrong with half a request.

        Not for the end of a stream of events, which is seldom written to: there the close of the other half would show late.
        """
        if self._is_answering() and not self.cycle.scope["state"].get(ENDS_WITH_CLIENT):
            self.cycle.keep_alive = False
            return True
        has_begun = self._head_bytes + self._unseen_bytes > 0
        is_inside = self._deadline is not None or getattr(self.cycle, "more_body", False)
        if has_begun and is_inside and not self.transport.is_closing():
            self._refuse(Invalid("The request ended before it was complete.", code="incomplete_request"))
        return None

    def on_message_begin(self) -> None:
        self._head_bytes = self._unseen_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_is_there()
        self._unseen_bytes = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unseen_bytes = 0
        super().on_body(body)

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be handed to the application, and hang up.

        What comes after a complete request must not be answered in its place: a record would be written and its
        client told that it was not. So that answer goes out first, and nothing more is read.
        """
        if self._is_answering():
            self.cycle.keep_alive = False
            self.flow.pause_reading()
            return
        error = Invalid(
            f"{msg} Check the request line, the headers and the length of the body.", code="invalid_http"
        )
        if self._head_bytes > MOST_HEAD_BYTES:
            error = Invalid(
                f"The request line and headers are longer than {MOST_HEAD_BYTES:,} bytes; send less.",
                code="head_too_large",
            )
        self._refuse(error)

    def _is_answering(self) -> bool:
        """Whether a request is complete and its answer is not."""
        cycle: Any = self.cycle  # None before the first head, whatever its declaration says
        return cycle is not None and not (cycle.more_body or cycle.response_complete)

    def _refuse(self, error: Invalid) -> None:
        path = self.url[:200].decode("latin-1")
        content = orjson.dumps(body_of(error, path, str(new_uuid())))
        cycle: Any = self.cycle
        # Else its answer was given before the whole body was there; a second one would be taken for the next request's.
        if cycle is None or not (cycle.more_body and cycle.response_started):
            self.transport.write(_head(status_of(error, path), len(content)) + content)
        self.transport.close()

    def _count(self, size: int) -> None:
        self._head_bytes += size
        self._unseen_bytes = 0
        if self._head_bytes > MOST_HEAD_BYTES:
            raise _HeadTooLarge

    def _await_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_TIMEOUT_S, self._give_up)

    def _give_up(self) -> None:
        if not self._head_bytes + self._unseen_bytes:
            self.transport.close()
            return
        error = f"The request line and headers did not come within {HEAD_TIMEOUT_S:.0f} seconds."
        self._refuse(Invalid(error, code="head_too_slow"))

    def _head_is_there(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _head(status: int, length: int) -> bytes:
    reason = {400: "Bad Request", 408: "Request Timeout", 431: "Request Header Fields Too Large"}
    return (
        f"HTTP/1.1 {status} {reason[status]}\r\ncontent-type: application/json\r\n"
        f"content-length: {length}\r\nconnection: close\r\n\r\n"
    ).encode("ascii")
