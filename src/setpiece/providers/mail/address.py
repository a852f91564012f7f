"""A mail server as a setting: `smtps://user:password@host:465`, `smtp://host:587`."""

from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import getaddresses
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from setpiece.kernel.errors import Invalid
from setpiece.providers.mail.message import one_address

Encryption = Literal["starttls", "tls", "off"]
_PORTS: dict[Encryption, int] = {"starttls": 587, "tls": 465, "off": 25}  # RFC 8314; RFC 5321 for a relay
_WRONG = (
    "must be smtp://[user:password@]host[:port] (STARTTLS) or smtps://… (TLS from the start); "
    "?tls=off sends in clear to a relay of your own"
)


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)


def read_server(url: str) -> MailServer:
    """Raises Invalid: it is no such address, or would send a password in clear."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as wrong:
        raise Invalid(f"The address of the mail server {_WRONG}.", code="setting") from wrong
    if parts.scheme not in ("smtp", "smtps") or not host:
        raise Invalid(f"The address of the mail server {_WRONG}.", code="setting")
    encryption: Encryption = "tls" if parts.scheme == "smtps" else "starttls"
    if parse_qs(parts.query).get("tls") == ["off"]:
        encryption = "off"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and encryption == "off":
        raise Invalid("A password is not sent in clear: take 'tls=off' or the user away.", code="setting")
    return MailServer(host, port or _PORTS[encryption], encryption, user, password)


def read_sender(text: str) -> Address:
    """`Example Team <team@example.com>` or a bare address. Raises Invalid for anything else."""
    found = getaddresses([text])
    name, address = found[0] if len(found) == 1 else ("", text)
    return one_address(address, name)
