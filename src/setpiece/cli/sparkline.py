"""A row of bars: how a number grew, in the width of a line."""

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], top: float) -> str:
    """A bar for each value, full where it is `top` or more, and empty where it is nothing."""
    steps = len(_BARS) - 1
    return "".join(_BARS[round(steps * min(max(value / top, 0.0), 1.0))] for value in values)
