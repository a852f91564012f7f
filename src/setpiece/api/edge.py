"""What surrounds every request: an id, a log line, a measurement."""

import re
import time
from functools import cache

import structlog
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from setpiece.api.errors import is_reports
from setpiece.kernel.ids import new_uuid

log = structlog.get_logger("setpiece.request")

_DURATION = Histogram(
    "setpiece_http_request_duration_seconds",
    "Time from the first byte of a request to the last of its answer",
    ("method", "route"),
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
_ANSWERS = Counter("setpiece_http_requests_total", "Requests answered", ("method", "route", "status"))
_QUIET = (
    "/health/",
    "/v1/health/",
    "/metrics",
)  # asked every few seconds; a log line each would bury the rest


_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@cache  # bounded: the routes and statuses are ours, and so are the methods that are told apart
def _metrics(method: str, route: str, status: int) -> tuple[Histogram, Counter]:
    """The two series of a route, looked up once."""
    return _DURATION.labels(method, route), _ANSWERS.labels(method, route, str(status))


def _requested_id(scope: Scope) -> str | None:
    """The id that a client of the reports surface gave its request; nothing that could break a header or a log line.

    Elsewhere ids are ours: a run of an agent is found again by the id of its request.
    """
    if not is_reports(scope["path"]):
        return None
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            shown: str = value.decode("latin-1")
            return shown if _REQUEST_ID.fullmatch(shown) else None
    return None


class Edge:
    """Outermost ASGI layer. Query strings and headers are never logged: they can carry keys."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = _requested_id(scope) or str(new_uuid())
        scope.setdefault("state", {})["request_id"] = request_id
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._tell(scope, status, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, duration_s: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        known = route != "unmatched" and scope["method"] in _METHODS
        method = scope["method"] if known else "ANY"
        duration, answers = _metrics(method, route, status)
        duration.observe(duration_s)
        answers.inc()
        if not scope["path"].startswith(_QUIET):
            state = scope["state"]
            log.info(
                "request",
                method=scope["method"],
                path=scope["path"][:200],
                status=status,
                duration_ms=round(duration_s * 1000, 1),
                request_id=state["request_id"],
                workspace=state.get("workspace"),
            )
