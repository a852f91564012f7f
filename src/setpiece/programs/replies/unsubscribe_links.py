"""The address in a mail that takes its reader off the list: signed, so that it works without an account and only for its reader.

Everything stands in the link, so nothing is written when a mail is sent, and a link works for as long as the workspace does. It goes into
the query of the address, because queries are not logged. Sources: RFC 2369 (`List-Unsubscribe`), RFC 8058 (one click).
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from setpiece.kernel.errors import NotFound
from setpiece.programs.addresses import normal_email
from setpiece.storage.database import Scope

PATH = "/unsubscribe"
LONGEST_TOKEN = 600  # characters; three ids, a signature and the longest address are 427
ONE_CLICK = "List-Unsubscribe=One-Click"
SUBJECT = "unsubscribe"
"""Of a mail that a mail program sends to be taken off a list; `classify` knows it."""
_ID = 16  # bytes of a UUID
_SIGNATURE = 16  # bytes of an HMAC-SHA256 that are kept: half of it is still out of reach
_KEY = 32


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a mail, and from which run."""

    workspace_id: UUID
    program_id: UUID
    run_id: UUID
    email: str


def token_of(reader: Reader, key: bytes) -> str:
    """The reader, signed, as text that can stand in an address."""
    ids = (reader.workspace_id, reader.program_id, reader.run_id)
    content = b"".join(one.bytes for one in ids) + reader.email.encode()
    return base64.urlsafe_b64encode(_signature(content, key) + content).decode().rstrip("=")


def workspace_of(token: str) -> UUID | None:
    """Whose key the token claims to be signed with; None for what is no token."""
    content = _opened(token)
    return UUID(bytes=content[_SIGNATURE : _SIGNATURE + _ID]) if content else None


def read_token(token: str, key: bytes | None) -> Reader:
    """Who the token was made for.

    Raises:
        NotFound: it is no token of ours, or was changed.
    """
    content = _opened(token)
    if content is None or key is None or not _is_signed(content, key):
        raise NotFound(
            "This link is not complete or not ours; copy it from the mail once more.", code="unknown_link"
        )
    workspace_id, program_id, run_id = (
        UUID(bytes=content[at : at + _ID]) for at in range(_SIGNATURE, _SIGNATURE + 3 * _ID, _ID)
    )
    return Reader(workspace_id, program_id, run_id, content[_SIGNATURE + 3 * _ID :].decode())


def _is_signed(content: bytes, key: bytes) -> bool:
    return hmac.compare_digest(content[:_SIGNATURE], _signature(content[_SIGNATURE:], key))


def _signature(content: bytes, key: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")[:_SIGNATURE]


def _opened(token: str) -> bytes | None:
    if not token.isascii() or len(token) > LONGEST_TOKEN:
        return None
    try:
        content = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if len(content) > _SIGNATURE + 3 * _ID else None


def headers_of(link: str | None, mailbox: str | None) -> dict[str, str]:
    """The headers by which mail programs show "unsubscribe"; empty where there is neither a link nor a mailbox."""
    ways = [f"<{link}>"] if link else []
    if mailbox and normal_email(mailbox):
        ways.append(f"<mailto:{quote(mailbox, safe='@')}?subject={SUBJECT}>")
    if not ways:
        return {}
    one_click = {"List-Unsubscribe-Post": ONE_CLICK} if link else {}
    return {"List-Unsubscribe": ", ".join(ways)} | one_click


async def unsubscribe_link(scope: Scope, public_url: str | None, reader: Reader) -> str | None:
    """The address for this reader; None where nobody outside can reach this server."""
    if public_url is None:
        return None
    return f"{public_url}{PATH}?t={token_of(reader, await _ensured_key(scope))}"


async def find_key(scope: Scope) -> bytes | None:
    """The workspace's key; None when no link was ever made."""
    found: bytes | None = await scope.connection.fetchval(
        "select key from program_link_keys where workspace_id = $1", scope.workspace_id
    )
    return found


async def _ensured_key(scope: Scope) -> bytes:
    found = await find_key(scope)
    if found is None:
        await scope.connection.execute(
            "insert into program_link_keys (workspace_id, key) values ($1, $2) on conflict do nothing",
            scope.workspace_id,
            secrets.token_bytes(_KEY),
        )
        found = await find_key(scope)
    assert found
    return found
