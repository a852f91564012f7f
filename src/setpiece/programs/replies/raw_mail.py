"""A mail as it travels (RFC 5322) becomes one that can be judged.

Whoever writes to somebody decides what stands in it. The library's parser of structured headers is not used: a header of a megabyte
takes it minutes, and nested comments are an error. Of each header only the beginning is looked at, as text.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import Compat32
from itertools import islice

from setpiece.programs.replies.model import Mail
from setpiece.providers.web.charset import CODEC_BY_LABEL

LONGEST_MAIL = 512 * 1024
"""Bytes that are looked at: what is judged stands before attachments, and `visible` looks at 200,000 characters."""
_MOST_PARTS = 100
_MOST_HEADERS = 200
_LONGEST_HEADER = 2_000  # characters; the longest that is judged is a subject, of which 300 count
_ADDRESS = re.compile(r"(?:rfc822\s*;)?\s*<?([^\s<>;]+@[^\s<>;]+?)>?\s*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*$")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class _Cut(Compat32):
    """Cuts each header as it is read, before anything looks into it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def read_mail(raw: bytes) -> Mail:
    """The first text, the headers, and what a delivery or abuse report says; nothing in a mail makes it fail."""
    message = _parsed(raw[:LONGEST_MAIL])
    parts = list(_parts(message))
    reports = [
        part
        for part in parts
        if part.get_content_type() in ("message/delivery-status", "message/feedback-report")
    ]
    fields = [field for part in reports for field in _fields(part)]
    headers: dict[str, str] = {}
    for name, value in islice(message.raw_items(), _MOST_HEADERS):
        headers.setdefault(name.lower(), _plain(value))
    return Mail(
        text=_text(parts, "text/plain"),
        html=_text(parts, "text/html"),
        subject=headers.get("subject", ""),
        sender=headers.get("from", ""),
        headers=headers,
        statuses=tuple(
            found[0] for name, value in fields if name == "status" and (found := _STATUS.match(value))
        ),
        about=_about(fields),
    )


def address_of(sender: str) -> str:
    """The address in a `From` line; the line itself where it is nothing else."""
    found = _IN_BRACKETS.search(sender[:_LONGEST_HEADER])
    return found[1] if found else sender


def _parsed(raw: bytes) -> Message:
    try:
        return message_from_bytes(raw, policy=_Cut())
    except RecursionError:  # parts within parts within parts: no person wrote that
        return BytesHeaderParser(policy=_Cut()).parsebytes(raw)


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
    charset = part.get_content_charset() or ""
    return payload.decode(CODEC_BY_LABEL.get(charset, "utf-8"), "replace")


def _plain(value: object) -> str:
    """A header as its reader sees it; as it travels where it is encoded in no way that is known."""
    text = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        pieces = [_decoded(*piece) for piece in decode_header(text)] if "=?" in text else [text]
    except (HeaderParseError, ValueError):
        pieces = [text]
    return " ".join("".join(pieces).split())


def _decoded(piece: bytes | str, charset: str | None) -> str:
    """What stands between encoded words comes as the bytes of Python's own escapes."""
    if isinstance(piece, str):
        return piece
    codec = CODEC_BY_LABEL.get(charset.lower(), "utf-8") if charset else "raw_unicode_escape"
    return piece.decode(codec, "replace")


def _fields(report: Message) -> list[tuple[str, str]]:
    """The fields of a report: of all its blocks, one for each recipient."""
    payload = report.get_payload()
    blocks = payload if isinstance(payload, list) else [report]
    given = [item for block in blocks if isinstance(block, Message) for item in block.raw_items()]
    if isinstance(payload, str):
        lines = (line[:_LONGEST_HEADER].partition(":") for line in payload.splitlines())
        given += [(name.strip(), value) for name, _, value in lines]
    return [(name.lower(), _plain(value)) for name, value in given[:_MOST_HEADERS]]


def _about(fields: list[tuple[str, str]]) -> str | None:
    wanted = ("original-recipient", "original-rcpt-to", "final-recipient")
    found = (_ADDRESS.match(value) for name in wanted for key, value in fields if key == name)
    return next((one[1] for one in found if one), None)
