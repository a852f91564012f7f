"""A mail as RFC 5322 has it."""

import hashlib
import html
import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, Policy
from email.utils import format_datetime

from setpiece.kernel.errors import Invalid
from setpiece.providers.mail.port import Mail


class _WordForWord(UnstructuredHeader, BaseHeader):
    """A header of addresses, such as `<https://…>, <mailto:…>`, broken only between them.

    The standard library spells out a word that is longer than a line (`=?utf-8?q?=3Chttps…`), and no mail program reads an address in
    that spelling: RFC 2047, section 5, allows it in text only.
    """

    def fold(self, *, policy: Policy) -> str:
        """See `BaseHeader.fold`."""
        return f"{self.name}: {self.replace(', ', f',{policy.linesep} ')}{policy.linesep}"


_ADDRESS = re.compile(r"""https?://[^\s<>"']+[^\s<>"'.,;:!?)]""")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_HEADERS = HeaderRegistry()
for _name in ("list-unsubscribe", "message-id", "in-reply-to", "references"):
    _HEADERS.map_to_type(_name, _WordForWord)
_POLICY = SMTP.clone(header_factory=_HEADERS)


def as_message(mail: Mail, sender: Address, at: datetime) -> EmailMessage:
    """Text, and the same as HTML. The same mail at the same moment gives the same bytes.

    Raises:
        Invalid: `to` or `reply_to` is not one address.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = one_address(mail.to, mail.name)
    if mail.reply_to:
        message["Reply-To"] = one_address(mail.reply_to)
    message["Subject"] = header_text(mail.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.id}>"
    if mail.follows:
        message["In-Reply-To"] = message["References"] = f"<{mail.follows}>"
    for name, value in mail.headers.items():
        message[name] = one_line(value)
    # Quoted-printable: whatever the text, no server needs 8BITMIME for it, and no line is too long.
    message.set_content(mail.body + "\n", cte="quoted-printable")
    shown = _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', html.escape(mail.body, quote=False)).replace(
        "\n", "<br>\n"
    )
    message.add_alternative(f"<html><body>{shown}</body></html>\n", subtype="html", cte="quoted-printable")
    message.set_boundary(hashlib.sha256(mail.id.encode()).hexdigest()[:40])
    return message


def one_address(text: str, name: str = "") -> Address:
    """Raises Invalid when the text is not exactly one address that a mail server knows."""
    try:
        found = Address(header_text(name), addr_spec=text.strip())
    except (ValueError, IndexError, HeaderParseError):
        found = Address()
    if not (found.username and "." in found.domain):
        raise Invalid(f"'{text[:100]}' is not one email address.", code="bad_address")
    return found


def as_wire(message: EmailMessage) -> bytes:
    """The mail as it travels.

    Raises:
        Invalid: something in it cannot be written, whoever wrote it.
    """
    # Only for an address beyond ASCII is the server asked for SMTPUTF8; names and subjects are encoded words otherwise.
    policy = SMTP if message["To"].addresses[0].addr_spec.isascii() else SMTPUTF8
    try:
        return message.as_bytes(policy=policy.clone(cte_type="7bit"))
    except (ValueError, LookupError, HeaderParseError) as problem:
        raise Invalid("The name or the subject cannot be written in a mail.", code="bad_mail") from problem


def header_text(text: str) -> str:
    """For a name or a subject: one line, and nothing in it is taken for an encoded word (RFC 2047), which the library would read."""
    return one_line(text).replace("=?", "= ?")


def one_line(text: str) -> str:
    """Without line breaks and other controls: a header that has one would begin another."""
    return " ".join(_CONTROLS.sub(" ", text).split())
