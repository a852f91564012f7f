"""What a worker does now and then for this room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from setpiece.jobs.events import KEPT_FOR, forget_old_events
from setpiece.jobs.model import Chore
from setpiece.storage.database import Database
from setpiece.workspaces.directory import all_workspaces

_EVERY_HOUR = "53 * * * *"  # any minute that no other chore has


@dataclass(frozen=True, slots=True)
class Broom:
    """What old events are cleared away with: `owner` sees which workspaces there are, `tenants` is bound to one."""

    tenants: Database
    owner: Database
    now: Callable[[], datetime]


def chores(broom: Broom) -> list[Chore]:
    return [Chore("old_job_events", _EVERY_HOUR, partial(clear_old_events, broom))]


async def clear_old_events(broom: Broom) -> None:
    """Those of jobs that ended long ago, in all workspaces."""
    for workspace in await all_workspaces(broom.owner):
        async with broom.tenants.bound(workspace.id) as scope:
            await forget_old_events(scope, broom.now() - KEPT_FOR)
