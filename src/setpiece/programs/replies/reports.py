"""What another tool reports of a person: a mail, a call, a change in the CRM. Pure.

What it becomes is decided by its own words; what means nothing for a program is passed over and said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from setpiece.programs.outcomes.model import OutcomeKind
from setpiece.programs.replies.classify import classify
from setpiece.programs.replies.machines import delivery
from setpiece.programs.replies.model import Mail, ReplyKind
from setpiece.programs.suppressions.model import SuppressionReason


class Family(StrEnum):
    EMAILS = "emails"
    CALLS = "calls"
    CRM = "crm"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported.

    Attributes:
        what: The type of the event, in lower case.
        source_id: What makes it the same when it is reported again.
        senders, recipients: Addresses; for calls and the CRM the person stands among the recipients.
        account_id: Of the CRM, where no address is known.
        campaign_id: A run or a playbook of ours, where the other tool was given its id.
        stage: Of a deal, or how a call ended, in lower case.
        value: Money of a deal.
    """

    family: Family
    what: str
    at: datetime
    source_id: str
    senders: Sequence[str] = ()
    recipients: Sequence[str] = ()
    account_id: str | None = None
    campaign_id: str | None = None
    mail: Mail = field(default_factory=Mail)
    stage: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a report means.

    Attributes:
        people: Whom it is about, by address.
        suppresses: Why they must not be written to again; None when they may be.
    """

    kind: OutcomeKind | None
    because: str
    people: Sequence[str] = ()
    suppresses: SuppressionReason | None = None
    reply: ReplyKind | None = None


_WON = ("won", "closed won", "closedwon", "deal won")
_LOST = ("lost", "closed lost", "closedlost")
_MEETING = (
    "meeting_booked",
    "meeting_scheduled",
    "meeting_created",
    "booked",
    "scheduled",
    "demo_scheduled",
    "meeting",
)
_CALLED = (
    "completed",
    "connected",
    "answered",
    "held",
    "ended",
    "outbound",
    "dialed",
    "voicemail",
    "no_answer",
    "missed",
)
_BY_DISPOSITION = {
    "interested": OutcomeKind.POSITIVE_REPLY,
    "positive": OutcomeKind.POSITIVE_REPLY,
    "neutral": OutcomeKind.NEUTRAL_REPLY,
    "callback": OutcomeKind.NEUTRAL_REPLY,
    "not_interested": OutcomeKind.NEGATIVE_REPLY,
    "negative": OutcomeKind.NEGATIVE_REPLY,
    "do_not_call": OutcomeKind.UNSUBSCRIBED,
    "do_not_contact": OutcomeKind.UNSUBSCRIBED,
}
"""Ours: the contract says nothing of how a call went."""


def meaning_of(report: Report) -> Meaning:
    """What the report means for a program."""
    if report.family is Family.EMAILS:
        return _mail(report)
    people = report.recipients or report.senders
    if report.family is Family.CALLS:
        return _call(report, people)
    if report.family is Family.CRM:
        return _deal(report, people)
    return Meaning(None, "Events of social networks mean nothing for a playbook.")


def _mail(report: Report) -> Meaning:
    to = report.recipients or report.senders
    if report.what == "sent":
        return Meaning(OutcomeKind.TOUCHED, "a mail was sent", report.recipients)
    if report.what == "reply":
        return _reply(report)
    if report.what == "bounced":
        return _bounce(report, [report.mail.about] if report.mail.about else to)
    if report.what == "unsubscribed":
        # Some tools name the mail that was sent, some the one that came back: to leave our own mailbox out as well does no harm,
        # to miss the reader would.
        both = [*report.recipients, *report.senders]
        return Meaning(OutcomeKind.UNSUBSCRIBED, "they unsubscribed", both, SuppressionReason.UNSUBSCRIBED)
    return Meaning(None, "That a mail was opened or a link in it followed is no answer.", to)


def _reply(report: Report) -> Meaning:
    reply = classify(report.mail)
    people: Sequence[str] = report.senders
    if reply.kind in (ReplyKind.BOUNCED, ReplyKind.DELAYED, ReplyKind.COMPLAINED):
        people = [report.mail.about] if report.mail.about else []
    kind = OutcomeKind(reply.outcome) if reply.outcome else None
    return Meaning(kind, reply.because, people, reply.suppresses, reply.kind)


def _bounce(report: Report, people: Sequence[str]) -> Meaning:
    """A tool that says no more than that it bounced is believed, and the address is not used again."""
    reply = delivery(report.mail)
    said = bool(report.mail.text.strip() or report.mail.statuses)
    if said and reply.kind is ReplyKind.DELAYED:
        return Meaning(None, reply.because, people, None, reply.kind)
    reason = reply.suppresses if said else SuppressionReason.BOUNCED
    because = reply.because if said else "it bounced"
    return Meaning(OutcomeKind.BOUNCED, because, people, reason, ReplyKind.BOUNCED)


def _call(report: Report, people: Sequence[str]) -> Meaning:
    disposition = _plain(report.stage)
    if report.what in _MEETING or disposition in _MEETING:
        return Meaning(OutcomeKind.MEETING_BOOKED, "a meeting was booked", people)
    if kind := _BY_DISPOSITION.get(disposition):
        is_stop = kind is OutcomeKind.UNSUBSCRIBED
        return Meaning(
            kind,
            f"the call ended as “{disposition}”",
            people,
            SuppressionReason.ASKED_TO_STOP if is_stop else None,
        )
    if report.what in _CALLED:
        return Meaning(OutcomeKind.TOUCHED, "a call was made", people)
    return Meaning(None, f"“{report.what[:60]}” of a call means nothing for a playbook.", people)


def _deal(report: Report, people: Sequence[str]) -> Meaning:
    what, stage = _plain(report.what), _plain(report.stage).replace("_", " ")
    if what in _MEETING:
        return Meaning(OutcomeKind.MEETING_BOOKED, "a meeting was booked", people)
    if what == "deal_won" or (what == "deal_stage_change" and stage in _WON):
        return Meaning(OutcomeKind.DEAL_WON, "a deal was won", people)
    lost = what == "deal_lost" or stage in _LOST
    said = "A deal that is lost" if lost else f"“{report.what[:60]}” of a deal"
    return Meaning(None, f"{said} is no outcome that a playbook counts.", people)


def _plain(text: str) -> str:
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())
