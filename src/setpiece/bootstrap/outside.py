"""The outside world, as agents reach it: built here and nowhere else."""

from setpiece.agents.running import Tools
from setpiece.providers.web.http_pages import HttpPages


def open_tools() -> Tools:
    """What agents reach the outside world with."""
    return Tools(HttpPages())
