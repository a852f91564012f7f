"""An executed run, its messages, and what may keep them from going out. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

MESSAGE_PREFIX, EXPORT_PREFIX = "pm", "pex"


class Channel(StrEnum):
    """How approved messages go out."""

    EXPORT = "export"
    WEBHOOK = "webhook"
    SMTP = "smtp"


class Approval(StrEnum):
    REQUIRED = "required"
    AUTO = "auto"


class OptOut(StrEnum):
    """Whether each mail says how to get no more of them: in a line at its end, or elsewhere in what somebody wrote."""

    LINE = "line"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run was asked for.

    Attributes:
        endpoint_id: The webhook endpoint that messages are handed to, by its UUID.
        reply_to: Where answers to mail go, when not to the sender.
        follow_up_days: After how many days from the first mail the second goes, and so on; what is written beyond is not sent.
        daily_cap: Messages of the program that go out in a day (UTC), over all its runs.
        budget: Credits that preparing may use.
        min_score: Leads that qualify with less are not written to.
        agent: A saved sequence agent, in its outside form.
        brief: Fields of the sequence agent's request that are the same for every lead: what the program says of the messages.
    """

    channel: Channel = Channel.EXPORT
    approval: Approval = Approval.REQUIRED
    endpoint_id: str | None = None
    reply_to: str | None = None
    follow_up_days: tuple[int, ...] = (3, 7)
    daily_cap: int | None = None
    budget: int | None = None
    min_score: float | None = None
    agent: str | None = None
    brief: Mapping[str, Any] = field(default_factory=dict)
    opt_out: OptOut = OptOut.LINE


class MessageState(StrEnum):
    """How far a lead of a run has come. What is not in `OPEN` stays as it is, unless a person says otherwise."""

    DRAWN = "drawn"
    UNQUALIFIED = "unqualified"
    NOT_WRITTEN = "not_written"
    WAITING = "awaiting_approval"
    REJECTED = "rejected"
    APPROVED = "approved"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    EXPORTED = "exported"
    SUPPRESSED = "suppressed"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


OPEN = (MessageState.DRAWN, MessageState.WAITING, MessageState.APPROVED, MessageState.UNCERTAIN)
"""Something is still to be done by somebody: what is uncertain waits for a person."""


