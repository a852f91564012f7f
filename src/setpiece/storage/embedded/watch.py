"""Keeping the database alive under a long-running server."""

import asyncio
import time
from collections import deque

import structlog

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded.supervisor import EmbeddedPostgres

log = structlog.get_logger(__name__)

RETRY_DELAYS_S = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Wait before each attempt within one window; after the last one we give up."""
WINDOW_S = 60.0
"""Attempts older than this are forgotten: a database that lived that long had recovered."""


class Attempts:
    """How often the database was restarted lately, and so how long to wait before the next time."""

    def __init__(self, delays_s: tuple[float, ...] = RETRY_DELAYS_S, window_s: float = WINDOW_S) -> None:
        self._delays_s = delays_s
        self._window_s = window_s
        self._times: deque[float] = deque()

    def next_delay_s(self, now_s: float) -> float | None:
        """Count one more attempt; None when there were too many.

        Args:
            now_s: a clock that never goes back, in seconds.
        """
        while self._times and now_s - self._times[0] > self._window_s:
            self._times.popleft()
        made = len(self._times)
        self._times.append(now_s)
        return self._delays_s[made] if made < len(self._delays_s) else None


async def watch(
    database: EmbeddedPostgres, *, interval_s: float = 1.0, attempts: Attempts | None = None
) -> None:
    """Restart the database whenever it dies; runs until cancelled.

    Raises:
        Unavailable: it kept dying, or did not come back; the last reason is the cause.
    """
    attempts = attempts or Attempts()
    while True:
        await asyncio.sleep(interval_s)
        if not await asyncio.to_thread(database.is_alive):
            await _revive(database, attempts)


async def _revive(database: EmbeddedPostgres, attempts: Attempts) -> None:
    reason: Unavailable | None = None
    while (delay_s := attempts.next_delay_s(time.monotonic())) is not None:
        await asyncio.sleep(delay_s)
        try:
            await asyncio.to_thread(database.ensure_alive)
        except Unavailable as error:
            reason = error
            log.error("database_restart_failed", reason=error.message)
        else:
            log.warning("database_restarted", data_dir=str(database.data_dir))
            return
    raise Unavailable(
        f"The database in {database.data_dir} keeps stopping and was not restarted any more"
        + (f": {reason.message}" if reason else "; its log says why."),
        code="database_lost",
    ) from reason
