"""`GET /v1/credits/balance`: credits are counted and never enforced."""

from collections.abc import Iterator
from typing import Any

from setpiece.api.gtm.answers import INTEGER, obj
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.rates import CREDITS
from setpiece.workspaces import service
from setpiece.workspaces.model import Permission


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/credits/balance", balance, Permission.READ, "See what is left of the quota", "Reports: credits",
        obj("*", balance=INTEGER, reserved=INTEGER, available=INTEGER), rate=CREDITS,
        description="Credits are counted, and nothing is ever refused for want of them, so none are reserved.",
    )  # fmt: skip


async def balance(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        workspace = await service.describe_workspace(work)
    left = max(0, call.services.settings.credit_quota - workspace.credits_used)
    return {"balance": left, "reserved": 0, "available": left}
