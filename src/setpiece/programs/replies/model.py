"""An answer by mail: what arrives, and what it is taken for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from setpiece.programs.suppressions.model import SuppressionReason


class ReplyKind(StrEnum):
    """What an answer is.

    Only `positive`, `neutral` and `not_now` come from a person who goes on talking. Each has to be earned by words that say so:
    what nobody here can read is `unclear`, and no success.
    """

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NOT_NOW = "not_now"
    NEGATIVE = "negative"
    ASKED_TO_STOP = "asked_to_stop"
    ANGRY = "angry"
    UNCLEAR = "unclear"
    AUTO_REPLY = "auto_reply"
    BOUNCED = "bounced"
    DELAYED = "delayed"
    COMPLAINED = "complained"


SUCCESSES = frozenset({ReplyKind.POSITIVE, ReplyKind.NEUTRAL, ReplyKind.NOT_NOW})
"""Source: playbooks-v1, 3.2: success of `reply_rate` is a positive or neutral human reply."""

OUTCOME_BY_KIND: Mapping[ReplyKind, str] = {
    ReplyKind.POSITIVE: "positive_reply",
    ReplyKind.NEUTRAL: "neutral_reply",
    ReplyKind.NOT_NOW: "neutral_reply",
    ReplyKind.NEGATIVE: "negative_reply",
    ReplyKind.ANGRY: "negative_reply",
    ReplyKind.ASKED_TO_STOP: "unsubscribed",
    ReplyKind.AUTO_REPLY: "auto_reply",
    ReplyKind.BOUNCED: "bounced",
    ReplyKind.COMPLAINED: "complained",
}
"""The outcome that an answer becomes. What is unclear or only delayed becomes none."""

REASON_BY_KIND: Mapping[ReplyKind, SuppressionReason] = {
    ReplyKind.ANGRY: SuppressionReason.ANGRY,
    ReplyKind.ASKED_TO_STOP: SuppressionReason.ASKED_TO_STOP,
    ReplyKind.COMPLAINED: SuppressionReason.COMPLAINED,
}


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as far as it is known; a webhook often gives no more than a text.

    Attributes:
        headers: By lower-case name.
        sender: The address or the whole `From` line.
        statuses: Enhanced status codes of a delivery report (RFC 3463), such as `5.1.1`.
        about: Whom a delivery or an abuse report is about.
    """

    text: str = ""
    html: str = ""
    subject: str = ""
    sender: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[str, ...] = ()
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a mail is taken for.

    Attributes:
        because: A few words for people: the header or the phrase that decided.
        suppresses: Why the person must not be written to again; None when they may be.
    """

    kind: ReplyKind
    because: str
    suppresses: SuppressionReason | None = None

    @property
    def outcome(self) -> str | None:
        return OUTCOME_BY_KIND.get(self.kind)
