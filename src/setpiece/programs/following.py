"""A program followed as it changes: how it stands, then whatever became different, with signs of life between.

A process listens on one connection for all who follow anything, from the first of them on. Who is told that a program changed looks for himself and tells the
difference, so that no log of changes is kept, and who was away misses nothing: a stream begins with how the program stands.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX, Program, Run
from setpiece.programs.outcomes.deciding import Assessment, assess_shown
from setpiece.programs.pivots.model import Pivot
from setpiece.programs.pivots.repository import PivotRepository
from setpiece.programs.run_repository import RunRepository
from setpiece.storage.database import Database
from setpiece.storage.listening import keep_listening
from setpiece.workspaces.work import OpenWork

CHANNEL = "program_changes"
HEARTBEAT_S = 15.0
"""As the streams of jobs have it."""
GATHERS_S = 0.2
"""A change is told after this, with all that came meanwhile: a batch after another would else be as many looks."""
_RUNS = 20  # of the newest, whose changes are told
_AGAIN = timedelta(seconds=5)
"""A pivot may be seen so long after the moment it says: who comes back is told the latest ones twice rather than never."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told; `id` is the moment of the look, in microseconds, and only grows."""

    id: int
    type: Literal["playbook", "decision", "pivot", "run", "deleted", "heartbeat"]
    subject: Program | Assessment | Pivot | Run | None


@dataclass(slots=True)
class _Watched:
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    watchers: int = 0

    def ring(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()


class ProgramWatching:
    """The programs that are followed in this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watched: dict[tuple[UUID, UUID], _Watched] = {}
        self._listening: asyncio.Task[None] | None = None
        self.is_closing = False

    async def aclose(self) -> None:
        self.close()
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    def close(self) -> None:
        """Let every stream end."""
        self.is_closing = True
        for watched in self._watched.values():
            watched.ring()

    @contextmanager
    def watch(self, workspace_id: UUID, program_id: UUID) -> Iterator[_Watched]:
        """The program, watched for the length of the context."""
        if self._listening is None:
            heard = keep_listening(self._database, CHANNEL, self._hear, self._ring_all)
            self._listening = asyncio.create_task(heard)
        key = (workspace_id, program_id)
        watched = self._watched.setdefault(key, _Watched())
        watched.watchers += 1
        try:
            yield watched
        finally:
            watched.watchers -= 1
            if not watched.watchers:
                del self._watched[key]

    def _hear(self, told: str) -> None:
        workspace_id, program_id = told.split(" ")
        if watched := self._watched.get((UUID(workspace_id), UUID(program_id))):
            watched.ring()

    async def _ring_all(self) -> None:
        for watched in self._watched.values():
            watched.ring()


@dataclass(frozen=True, slots=True)
class _Look:
    """How the program stood at a moment."""

    at: datetime
    found: Assessment
    runs: Sequence[Run]
    pivots: Sequence[Pivot]

    @property
    def id(self) -> int:
        return (self.at - _EPOCH) // _MICROSECOND


async def follow(
    watching: ProgramWatching,
    open_work: OpenWork,
    program: Program,
    workspace_id: UUID,
    last_id: int | None,
    timeout_s: float,
    heartbeat_s: float = HEARTBEAT_S,
) -> AsyncIterator[Told]:
    """How the program stands, the pivots since `last_id`, then each change until the time-out or its deletion.

    Raises:
        Unavailable: the database does not answer any more.
    """
    loop = asyncio.get_running_loop()
    ends_at, shown_id, before = loop.time() + timeout_s, show(PROGRAM_PREFIX, program.id), None
    since = _since(last_id)
    with watching.watch(workspace_id, program.id) as watched:
        while not watching.is_closing:
            changed = watched.changed
            try:
                look = await _look(open_work, shown_id)
            except NotFound:
                yield Told(before.id + 1 if before else 1, "deleted", None)
                return
            for told in _difference(before, look, since):
                yield told
            before = look
            while not await _happens(changed, min(heartbeat_s, max(0.0, ends_at - loop.time()))):
                if loop.time() >= ends_at:
                    return
                yield Told(look.id, "heartbeat", None)
            await asyncio.sleep(GATHERS_S)


def _since(last_id: int | None) -> datetime | None:
    """From when on pivots are told; None for who comes without an id, or with one that is no moment."""
    try:
        return _EPOCH + last_id * _MICROSECOND - _AGAIN if last_id else None
    except OverflowError:
        return None


async def _look(open_work: OpenWork, shown_id: str) -> _Look:
    async with open_work() as work:
        found = await assess_shown(work, shown_id)
        runs = await RunRepository(work.scope).of_program(found.program.id, None, _RUNS, is_ascending=False)
        pivots = await PivotRepository(work.scope).of_program(found.program.id)
        return _Look(work.at, found, runs, pivots)


def _difference(before: _Look | None, now: _Look, since: datetime | None) -> Iterator[Told]:
    """What became different; of a first look everything but old pivots and runs."""
    if before is None or before.found.program != now.found.program:
        yield Told(now.id, "playbook", now.found.program)
    known = (
        {one.id for one in before.pivots}
        if before
        else {one.id for one in now.pivots if not since or one.at < since}
    )
    for pivot in reversed(now.pivots):
        if pivot.id not in known:
            yield Told(now.id, "pivot", pivot)
    if before is not None:
        yield from (Told(now.id, "run", run) for run in reversed(now.runs) if run not in before.runs)
    if before is None or _stand(before.found) != _stand(now.found):
        yield Told(now.id, "decision", now.found)


def _stand(found: Assessment) -> tuple[object, ...]:
    return found.standing, found.decision, found.pivots_this_week


async def _happens(event: asyncio.Event, within_s: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within_s)
    return event.is_set()
