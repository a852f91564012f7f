"""Why there is no connection to the database, in one plain sentence that never repeats the password."""

import socket
from urllib.parse import urlsplit

import asyncpg

from setpiece.kernel.errors import Unavailable

REFUSALS = (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What asyncpg raises when it does not connect."""

_UNREADABLE = (
    "No connection to the database: SETPIECE_DATABASE_URL is not an address that can be read; one looks like "
    "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %XX in place of special characters in the password."
)


def no_connection(dsn: str, refused: BaseException) -> Unavailable:
    """The error for a connection to `dsn` that was `refused`.

    What a driver says about an address it cannot read is not repeated: it quotes parts of it, the password's too.
    """
    place = _place(dsn)
    if place is None or type(refused) is ValueError:
        return Unavailable(_UNREADABLE, code="database_unavailable")
    return Unavailable(
        f"No connection to the database at {place}: {_reason(refused)}.", code="database_unavailable"
    )


def _place(dsn: str) -> str | None:
    """Host and port, or what stands for them; None when the address cannot be read."""
    try:
        parts = urlsplit(dsn)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("postgresql", "postgres"):
        return None
    return f"{host}:{port or 5432}" if host else "its socket"


def _reason(refused: BaseException) -> str:
    if isinstance(refused, TimeoutError):
        return "it does not answer; see whether a firewall stands between"
    if isinstance(refused, socket.gaierror):
        return "no computer of that name is known"
    # asyncio joins the failures of several addresses into one text.
    if isinstance(refused, ConnectionRefusedError) or "Connect call failed" in str(refused):
        return "nothing listens there; start PostgreSQL, or correct the address"
    said = getattr(refused, "strerror", None) or str(refused) or type(refused).__name__
    return said.rstrip(".")
