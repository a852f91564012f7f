"""A mail as it travels (RFC 5322) becomes one that can be judged."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from setpiece.programs.replies.model import Mail

LONGEST_MAIL = (
    10 * 1024 * 1024
)  # bytes; what mailbox providers pass on is rarely larger, attachments included
_MOST_PARTS = 100
_MOST_HEADERS = 200
_ADDRESS = re.compile(r"(?:rfc822\s*;)?\s*<?([^\s<>;]+@[^\s<>;]+?)>?\s*$", re.IGNORECASE)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


def read_mail(raw: bytes) -> Mail:
    """The first text, the headers, and what a delivery or abuse report says; nothing in a mail makes it fail."""
    message = message_from_bytes(raw[:LONGEST_MAIL], _class=EmailMessage, policy=default)
    parts = list(_parts(message))
    reports = [
        part
        for part in parts
        if part.get_content_type() in ("message/delivery-status", "message/feedback-report")
    ]
    fields = [field for part in reports for field in _fields(part)]
    return Mail(
        text=_text(parts, "text/plain"),
        html=_text(parts, "text/html"),
        subject=_header(message, "subject"),
        sender=_header(message, "from"),
        headers={name.lower(): _header(message, name) for name in list(message.keys())[:_MOST_HEADERS]},
        statuses=tuple(
            found[0] for name, value in fields if name == "status" and (found := _STATUS.match(value))
        ),
        about=_about(fields),
    )


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are not of a mail within the mail: what is returned or reported is not an answer."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            inner = part.get_payload()
            waiting = (
                [one for one in inner if isinstance(one, Message)] + waiting
                if isinstance(inner, list)
                else waiting
            )


def _text(parts: list[Message], content_type: str) -> str:
    part = next(
        (one for one in parts if one.get_content_type() == content_type and not one.get_filename()), None
    )
    payload = part.get_payload(decode=True) if part else None
    if not isinstance(payload, bytes) or part is None:
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:  # a charset that nobody knows
        return payload.decode("utf-8", "replace")


def _header(message: Message, name: str) -> str:
    """Its text; empty where it cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
    ):  # the library's parser on what no mail program writes
        return ""


def _fields(report: Message) -> list[tuple[str, str]]:
    """The fields of a report: of all its blocks, one for each recipient."""
    payload = report.get_payload()
    blocks = payload if isinstance(payload, list) else [report]
    found = [
        (name.lower(), str(value))
        for block in blocks
        if isinstance(block, Message)
        for name, value in block.items()
    ]
    if isinstance(payload, str):
        found += [
            (name.strip().lower(), value.strip())
            for name, _, value in (line.partition(":") for line in payload.splitlines())
        ]
    return found[:_MOST_HEADERS]


def _about(fields: list[tuple[str, str]]) -> str | None:
    wanted = ("original-recipient", "original-rcpt-to", "final-recipient")
    found = (_ADDRESS.match(value) for name in wanted for key, value in fields if key == name)
    return next((one[1] for one in found if one), None)
