"""Why there is no connection, said plainly and without the password."""

import socket

import asyncpg
import pytest

from setpiece.storage.database import open_database
from setpiece.storage.refusals import no_connection
from setpiece.storage.requirements import missing_requirements

DSN = "postgresql://app:hunter2@db.example.com/setpiece"


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (ConnectionRefusedError(111, "Connect call failed ('192.0.2.1', 5432)"), "nothing listens there"),
        (OSError("Multiple exceptions: [Errno 111] Connect call failed ('::1', 1)"), "nothing listens there"),
        (socket.gaierror(-2, "Name or service not known"), "no computer of that name is known"),
        (TimeoutError(), "it does not answer"),
        (asyncpg.InvalidPasswordError("password authentication failed"), "password authentication failed."),
    ],
    ids=["refused", "refused at every address", "unknown host", "silence", "wrong password"],
)
def test_the_sentence_names_the_place_and_the_reason(refused: Exception, reason: str):
    told = no_connection(DSN, refused).message
    assert told.startswith("No connection to the database at db.example.com:5432: ")
    assert reason in told
    assert "Errno" not in told


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://app:hunt/er2@db.example.com/setpiece",
        "postgresql://app:hunt@er:2@db.example.com/setpiece",
        "postgresql://app:hunter2@db.example.com:port/setpiece",
        "mysql://app:hunter2@db.example.com/setpiece",
        "hunter2",
    ],
)
async def test_an_address_that_cannot_be_read_is_not_quoted(dsn: str):
    for connect in (missing_requirements, open_database):
        with pytest.raises(Exception, match="not an address that can be read") as refused:
            await connect(dsn)
        assert "hunt" not in str(refused.value)
        assert "er:2" not in str(refused.value)
        assert "er2" not in str(refused.value)
