"""`/api/v2/analytics/webhook/receive?connectionOId=`: events of a tool that has one address for all of them, in whatever form.

Here no tool has to be connected first. What has the form of one of the generic events is taken as that; whatever else arrives is
accepted, counts for nothing, and the answer says so.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel, Field

from setpiece.api.body import parse_object, read_bytes
from setpiece.api.gtm.analytics import (
    ANSWER,
    BODIES,
    KEY,
    PATH,
    RECEIVED,
    TAG,
    MailEventType,
    WebhookEvent,
    show_received,
)
from setpiece.api.gtm.answers import array, obj
from setpiece.api.gtm.envelope import meta
from setpiece.api.gtm.lenient import given
from setpiece.api.operation import Call, Operation, validate
from setpiece.kernel.errors import Invalid
from setpiece.programs.replies.receiving import receive
from setpiece.programs.replies.reports import Family, Meaning, Report, meaning_of
from setpiece.workspaces.model import Permission

MOST_EVENTS = 100
"""In one request: HubSpot, which sends many at once, sends no more."""
_MAILS = get_args(MailEventType)
_MARKS = {Family.CALLS: ("participants", "disposition"), Family.CRM: ("contact", "stage", "amount")}
_UNKNOWN = "Its form is none that is known here; send it as one of …/webhook/receive/generic/emails, calls or crm is described."


_ANSWER = ANSWER | {
    "properties": ANSWER["properties"]
    | {"additionalData": {"anyOf": [RECEIVED, obj("*", events=array(RECEIVED))]}}
}


class ConnectionQuery(BaseModel):
    connectionOId: str = Field(
        min_length=1,
        max_length=255,
        description="A run or a playbook, to which the events then belong; or whatever the tool calls its connection",
        examples=["run_0AbCdEfGhIjKlMnOpQrStU"],
    )


def operations() -> Iterator[Operation]:
    anything: dict[str, Any] = {
        "anyOf": [{"type": "object"}, array({"type": "object"}) | {"maxItems": MOST_EVENTS}]
    }
    yield Operation(
        "POST", PATH, take, Permission.WRITE, "Report events of a tool, whatever they are", TAG, _ANSWER, query=ConnectionQuery,
        streamed_body={"application/json": anything}, is_key_in_query=True,
        description=f"One event, or a list of up to {MOST_EVENTS}, then answered as `additionalData.events`. What has the form of `generic/emails`, `calls` or `crm` is "
        "taken as that; anything else is received and counts for nothing." + KEY,
    )  # fmt: skip


async def take(call: Call[ConnectionQuery, None]) -> dict[str, Any]:
    events, is_list = _events(await read_bytes(call.request, call.services.settings.max_body_bytes))
    # In a thread: the first mail that is judged loads five languages, and a long one takes its time.
    told = await asyncio.to_thread(lambda: [_understood(one, call.query.connectionOId) for one in events])
    shown = [await _received(call, report, meaning) for report, meaning in told]
    return {
        "_metadata": meta(call),
        "received": True,
        "connection": {
            "providerName": "generic",
            "shouldProcess": any(meaning.kind for _, meaning in told),
            "connectionMethod": "webhook",
        },
        "additionalData": {"events": shown} if is_list else shown[0],
    }


async def _received(call: Call[Any, Any], report: Report | None, meaning: Meaning) -> dict[str, Any]:
    """Each in a transaction of its own: together they could wait for each other's programs in two orders."""
    if report is None:
        call.warnings.append(meaning.because)
        return {"outcome": None, "reply": None, "because": meaning.because, "recorded": [], "suppressed": []}
    async with call.transaction() as work:
        return show_received(call, await receive(work, report, meaning))


def _events(body: bytes) -> tuple[list[dict[str, Any]], bool]:
    """The events in a body, and whether it was a list of them. Raises Invalid for what is neither."""
    if not body.lstrip().startswith(b"["):
        return [parse_object(body)], False
    found = parse_object(b'{"events":' + body + b"}")["events"]
    if not 1 <= len(found) <= MOST_EVENTS or not all(isinstance(one, dict) for one in found):
        raise Invalid(f"A list must have 1 to {MOST_EVENTS} events, each an object.", code="invalid_events")
    return found, True


def _understood(content: Mapping[str, Any], connection: str) -> tuple[Report | None, Meaning]:
    family = family_of(content)
    if family is None:
        return None, Meaning(None, _UNKNOWN)
    try:
        event: WebhookEvent = validate(BODIES[family][0], given(content), [])
    except Invalid as problem:
        return None, Meaning(None, f"As an event of {family} it cannot be read: {problem.message}")
    report = event.report()
    report = replace(report, campaign_id=report.campaign_id or connection)
    return report, meaning_of(report)


def family_of(content: Mapping[str, Any]) -> Family | None:
    """Which of the generic forms an event has; None when it has none."""
    what = content.get("eventType")
    if not isinstance(what, str):
        return None
    if what.strip().lower() in _MAILS:
        return Family.EMAILS
    marked = (family for family, names in _MARKS.items() if any(name in content for name in names))
    return next(marked, Family.CRM if what.strip().lower().startswith(("deal", "meeting")) else None)
