"""MIME drafts: one message for each email, as any mail program opens them."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from setpiece.agents.sequence.exports.model import Ready, ReadyEmail
from setpiece.providers.mail.message import header_text

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same sequences give the same bytes


def as_drafts(sequences: Iterable[Ready]) -> bytes:
    """A zip archive with a folder for each sequence and a message for each email: `<request id>/1.eml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for position, sequence in enumerate(sequences, start=1):
            for step, email in enumerate(sequence.emails, start=1):
                name = f"{position:04d}-{_file_name(sequence.request_id)}/{step}.eml"
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), as_message(sequence, email).as_bytes())
    return out.getvalue()


def as_message(sequence: Ready, email: ReadyEmail) -> EmailMessage:
    """A draft as RFC 5322 has it, text and HTML; `X-Unsent` opens it for editing in the programs that know it.

    The sender and the date are left to the program that sends it.
    """
    message = EmailMessage(policy=SMTP)
    if recipient := _recipient(sequence):
        message["To"] = recipient
    message["Subject"] = header_text(email.subject)
    message["X-Unsent"] = "1"
    message.set_content(email.body + "\n")
    message.add_alternative(f"<html><body>{email.body_html}</body></html>\n", subtype="html")
    # A boundary of its own choice would differ each time.
    message.set_boundary(hashlib.sha256(email.body.encode("utf-8", "replace")).hexdigest()[:40])
    return message


def _recipient(sequence: Ready) -> Address | None:
    """The one person written to; None for what is not one address, however it was put."""
    names = (sequence.person.get("firstName"), sequence.person.get("lastName"))
    try:
        return Address(
            header_text(" ".join(filter(None, names))), addr_spec=sequence.person.get("email", "").strip()
        )
    except (ValueError, IndexError, HeaderParseError):
        return None


def _file_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-")[:80] or "run"
