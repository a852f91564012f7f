"""`GET /v1/health/ping`: the one operation that needs no key."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, obj
from setpiece.api.operation import Operation
from setpiece.kernel.clock import show_instant


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/health/ping", ping, None, "Ask whether the API answers", "Reports: health",
        obj("*", ok=BOOLEAN, time=INSTANT),
    )  # fmt: skip


async def ping(request: Request) -> dict[str, Any]:
    return {"ok": True, "time": show_instant(request.app.state.services.now())}
