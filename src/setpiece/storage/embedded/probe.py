"""Does a PostgreSQL socket answer, asked in PostgreSQL's own words and without a password."""

import socket
import struct
from enum import StrEnum
from pathlib import Path

from setpiece.storage.embedded.connection import DATABASE, SUPERUSER

_PROTOCOL_3_0 = 3 << 16
_CANNOT_CONNECT_NOW = b"C57P03\0"
"""SQLSTATE field of the refusal while a server starts, recovers or stops (PostgreSQL docs, appendix A)."""


class Answer(StrEnum):
    """What the socket said."""

    READY = "ready"
    NOT_YET = "not_yet"
    """A server is there and starts, recovers or stops."""
    SILENT = "silent"


def socket_file(folder: Path, port: int) -> Path:
    return folder / f".s.PGSQL.{port}"


def probe(folder: Path, port: int, *, timeout_s: float = 2.0) -> Answer:
    """Send a startup message and look at the first reply: an authentication request means ready."""
    parameters = f"user\0{SUPERUSER}\0database\0{DATABASE}\0\0".encode()
    message = struct.pack("!II", 8 + len(parameters), _PROTOCOL_3_0) + parameters
    try:
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(timeout_s)
            link.connect(str(socket_file(folder, port)))
            link.sendall(message)
            return _understand(link.recv(1024))
    except OSError:
        return Answer.SILENT


def _understand(reply: bytes) -> Answer:
    if not reply:
        return Answer.SILENT
    return Answer.NOT_YET if _CANNOT_CONNECT_NOW in reply else Answer.READY
