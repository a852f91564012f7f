"""Writing sequences for many leads at once: as many processes as there are cores, each with one connection."""

import asyncio
import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import asynccontextmanager
from uuid import UUID

from setpiece.agents.running import Tools
from setpiece.agents.sequence.bulk.leads import Lead
from setpiece.agents.sequence.bulk.write import Result, write_for
from setpiece.bootstrap.outside import open_tools
from setpiece.bootstrap.settings import Settings
from setpiece.kernel.clock import now
from setpiece.kernel.processes import collect_rarely, end_with_parent
from setpiece.storage.database import Database, open_database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

_AHEAD = 8  # leads handed to a process before their results are asked for, so that none waits
Named = tuple[str, Lead]
"""A lead and the request id of its run."""


def check_settings(settings: Settings) -> None:
    """Say what is wrong with them before there are processes that could only break.

    Raises:
        Invalid: the settings of the language model are not complete.
    """
    open_tools(settings)


def write_many(
    settings: Settings,
    dsn: str,
    workspace_id: UUID,
    author: Member,
    agent: str | None,
    leads: Sequence[Named],
) -> Iterator[tuple[Lead, Result]]:
    """The result of each lead, in their order.

    Raises:
        Unavailable: the database does not answer any more; what was yielded is kept.
    """
    processes = max(1, min(_cores(), len(leads)))
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_open,
        initargs=(settings, dsn, workspace_id, author, agent),
    )
    try:
        yield from _in_order(pool, leads, ahead=processes * _AHEAD)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, leads: Sequence[Named], *, ahead: int
) -> Iterator[tuple[Lead, Result]]:
    remaining, waiting = iter(leads), deque[tuple[Lead, Future[Result]]]()

    def hand_out(most: int) -> None:
        for request_id, lead in itertools.islice(remaining, most):
            waiting.append((lead, pool.submit(_write, request_id, dict(lead.fields))))

    hand_out(ahead)
    while waiting:
        lead, result = waiting.popleft()
        yield lead, result.result()
        hand_out(1)


class _Writer:
    """What one process keeps open for as long as it lives."""

    def __init__(
        self, settings: Settings, dsn: str, workspace_id: UUID, author: Member, agent: str | None
    ) -> None:
        self._loop = asyncio.new_event_loop()
        self._database: Database = self._loop.run_until_complete(open_database(dsn, max_size=1))
        self._tools: Tools = open_tools(settings)
        self._workspace_id, self._author, self._agent = workspace_id, author, agent

    def write(self, request_id: str, fields: dict[str, str]) -> Result:
        return self._loop.run_until_complete(
            write_for(request_id, fields, self._agent, self._work, self._tools)
        )

    @asynccontextmanager
    async def _work(self) -> AsyncIterator[Work]:
        async with self._database.bound(self._workspace_id) as scope:
            yield Work(scope, self._author, now())


_writer: _Writer | None = None


def _open(settings: Settings, dsn: str, workspace_id: UUID, author: Member, agent: str | None) -> None:
    global _writer
    end_with_parent()
    _writer = _Writer(settings, dsn, workspace_id, author, agent)
    collect_rarely()


def _write(request_id: str, fields: dict[str, str]) -> Result:
    assert _writer is not None
    return _writer.write(request_id, fields)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
