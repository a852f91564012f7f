"""A function in a process of its own, asked from an event loop without a thread between.

`ProcessPoolExecutor` hands a call on through two threads, each of which waits for the interpreter lock while the loop computes:
up to 5 ms every time, which is what the model itself takes for a title.
"""

import asyncio
import multiprocessing
import threading
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from setpiece.kernel.processes import end_with_parent

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Ended(Exception):
    """The process is gone, and with it the answer."""


class ApartProcess(Generic[Asked, Told]):
    """Started with the first call; asked by one event loop at a time. It ends with its parent."""

    def __init__(self, work: Callable[[Asked], Told], at_once: int) -> None:
        """`work` is found by its name in the process; `at_once` calls are computed side by side."""
        ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process: BaseProcess = context.Process(target=_serve, args=(theirs, work, at_once), daemon=True)
        self._process.start()
        theirs.close()
        self._connection = ours
        self._numbers = count()
        self._waiting: dict[int, Future[Told]] = {}
        self._loop: AbstractEventLoop | None = None

    async def ask(self, asked: Asked) -> Told:
        """What `work` returns, or raises.

        Raises:
            Ended: the process ended before it answered.
        """
        self._listen()
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            self._connection.send((number, asked))
        except OSError as broken:
            self._waiting.pop(number, None)
            raise Ended from broken
        try:
            told: Told = await answer
        finally:
            self._waiting.pop(number, None)
        return told

    def close(self) -> None:
        """End the process; harmless when it has ended."""
        self._lose()
        self._process.kill()
        self._process.join()

    def _listen(self) -> None:
        """Hear the answers in the running loop; an earlier one is closed, and nobody there waits any more."""
        loop = asyncio.get_running_loop()
        if self._connection.closed:
            raise Ended
        if self._loop is not loop:
            self._loop, self._waiting = loop, {}
            loop.add_reader(self._connection.fileno(), self._hear)

    def _hear(self) -> None:
        try:
            number, told, problem = self._connection.recv()
        except (OSError, EOFError):
            self._lose()
            return
        answer = self._waiting.get(number)
        if answer is None or answer.done():
            return  # who asked was cancelled
        if problem is None:
            answer.set_result(told)
        else:
            answer.set_exception(problem)

    def _lose(self) -> None:
        if self._connection.closed:
            return
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._connection.fileno())
        self._connection.close()
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(Ended())


def _serve(connection: Connection, work: Callable[[Any], Any], at_once: int) -> None:
    """In the process: read calls, and answer each when it is done."""
    end_with_parent()
    sending = threading.Lock()

    def answer(number: int, asked: Any) -> None:
        told, problem = None, None
        try:
            told = work(asked)
        except Exception as raised:
            problem = raised
        with sending, suppress(OSError):
            connection.send((number, told, problem))

    with ThreadPoolExecutor(at_once) as threads, suppress(EOFError, OSError):
        while True:
            threads.submit(answer, *connection.recv())
