"""When a delivery that was not accepted is tried again. Pure."""

import hashlib
from collections.abc import Sequence

WAITS_S: Sequence[float] = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800)
"""Of a run's callback: seconds before each further attempt. A restart is bridged by the first three, a night's outage by the last. Ten
attempts in sixteen hours; the example schedule of Standard Webhooks has ten in three days, longer than a client waits for an email."""
EVENT_WAITS_S: Sequence[float] = (5, 30, 120, 600, 3_600, 21_600, 86_400)
"""Of an event: eight attempts in 31 hours. Source: reports-v1, "Webhooks", proposes these."""
JITTER_RATIO = 0.2
"""Up to this part of a wait is added, so that a receiver that comes back is not met by everything at once."""


def wait_before(retry: int, draw: float, waits_s: Sequence[float] = WAITS_S) -> float | None:
    """Seconds before retry number `retry` (from 0); None when it is given up. `draw`, in [0, 1), decides the jitter."""
    if retry >= len(waits_s):
        return None
    return waits_s[retry] * (1 + JITTER_RATIO * draw)


def draw_for(delivery: str, retry: int) -> float:
    """A number in [0, 1) that is spread evenly over deliveries and the same for the same retry."""
    digest = hashlib.sha256(f"{delivery}\n{retry}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / (1 << 56)
