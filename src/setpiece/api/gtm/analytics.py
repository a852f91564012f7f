"""`/api/v2/analytics/webhook/receive/generic/…`: what other tools report of mails, calls and deals becomes outcomes of runs."""

import asyncio
import hashlib
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from setpiece.api.gtm.answers import BOOLEAN, META, array, maybe, obj, string
from setpiece.api.gtm.envelope import meta
from setpiece.api.gtm.lenient import given
from setpiece.api.gtm.revisions import Instant
from setpiece.api.operation import Call, Operation
from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX
from setpiece.programs.replies.model import Mail
from setpiece.programs.replies.raw_mail import address_of, read_mail
from setpiece.programs.replies.receiving import Received, receive
from setpiece.programs.replies.reports import Family, Meaning, Report, meaning_of
from setpiece.workspaces.model import Permission

TAG = "Events from other tools"
PATH = "/api/v2/analytics/webhook/receive"
"""Of all reports; `generic/…` of those in the forms below."""
_MOST_PEOPLE = 200
_LONGEST_TEXT = 2_000_000  # characters of a mail's text; it is read up to a bound that is far below
_LONGEST_SOURCE = 240  # characters; outcomes keep 255, and a place among several people is added


def _lowered(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _as_person(value: object) -> object:
    """Some tools send the bare address."""
    return {"email": value} if isinstance(value, str) else value


def _as_text(value: object) -> object:
    """Some tools send the bare text."""
    return {"text": value} if isinstance(value, str) else value


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

    eventTimestamp: Instant = Field(description="When it happened", examples=["2026-01-06T10:30:00.000Z"])
    eventType: Annotated[str, BeforeValidator(_lowered), StringConstraints(min_length=1, max_length=100)] = (
        Field(description="What happened", examples=["completed"])
    )
    eventId: Id | None = Field(
        None,
        description="Ours. The same again changes nothing; without it, the same content is the same event",
        examples=["evt_1"],
    )
    campaignId: Id | None = Field(
        None,
        description="The id of a run or a playbook, where the other tool was given it; else the person tells which run it is",
        examples=["run_0AbCdEfGhIjKlMnOpQrStU"],
    )
    to: People = Field(default_factory=list, description="Whom it went to")
    email: str = Field(
        "", max_length=1000, description="The same, of one person", examples=["robin@acme.example"]
    )

    @property
    def addresses(self) -> list[str]:
        return [one.email for one in self.to if one.email] or ([self.email] if self.email else [])

    @property
    def source_id(self) -> str:
        """Of an event without an id, the same content is the same event."""
        if self.eventId:
            return f"webhook:{self.eventId}"[:_LONGEST_SOURCE]
        return f"webhook:sha256:{hashlib.sha256(self.model_dump_json().encode()).hexdigest()}"

    @abstractmethod
    def report(self) -> Report:
        """What it says, in the words of the product."""


class MailText(BaseModel):
    text: str = Field("", max_length=_LONGEST_TEXT, examples=["Sounds good, does Tuesday suit you?"])
    html: str = Field("", max_length=_LONGEST_TEXT)


MailEventType = Literal["sent", "reply", "opened", "clicked", "bounced", "unsubscribed"]


class EmailEvent(WebhookEvent):
    eventType: Annotated[MailEventType, BeforeValidator(_lowered)] = Field(
        description="What happened", examples=["reply"]
    )
    subject: str = Field("", max_length=10_000, examples=["Re: Quick question"])
    body: Annotated[MailText, BeforeValidator(_as_text)] = Field(default_factory=MailText)
    sender: Person = Field(default_factory=WebhookPerson, alias="from")
    conversationId: Id | None = None
    headers: dict[str, str] = Field(
        default_factory=dict,
        max_length=500,
        description="Ours. Headers of the mail: they tell an automatic answer",
        examples=[{"Auto-Submitted": "no"}],
    )
    raw: str = Field(
        "",
        max_length=_LONGEST_TEXT,
        description="Ours. The mail as it travelled, instead of `body` and `headers`: also tells a bounce by its status",
        examples=[""],
    )

    def report(self) -> Report:
        headers = {name.lower()[:200]: value for name, value in self.headers.items()}
        mail = Mail(self.body.text, self.body.html, self.subject, self.sender.email, headers)
        if self.raw:
            mail = read_mail(self.raw.encode("utf-8", "surrogateescape"))
        senders = [address_of(self.sender.email or mail.sender)]
        return Report(
            Family.EMAILS, self.eventType, self.eventTimestamp, self.source_id, senders, self.addresses,
            campaign_id=self.campaignId, mail=mail,
        )  # fmt: skip


class CallEvent(WebhookEvent):
    participants: People = Field(default_factory=list, description="Whom the call was with")
    disposition: str = Field(
        "",
        max_length=200,
        description="Ours. How it ended: `meeting_booked`, `interested`, `not_interested`, `do_not_call`",
        examples=["interested"],
    )
    accountId: Id | None = Field(None, description="Ours. The company, where no address is known")

    def report(self) -> Report:
        people = [one.email for one in self.participants if one.email] or self.addresses
        return Report(
            Family.CALLS, self.eventType, self.eventTimestamp, self.source_id, (), people, self.accountId, self.campaignId,
            stage=self.disposition,
        )  # fmt: skip


class CrmEvent(WebhookEvent):
    contact: Person = Field(default_factory=WebhookPerson)
    accountId: Id | None = Field(None, description="Ours. The company, where no address is known")
    stage: str = Field("", max_length=200, examples=["closed won"])
    amount: float | None = Field(None, ge=0, le=1e12, examples=[24000])

    def report(self) -> Report:
        people = [self.contact.email] if self.contact.email else self.addresses
        return Report(
            Family.CRM, self.eventType, self.eventTimestamp, self.source_id, (), people, self.accountId, self.campaignId,
            stage=self.stage, value=self.amount,
        )  # fmt: skip


class SocialEvent(WebhookEvent):
    def report(self) -> Report:
        return Report(Family.SOCIAL, self.eventType, self.eventTimestamp, self.source_id, (), self.addresses)


RECEIVED = obj(
    "*",
    outcome=maybe(string("positive_reply", description="What it is recorded as; null: it counts for nothing")),
    reply=maybe(string("positive", description="What the mail was taken for")),
    because=string("en: “sounds good”"),
    recorded=array(obj("*", playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"), runId=string("run_0AbCdEfGhIjKlMnOpQrStU"), isNew=BOOLEAN,
        sourceEventId=string("webhook:evt_1", description="By which it can be corrected"))),
    suppressed=array(string()) | {"description": "Who will not be contacted again because of it"},
)  # fmt: skip
ANSWER = obj(
    "*",
    _metadata=META,
    received=BOOLEAN,
    connection=obj(
        "*",
        providerName=string("generic"),
        shouldProcess=BOOLEAN | {"description": "Whether it means something for a playbook"},
        connectionMethod=string("webhook"),
    ),
    additionalData=RECEIVED,
)  # fmt: skip


BODIES: Mapping[Family, tuple[type[WebhookEvent], str, str]] = {
    Family.EMAILS: (
        EmailEvent,
        "Report a mail that was sent, answered or came back",
        ("A reply is told apart (automatic, bounced, asked to stop, angry, positive, neutral, …) and becomes an outcome of the run in which the "
        "person was contacted last; who asks to be left alone is suppressed. What was written is not kept."),
    ),
    Family.CALLS: (CallEvent, "Report a call", "A call is a touch; `disposition` says what came of it."),
    Family.CRM: (CrmEvent, "Report a deal or a meeting", "`DEAL_WON`, a stage that is won, and `MEETING_BOOKED` are outcomes."),
    Family.SOCIAL: (SocialEvent, "Report something from a social network", "It is accepted and counts for nothing."),
}  # fmt: skip
KEY = " The key may stand in the query as `api_key` for tools that can send no header; it is not logged."


def operations() -> Iterator[Operation]:
    for family, (body, summary, description) in BODIES.items():
        yield Operation(
            "POST", f"{PATH}/generic/{family}", take, Permission.WRITE, summary, TAG, ANSWER, body=body, lenient=given,
            also_at=[("POST", f"{PATH}/generic/generic/{family}")], is_key_in_query=True, description=description + KEY,
        )  # fmt: skip


async def take(call: Call[None, EmailEvent | CallEvent | CrmEvent | SocialEvent]) -> dict[str, Any]:
    # In a thread: the first mail that is judged loads five languages, and a long one takes its time.
    report, meaning = await asyncio.to_thread(_understood, call.body)
    async with call.transaction() as work:
        received = await receive(work, report, meaning)
    return _answer(call, received)


def _understood(event: EmailEvent | CallEvent | CrmEvent | SocialEvent) -> tuple[Report, Meaning]:
    report = event.report()
    return report, meaning_of(report)


def _answer(call: Call[None, Any], received: Received) -> dict[str, Any]:
    shown = show_received(call, received)  # before `meta`, which tells the warnings
    return {
        "_metadata": meta(call),
        "received": True,
        "connection": {
            "providerName": "generic",
            "shouldProcess": received.meaning.kind is not None,
            "connectionMethod": "webhook",
        },
        "additionalData": shown,
    }


def show_received(call: Call[Any, Any], received: Received) -> dict[str, Any]:
    """What became of a report; that nobody in it is known is a warning."""
    meaning = received.meaning
    if meaning.kind and not received.recorded:
        call.warnings.append(
            "Nobody in it was contacted by a run of this workspace; no outcome was recorded."
        )
    return {
        "outcome": meaning.kind,
        "reply": meaning.reply,
        "because": meaning.because,
        "recorded": [
            {
                "playbookId": show(PROGRAM_PREFIX, one.program_id),
                "runId": show(RUN_PREFIX, one.run_id),
                "isNew": one.is_new,
                "sourceEventId": one.source_id,
            }
            for one in received.recorded
        ],
        "suppressed": sorted(received.suppressed),
    }
