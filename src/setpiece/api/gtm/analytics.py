"""`/api/v2/analytics/webhook/receive/generic/…`: what other tools report of mails, calls and deals becomes outcomes of runs."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from setpiece.api.body import parse_object, read_bytes
from setpiece.api.gtm.answers import BOOLEAN, INSTANT, META, Schema, array, maybe, obj, string
from setpiece.api.gtm.envelope import meta
from setpiece.api.gtm.lenient import given
from setpiece.api.gtm.revisions import Instant
from setpiece.api.operation import Call, Operation, validate
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX
from setpiece.programs.replies.model import Mail
from setpiece.programs.replies.raw_mail import read_mail
from setpiece.programs.replies.receiving import Received, receive
from setpiece.programs.replies.reports import Family, Report, meaning_of
from setpiece.workspaces.model import Permission

_TAG = "Events from other tools"
_PATH = "/api/v2/analytics/webhook/receive/generic/{eventType}"
_ALSO = "/api/v2/analytics/webhook/receive/generic/generic/{eventType}"
_MOST_PEOPLE = 200
_LONGEST_TEXT = 2_000_000  # characters of a mail's text; it is read up to a bound that is far below
_EMAIL_EVENTS = ("sent", "reply", "opened", "clicked", "bounced", "unsubscribed")


def _lowered(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _as_person(value: object) -> object:
    """Some tools send the bare address."""
    return {"email": value} if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


Id = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]


class WebhookPerson(BaseModel):
    email: str = Field("", max_length=1000)
    name: str = Field("", max_length=1000)


Person = Annotated[WebhookPerson, BeforeValidator(_as_person)]
People = Annotated[list[Person], BeforeValidator(_as_list), Field(max_length=_MOST_PEOPLE)]


class WebhookEvent(BaseModel):
    """What the families have in common."""

    eventTimestamp: Instant
    eventType: Annotated[str, BeforeValidator(_lowered), StringConstraints(min_length=1, max_length=100)]
    eventId: Id | None = None
    campaignId: Id | None = None
    to: People = Field(default_factory=list)
    email: str = Field("", max_length=1000)

    @property
    def addresses(self) -> list[str]:
        return [one.email for one in self.to if one.email] or ([self.email] if self.email else [])


class MailText(BaseModel):
    text: str = Field("", max_length=_LONGEST_TEXT)
    html: str = Field("", max_length=_LONGEST_TEXT)


class EmailEvent(WebhookEvent):
    eventType: Annotated[
        Literal["sent", "reply", "opened", "clicked", "bounced", "unsubscribed"], BeforeValidator(_lowered)
    ]
    subject: str = Field("", max_length=10_000)
    body: Annotated[MailText, BeforeValidator(lambda one: {"text": one} if isinstance(one, str) else one)] = (
        Field(default_factory=MailText)
    )
    sender: Person = Field(default_factory=WebhookPerson, alias="from")
    conversationId: Id | None = None
    headers: dict[str, str] = Field(default_factory=dict, max_length=500)
    raw: str = Field("", max_length=_LONGEST_TEXT)


class CallEvent(WebhookEvent):
    participants: People = Field(default_factory=list)
    disposition: str = Field("", max_length=200)
    accountId: Id | None = None


class CrmEvent(WebhookEvent):
    contact: Person = Field(default_factory=WebhookPerson)
    accountId: Id | None = None
    stage: str = Field("", max_length=200)
    amount: float | None = Field(None, ge=0, le=1e12)


_PERSON = obj("email", email=string("robin@acme.example"), name=string("Robin Example"))
_SHARED: dict[str, Schema] = {
    "eventTimestamp": INSTANT,
    "campaignId": string(
        "run_0AbCdEfGhIjKlMnOpQrStU",
        description="The id of a run or a playbook, where the other tool was given it; else the person tells which run it is",
    ),
    "eventId": string(
        "evt_1",
        description="Ours. The same again changes nothing; without it, the same content is the same event",
    ),
}
_EMAIL_BODY = obj(
    "eventTimestamp eventType subject",
    **_SHARED,
    eventType=string("reply", enum=list(_EMAIL_EVENTS)),
    subject=string("Re: Quick question"),
    body=obj("", text=string("Sounds good, does Tuesday suit you?"), html=string()),
    to=array(_PERSON),
    conversationId=string("thread_1"),
    headers={
        "type": "object",
        "additionalProperties": string(),
        "description": "Ours. Headers of the mail: they tell an automatic answer",
    },
    raw=string(
        description="Ours. The mail as it travelled, instead of `body` and `headers`: also tells a bounce by its status"
    ),
    **{"from": _PERSON},
)
_CALL_BODY = obj(
    "eventTimestamp eventType", **_SHARED, eventType=string("completed"), participants=array(_PERSON), accountId=string("acct_17"),
    disposition=string("interested", description="Ours. How it ended: `meeting_booked`, `interested`, `not_interested`, `do_not_call`"),
)  # fmt: skip
_CRM_BODY = obj(
    "eventTimestamp eventType", **_SHARED, eventType=string("DEAL_WON"), contact=_PERSON, accountId=string("acct_17"),
    stage=string("closed won"), amount={"type": "number", "example": 24000},
)  # fmt: skip
_ANSWER = obj(
    "*",
    _metadata=META,
    received=BOOLEAN,
    connection=obj(
        "*",
        providerName=string("generic"),
        shouldProcess=BOOLEAN | {"description": "Whether it means something for a playbook"},
        connectionMethod=string("webhook"),
    ),
    additionalData=obj(
        "*",
        outcome=maybe(string("positive_reply", description="What it is recorded as; null: it counts for nothing")),
        reply=maybe(string("positive", description="What the mail was taken for")),
        because=string("en: “sounds good”"),
        recorded=array(obj("*", playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"), runId=string("run_0AbCdEfGhIjKlMnOpQrStU"), isNew=BOOLEAN)),
        suppressed=array(string()) | {"description": "Who will not be contacted again because of it"},
    ),
)  # fmt: skip


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", _PATH, take, Permission.WRITE, "Report a mail, a call or a deal", _TAG, _ANSWER, also_at=[("POST", _ALSO)],
        is_key_in_query=True,
        streamed_body={"application/json": {"anyOf": [_EMAIL_BODY, _CALL_BODY, _CRM_BODY]}},
        description="`eventType` in the path is `emails`, `calls` or `crm`; `social` is accepted and counts for nothing. The key may stand in the "
        "query as `api_key` for tools that can send no header; it is not logged. A reply is told apart (automatic, bounced, asked to stop, angry, "
        "positive, neutral, …) and becomes an outcome of the run in which the person was contacted last; who asks to be left alone is "
        "suppressed. What was written is not kept.",
    )  # fmt: skip


async def take(call: Call[None, None]) -> dict[str, Any]:
    content = given(parse_object(await read_bytes(call.request, call.services.settings.max_body_bytes)))
    report = _report(_family(call.path["eventType"]), content, call.warnings)
    # In a thread: the first mail that is judged loads five languages, and a long one takes its time.
    meaning = await asyncio.to_thread(meaning_of, report)
    async with call.transaction() as work:
        return _answer(call, await receive(work, report, meaning))


def _family(name: str) -> Family:
    try:
        return Family(name.lower())
    except ValueError:
        raise Invalid(f"'eventType' in the path must be one of {', '.join(Family)}.") from None


def _report(family: Family, content: dict[str, Any], warnings: list[str]) -> Report:
    return _READERS[family](content, warnings)


def _read_mail(content: dict[str, Any], warnings: list[str]) -> Report:
    event = validate(EmailEvent, content, warnings)
    headers = {name.lower()[:200]: value for name, value in event.headers.items()}
    mail = Mail(event.body.text, event.body.html, event.subject, event.sender.email, headers)
    if event.raw:
        mail = read_mail(event.raw.encode("utf-8", "surrogateescape"))
    senders = [event.sender.email or mail.sender]
    return Report(
        Family.EMAILS, event.eventType, event.eventTimestamp, _source_id(event, content), senders, event.addresses,
        campaign_id=event.campaignId, mail=mail,
    )  # fmt: skip


def _read_call(content: dict[str, Any], warnings: list[str]) -> Report:
    event = validate(CallEvent, content, warnings)
    people = [one.email for one in event.participants if one.email] or event.addresses
    return _of_person(Family.CALLS, event, content, people, event.accountId, event.disposition, None)


def _read_deal(content: dict[str, Any], warnings: list[str]) -> Report:
    event = validate(CrmEvent, content, warnings)
    people = [event.contact.email] if event.contact.email else event.addresses
    return _of_person(Family.CRM, event, content, people, event.accountId, event.stage, event.amount)


def _read_social(content: dict[str, Any], warnings: list[str]) -> Report:
    event = validate(WebhookEvent, content, warnings)
    return _of_person(Family.SOCIAL, event, content, event.addresses, None, "", None)


def _of_person(
    family: Family,
    event: WebhookEvent,
    content: Mapping[str, Any],
    people: Sequence[str],
    account_id: str | None,
    stage: str,
    value: float | None,
) -> Report:
    return Report(
        family, event.eventType, event.eventTimestamp, _source_id(event, content), (), people, account_id,
        event.campaignId, stage=stage, value=value,
    )  # fmt: skip


_READERS: Mapping[Family, Callable[[dict[str, Any], list[str]], Report]] = {
    Family.EMAILS: _read_mail,
    Family.CALLS: _read_call,
    Family.CRM: _read_deal,
    Family.SOCIAL: _read_social,
}


def _source_id(event: WebhookEvent, content: Mapping[str, Any]) -> str:
    """Of an event without an id, the same content is the same event."""
    if event.eventId:
        return f"webhook:{event.eventId}"[:240]
    return f"webhook:sha256:{hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()}"


def _answer(call: Call[None, None], received: Received) -> dict[str, Any]:
    meaning = received.meaning
    if meaning.kind and not received.recorded:
        call.warnings.append(
            "Nobody in it was contacted by a run of this workspace; no outcome was recorded."
        )
    return {
        "_metadata": meta(call),
        "received": True,
        "connection": {
            "providerName": "generic",
            "shouldProcess": meaning.kind is not None,
            "connectionMethod": "webhook",
        },
        "additionalData": {
            "outcome": meaning.kind,
            "reply": meaning.reply,
            "because": meaning.because,
            "recorded": [
                {
                    "playbookId": show(PROGRAM_PREFIX, one.program_id),
                    "runId": show(RUN_PREFIX, one.run_id),
                    "isNew": one.is_new,
                }
                for one in received.recorded
            ],
            "suppressed": sorted(received.suppressed),
        },
    }
