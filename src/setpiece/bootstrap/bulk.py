"""Writing sequences for many leads at once: as many processes as there are cores, each at a few leads at a time."""

import asyncio
import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing.context import BaseContext
from uuid import UUID

import uvloop

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

_HANDED = 4  # leads handed over in one go
_AHEAD = 3  # times as many are handed to a process before results are asked for, so that none waits
_AT_ONCE = 2
"""Leads a process writes at once: while one waits for the database to write its run to disk, or for a language model, the
other goes on. Each has a connection."""
Named = tuple[str, Lead]
"""A lead and the request id of its run."""
Given = tuple[str, dict[str, str]]
"""The same as it goes to a process: the request id and the lead's fields."""


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
        mp_context=_context(),
        initializer=_open,
        initargs=(settings, dsn, workspace_id, author, agent),
    )
    try:
        yield from _in_order(
            pool, leads, handed=min(_HANDED, -(-len(leads) // processes)), ahead=processes * _AHEAD
        )
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _context() -> BaseContext:
    """Processes that begin with what they all need read once: as many seconds of start as there are cores become one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__])
    return context


def _in_order(
    pool: ProcessPoolExecutor, leads: Sequence[Named], *, handed: int, ahead: int
) -> Iterator[tuple[Lead, Result]]:
    remaining, waiting = iter(leads), deque[tuple[list[Lead], Future[list[Result]]]]()

    def hand_out() -> None:
        several = list(itertools.islice(remaining, handed))
        if several:
            given = [(request_id, dict(lead.fields)) for request_id, lead in several]
            waiting.append(([lead for _, lead in several], pool.submit(_write, given)))

    for _ in range(ahead):
        hand_out()
    while waiting:
        written, results = waiting.popleft()
        yield from zip(written, results.result(), strict=True)
        hand_out()


class _Writer:
    """What one process keeps open for as long as it lives."""

    def __init__(
        self, settings: Settings, dsn: str, workspace_id: UUID, author: Member, agent: str | None
    ) -> None:
        self._loop = uvloop.new_event_loop()
        self._database: Database = self._loop.run_until_complete(open_database(dsn, max_size=_AT_ONCE))
        self._tools: Tools = open_tools(settings)
        self._workspace_id, self._author, self._agent = workspace_id, author, agent

    def write(self, leads: Sequence[Given]) -> list[Result]:
        return self._loop.run_until_complete(self._write_all(leads))

    async def _write_all(self, leads: Sequence[Given]) -> list[Result]:
        supply, results = iter(enumerate(leads)), dict[int, Result]()

        async def go_on() -> None:
            for at, (request_id, fields) in supply:
                results[at] = await write_for(request_id, fields, self._agent, self._work, self._tools)

        ended = await asyncio.gather(*(go_on() for _ in range(_AT_ONCE)), return_exceptions=True)
        for problem in filter(None, ended):
            raise problem
        return [results[at] for at in range(len(leads))]

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


def _write(leads: Sequence[Given]) -> list[Result]:
    assert _writer is not None
    return _writer.write(leads)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
