"""How often one key may call, where limits are switched on.

Each API process counts for itself, in memory: a limit keeps a client from running away, and a row for each request would
cost more than most requests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from setpiece.api.errors import RETRY_AFTER
from setpiece.kernel.errors import LimitExceeded

_WINDOW_S = 60


@dataclass(frozen=True, slots=True)
class Rate:
    """Operations of one `name` are counted together."""

    name: str
    per_minute: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a key has left of a rate.

    Attributes:
        resets_at: Unix seconds.
    """

    rate: Rate
    remaining: int
    resets_at: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "x-ratelimit-limit": str(self.rate.per_minute),
            "x-ratelimit-remaining": str(max(0, self.remaining)),
            "x-ratelimit-reset": str(self.resets_at),
        }

    def require(self, at: datetime) -> None:
        """Raises LimitExceeded, with the seconds to wait, when nothing is left."""
        if self.remaining < 0:
            raise LimitExceeded(
                f"More than {self.rate.per_minute} requests of this kind in a minute; wait until the next one.",
                code="rate_limited",
                details={RETRY_AFTER: max(1, ceil(self.resets_at - at.timestamp()))},
            )


class RateLimiter:
    """Counts by key and rate, in whole minutes of the clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._window = 0
        self._used: dict[tuple[UUID, str], int] = {}

    def take(self, key_id: UUID, rate: Rate) -> Allowance:
        """Count one request; what is left is below zero when it is one too many."""
        window = int(self._now().timestamp()) // _WINDOW_S
        if window != self._window:  # so what is kept is bounded by the keys that are in use
            self._window, self._used = window, {}
        used = self._used[key_id, rate.name] = self._used.get((key_id, rate.name), 0) + 1
        return Allowance(rate, rate.per_minute - used, (window + 1) * _WINDOW_S)