@dataclass(frozen=True, slots=True)
class Email:
    """One email of a sequence, as text."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Message:
    """A lead of a run, and what is written to them.

    Attributes:
        position: In the order of the draw.
        variant: The name of the variant that the lead got, where several share the leads.
        told: What its messages are told to be like.
        person: Fields of the sequence agent's request, those that are known.
        chosen: Names of what the sequence agent chose, and how sure it was.
        score: Of the qualification, 1 to 10; None when nothing could be scored.
        reason: A sentence, where the state needs one.
        request_id: Of the sequence agent's run, which shows how it chose.
        step: Emails that have gone.
        due_at: When the next one goes; None when it waits for nothing but its turn, or none is left.
    """

    id: UUID
    run_id: UUID
    lead_id: UUID
    account_key: str
    position: int
    state: MessageState
    variant: str | None
    told: str | None
    person: Mapping[str, str]
    emails: Sequence[Email]
    chosen: Mapping[str, str]
    score: float | None
    reason: str | None
    request_id: str
    step: int
    due_at: datetime | None
    decided_by: str | None
    updated_at: datetime

    @property
    def address(self) -> str:
        return self.person.get("email", "")


@dataclass(frozen=True, slots=True)
class Execution:
    """An executed run as it stands.

    Attributes:
        is_drawn: Its leads are there.
        spent: Credits used so far.
        paused_by: Who paused it; None while it is not paused.
    """

    run_id: UUID
    program_id: UUID
    plan: Plan
    is_drawn: bool
    spent: int
    drawn: Mapping[str, Any]
    paused_by: str | None
    paused_at: datetime | None


class Hold(StrEnum):
    """What keeps a run from going on."""

    ENDED = "run_ended"
    PAUSED = "run_paused"
    WORKSPACE_SWITCH = "workspace_kill_switch"
    PROGRAM_SWITCH = "playbook_kill_switch"
    PROGRAM_GONE = "playbook_deleted"
    NOT_ACTIVE = "playbook_not_active"
    EPOCH_OVER = "epoch_over"
    BUDGET = "budget_used_up"
    DAILY_CAP = "daily_cap_reached"
    NO_MAIL_SERVER = "no_mail_server"
    NO_RECEIVER = "no_receiver"


SENTENCES: Mapping[Hold, str] = {
    Hold.ENDED: "The run has ended.",
    Hold.PAUSED: "The run is paused; resume it.",
    Hold.WORKSPACE_SWITCH: "The kill switch of the workspace is on.",
    Hold.PROGRAM_SWITCH: "The kill switch of the playbook is on.",
    Hold.PROGRAM_GONE: "The playbook was deleted.",
    Hold.NOT_ACTIVE: "The playbook is not active; nothing goes out before its status is 'active'.",
    Hold.EPOCH_OVER: "The playbook tests something else by now; what was written for what it tested before stays here. Start another run.",
    Hold.BUDGET: "The budget is used up; the leads that are left stay as they are. Start another run for more.",
    Hold.DAILY_CAP: "The daily cap is reached; the rest goes out from midnight UTC on.",
    Hold.NO_MAIL_SERVER: "This installation has no mail server; set SETPIECE_SMTP_URL and SETPIECE_SMTP_FROM.",
    Hold.NO_RECEIVER: "The webhook endpoint is gone or switched off; switch it on.",
}


@dataclass(frozen=True, slots=True)
class Switches:
    """Which kill switches are on."""

    workspace: bool = False
    program: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """All that decides whether a run may go on, as of one moment.

    Attributes:
        is_running: The run has not ended.
        is_there: The program was not deleted.
        is_active: The program's status is `active`.
        is_same_epoch: The program tests what it tested when the run began.
        sent_today: Messages of the program that went out since midnight UTC, or may have.
        has_mail: There is a mail server.
        has_receiver: The webhook endpoint of the plan is there and switched on.
    """

    execution: Execution
    switches: Switches = field(default_factory=Switches)
    is_running: bool = True
    is_there: bool = True
    is_active: bool = True
    is_same_epoch: bool = True
    sent_today: int = 0
    has_mail: bool = True
    has_receiver: bool = True

    @property
    def left_today(self) -> int | None:
        """Messages that may still go out today; None without a cap."""
        cap = self.execution.plan.daily_cap
        return None if cap is None else max(0, cap - self.sent_today)

    def holds_preparing(self, cost: int) -> list[Hold]:
        """What keeps leads from being written to, when the next one costs `cost` credits."""
        budget = self.execution.plan.budget
        over = budget is not None and self.execution.spent + cost > budget
        return [*self._always(), *([Hold.BUDGET] if over else [])]

    def holds_sending(self) -> list[Hold]:
        """What keeps approved messages from going out."""
        found = {
            Hold.NOT_ACTIVE: self.is_there and not self.is_active,
            Hold.EPOCH_OVER: not self.is_same_epoch,
            Hold.DAILY_CAP: self.left_today == 0,
            Hold.NO_MAIL_SERVER: self.execution.plan.channel is Channel.SMTP and not self.has_mail,
            Hold.NO_RECEIVER: self.execution.plan.channel is Channel.WEBHOOK and not self.has_receiver,
        }
        return [*self._always(), *(hold for hold, holds in found.items() if holds)]

    def _always(self) -> list[Hold]:
        found = {
            Hold.ENDED: not self.is_running,
            Hold.PAUSED: self.execution.paused_at is not None,
            Hold.WORKSPACE_SWITCH: self.switches.workspace,
            Hold.PROGRAM_SWITCH: self.switches.program,
            Hold.PROGRAM_GONE: not self.is_there,
        }
        return [hold for hold, holds in found.items() if holds]


def day_of(at: datetime) -> datetime:
    """The midnight, in UTC, that a daily cap counts from."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def next_day(at: datetime) -> datetime:
    return day_of(at) + timedelta(days=1)


def due_after(plan: Plan, first_at: datetime, gone: int, written: int) -> datetime | None:
    """When the next email of a sequence goes, after `gone` of `written` have; None when that was the last."""
    if gone >= written or gone > len(plan.follow_up_days):
        return None
    return first_at + timedelta(days=plan.follow_up_days[gone - 1])


RETRY_WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""Before a mail that was certainly not taken is tried again: greylisting lets through after minutes, a full mailbox after hours."""


def retry_at(at: datetime, tries: int) -> datetime | None:
    """When a mail is tried again after `tries` times; None when it is given up."""
    return at + RETRY_WAITS[tries - 1] if tries <= len(RETRY_WAITS) else None
