"""`/v1/credits`: credits are counted and never enforced."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import INSTANT, INTEGER, Schema, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.rates import CREDITS
from setpiece.jobs.credits import JournalEntry, list_journal, read_balance
from setpiece.jobs.feedback import KINDS
from setpiece.jobs.model import Job, Reservation
from setpiece.jobs.queue import get_job
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.kernel.pages import Window
from setpiece.workspaces.model import Permission

_JOB_PREFIX, _ENTRY_PREFIX = "job", "txn"
_TAG = "Reports: credits"
_TYPES = (
    "PURCHASE",
    "SUBSCRIPTION_GRANT",
    "PROMO_GRANT",
    "USAGE",
    "REFUND",
    "FEEDBACK_DISCOUNT",
    "ADJUSTMENT",
    "EXPIRATION",
)
"""Of the contract. Those that are written here are `USAGE` and `FEEDBACK_DISCOUNT`: the quota is a setting, nobody buys it."""
_USAGE: dict[str, Schema] = {
    "creditsUsed": INTEGER,
    "creditsNetUsed": INTEGER,
    "creditsDiscounted": INTEGER,
    "durationMs": INTEGER,
}
USAGE = obj("creditsUsed creditsNetUsed", **_USAGE)
CREDITS_OF_JOB = obj(
    "*",
    reservedCredits=maybe(INTEGER),
    reservationStatus=maybe(string("active", enum=[*Reservation])),
)
_TRANSACTION = obj(
    "*",
    id=string("txn_0AbCdEfGhIjKlMnOpQrStU"),
    type=string("USAGE", enum=[*_TYPES]),
    amount={"type": "integer", "example": -10, "description": "Below zero what was used, above it what was given back"},
    createdAt=INSTANT,
    effectiveAt=INSTANT,
    expiresAt=maybe(INSTANT),
    jobId=maybe(string("job_0AbCdEfGhIjKlMnOpQrStU")),
)  # fmt: skip


class TransactionsQuery(BaseModel):
    limit: int = Field(50, ge=1, le=100, description="How many at most")
    offset: int = Field(0, ge=0, le=1_000_000_000, description="How many newer ones are left out")


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/credits/balance", balance, Permission.READ, "See what is left of the quota", _TAG,
        obj("*", balance=INTEGER, reserved=INTEGER, available=INTEGER), rate=CREDITS,
        description="Credits are counted, and nothing is ever refused for want of them. Jobs under way reserve theirs.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/credits/transactions", transactions, Permission.READ, "See what was counted, newest first", _TAG,
        obj("*", transactions=array(_TRANSACTION), pagination=obj("*", limit=INTEGER, offset=INTEGER, total=INTEGER)),
        query=TransactionsQuery, rate=CREDITS,
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/credits/usage/{jobId}", usage, Permission.READ, "See what a job used", _TAG,
        obj("jobId creditsUsed creditsNetUsed", jobId=string("job_0AbCdEfGhIjKlMnOpQrStU"), **_USAGE), rate=CREDITS,
    )  # fmt: skip


async def balance(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await read_balance(work, call.services.settings.credit_quota)
    return {"balance": found.left, "reserved": found.reserved, "available": found.available}


async def transactions(call: Call[TransactionsQuery, None]) -> dict[str, Any]:
    window = Window(call.query.limit, call.query.offset)
    async with call.bound() as work:
        page = await list_journal(work, window)
    pagination = {"limit": window.limit, "offset": window.offset, "total": page.total}
    return {"transactions": [_transaction(one) for one in page.items], "pagination": pagination}


async def usage(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        job = await get_job(work, call.path["jobId"], *KINDS, called="job")
    return {"jobId": show(_JOB_PREFIX, job.id)} | usage_of(job)


def usage_of(job: Job) -> dict[str, Any]:
    """`usage` of a job: nothing as long as it has not succeeded; no duration before its end."""
    counted, begun, ended = job.credits, job.started_at, job.finished_at
    shown = {
        "creditsUsed": counted.used if counted else 0,
        "creditsNetUsed": counted.net_used if counted else 0,
        "creditsDiscounted": counted.discounted if counted else 0,
    }
    if begun and ended:
        shown["durationMs"] = max(0, round((ended - begun).total_seconds() * 1000))
    return shown


def credits_of(job: Job) -> dict[str, Any]:
    """What a job shows of its reservation: `credits` with both keys, and `releasedCredits` once they were released."""
    counted = job.credits
    shown: dict[str, Any] = {
        "credits": {
            "reservedCredits": counted.reserved if counted else None,
            "reservationStatus": counted.state if counted else None,
        }
    }
    return shown | ({"releasedCredits": counted.released} if counted and counted.released else {})


def _transaction(entry: JournalEntry) -> dict[str, Any]:
    at = show_instant(entry.created_at)
    return {
        "id": show(_ENTRY_PREFIX, entry.id),
        "type": entry.type,
        "amount": entry.amount,
        "createdAt": at,
        "effectiveAt": at,
        "expiresAt": None,
        "jobId": show(_JOB_PREFIX, entry.job_id) if entry.job_id else None,
    }
