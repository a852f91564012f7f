"""What is due is sent, by every worker, a bounded number at a time.

The list of what is due holds ids and hosts only. It is read across workspaces, and an entry that is taken is leased: when the
process dies before it has noted how the attempt ended, another takes it after the lease.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from setpiece.events.delivering import Dispatch, attempt, note
from setpiece.kernel.errors import SetpieceError
from setpiece.storage.database import Database

log = structlog.get_logger(__name__)

_CHANNEL = "webhooks_due"
_AFTER_TROUBLE_S = 2.0
_CANDIDATES = """
select delivery_id, workspace_id, target from webhooks_due
where due_at <= now() and workspace_id || ' ' || target <> all($1::text[]) and workspace_id <> all($2::uuid[])
order by due_at limit $3
"""
# Of two processes that chose the same, the second waits for the first's row and finds it no longer due.
_TAKE = """
update webhooks_due set due_at = now() + $2::interval
where delivery_id = any($1::uuid[]) and due_at <= now() returning delivery_id
"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is sent at a time by one process.

    Attributes:
        at_once: Attempts under way. Each is a socket and no thread, and holds a connection to the database only before and after.
        per_target: Of them, to one host for one workspace: one that hangs takes no more than this.
        per_workspace: Of them, for one workspace: nor does one that names many hosts that hang.
        lease_s: Longer than any attempt, which ends and is noted after ten seconds.
        poll_s: Time between two looks. What is new is announced; what is tried again is found by looking.
    """

    at_once: int = 64
    per_target: int = 4
    per_workspace: int = 16
    lease_s: float = 30.0
    poll_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose time has come."""

    delivery_id: UUID
    workspace_id: UUID
    target: str

    @property
    def receiver(self) -> str:
        """One host as one workspace knows it: others that send there have their own turns."""
        return f"{self.workspace_id} {self.target}"


def choose(candidates: Iterable[Due], under_way: Sequence[Due], bounds: Bounds) -> list[Due]:
    """Those that may be begun now, in their order, without too many for one receiver or workspace."""
    receivers = Counter(one.receiver for one in under_way)
    workspaces = Counter(one.workspace_id for one in under_way)
    chosen: list[Due] = []
    for one in candidates:
        if len(under_way) + len(chosen) >= bounds.at_once:
            break
        if (
            receivers[one.receiver] < bounds.per_target
            and workspaces[one.workspace_id] < bounds.per_workspace
        ):
            receivers[one.receiver] += 1
            workspaces[one.workspace_id] += 1
            chosen.append(one)
    return chosen


class Pump:
    """Takes what is due and sends it, until it is cancelled.

    Args:
        owner: Reads the list of what is due across workspaces.
    """

    def __init__(self, owner: Database, dispatch: Dispatch, bounds: Bounds | None = None) -> None:
        self._owner = owner
        self._dispatch = dispatch
        self._bounds = bounds or Bounds()
        self._under_way: dict[UUID, Due] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Raises Unavailable when the database is lost."""
        async with self._owner.listening(_CHANNEL, lambda *_: self._wake.set()):
            while True:
                self._wake.clear()
                if not await self.begin_due():
                    await self._rest()

    async def begin_due(self) -> int:
        """Begin what may be begun now; how much that was."""
        taken = await self._take()
        for one in taken:
            self._under_way[one.delivery_id] = one
            task = asyncio.create_task(self._deliver(one))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(taken)

    async def stop(self) -> None:
        """Cut short what is under way: it is sent again after its lease."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _rest(self) -> None:
        # Not `wait_for`: before Python 3.12 it forgets a cancellation that comes together with the event.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._bounds.poll_s):
                await self._wake.wait()

    async def _take(self) -> list[Due]:
        busy = list(self._under_way.values())
        if len(busy) >= self._bounds.at_once:
            return []
        receivers = Counter(one.receiver for one in busy)
        workspaces = Counter(one.workspace_id for one in busy)
        async with self._owner.unbound() as connection:
            rows = await connection.fetch(
                _CANDIDATES,
                [one for one, count in receivers.items() if count >= self._bounds.per_target],
                [one for one, count in workspaces.items() if count >= self._bounds.per_workspace],
                self._bounds.at_once * 4,
            )
            chosen = choose([Due(*row) for row in rows], busy, self._bounds)
            if not chosen:
                return []
            ids, lease = [one.delivery_id for one in chosen], timedelta(seconds=self._bounds.lease_s)
            taken = {row[0] for row in await connection.fetch(_TAKE, ids, lease)}
        return [one for one in chosen if one.delivery_id in taken]

    async def _deliver(self, due: Due) -> None:
        try:
            try:
                tried = await attempt(self._dispatch, due.workspace_id, due.delivery_id)
            finally:  # its place is free for another, also while it waits to be noted
                self._under_way.pop(due.delivery_id, None)
                self._wake.set()
            if tried:
                await note(self._dispatch, tried)
        except SetpieceError as problem:
            log.warning("delivery_put_off", delivery=str(due.delivery_id), reason=problem.message)
        except Exception:
            log.exception("delivery_put_off", delivery=str(due.delivery_id))


@asynccontextmanager
async def delivering(
    owner: Database, dispatch: Dispatch, bounds: Bounds | None = None
) -> AsyncIterator[None]:
    """For the length of the context, what is due is sent; a lost database is waited for."""
    pump = Pump(owner, dispatch, bounds)
    task = asyncio.create_task(_keep_running(pump))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await pump.stop()


async def _keep_running(pump: Pump) -> None:
    while True:
        try:
            await pump.run()
        except SetpieceError as lost:
            log.warning("webhooks_lost", reason=lost.message)
        except Exception:
            log.exception("webhooks_lost")
        await asyncio.sleep(_AFTER_TROUBLE_S)
