"""The clock of the log: what was delivered long ago is forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from setpiece.events.delivery_repository import DeliveryRepository
from setpiece.jobs.model import Chore
from setpiece.storage.database import Database
from setpiece.workspaces.directory import all_workspaces

_EVERY_HOUR = "41 * * * *"  # any minute at which nothing else runs


@dataclass(frozen=True, slots=True)
class LogClock:
    """What the clock works with: `owner` sees which workspaces there are, `tenants` is bound to one.

    Attributes:
        days: How long an event and its deliveries are kept.
    """

    tenants: Database
    owner: Database
    days: int
    now: Callable[[], datetime]


def chores(clock: LogClock) -> list[Chore]:
    """What a worker does now and then for this room."""
    return [Chore("webhook_log", _EVERY_HOUR, partial(forget_old_events, clock))]


async def forget_old_events(clock: LogClock) -> None:
    """One round over all workspaces: events that are over and older than the days of the log go, with their deliveries.

    Raises:
        Unavailable: the database does not answer.
    """
    for workspace in await all_workspaces(clock.owner):
        async with clock.tenants.bound(workspace.id) as scope:
            await DeliveryRepository(scope).forget_before(clock.now() - timedelta(days=clock.days))
