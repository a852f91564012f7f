"""Listening to what the database announces, for as long as a process lives."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg
import structlog

from setpiece.kernel.errors import Unavailable
from setpiece.storage.database import Database

log = structlog.get_logger(__name__)

_RECONNECT_S = 1.0
_PROBE_S = 10.0
"""A connection that died without a word is noticed this late."""


async def keep_listening(
    database: Database,
    channel: str,
    heard: Callable[[str], None],
    missed: Callable[[], Awaitable[None]],
) -> None:
    """Call `heard` with each notification of the channel until cancelled.

    `missed` is called each time that listening begins: what was announced before went unheard, so look for yourself.
    """
    while True:
        try:
            await _listen(database, channel, heard, missed)
        except (Unavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as lost:
            log.warning("listener_lost", channel=channel, reason=str(lost))
        await asyncio.sleep(_RECONNECT_S)


async def _listen(
    database: Database,
    channel: str,
    heard: Callable[[str], None],
    missed: Callable[[], Awaitable[None]],
) -> None:
    """Until the connection is lost."""
    lost = asyncio.Event()
    async with database.listening(channel, lambda *told: heard(told[3])) as connection:
        connection.add_termination_listener(lambda _: lost.set())
        await missed()
        while not lost.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(lost.wait(), _PROBE_S)
            await connection.execute("select 1")
