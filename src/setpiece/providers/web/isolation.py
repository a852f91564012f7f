"""Parses HTML in a process of its own, which can be stopped.

The threat: the HTML standard's tree building takes quadratic time and space on some input. Measured with Lexbor:
a 27 KB page of nested `<b>` makes a tree of 1.4 GB, and parsing
100 KB of nested `<div>` takes 0.6 s, which grows with the square. A bound on the page's size is
therefore no bound on its cost. A process has one for time and one for memory, and a fault in the parser ends only
that process.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass, field

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.web.plain_text import TOO_INTRICATE

PROGRAM = "setpiece.providers.web.plain_text"
# Pages parsed at the same time: a burst of requests must not take all processors from the server.
AT_ONCE = 2
# What this Python may need to start. Keys and passwords stay out of a process that meets hostile input.
PASSED_ON = ("LD_LIBRARY_PATH", "PYTHONHOME")


@dataclass(frozen=True, slots=True)
class ParsingLimits:
    """What one page may cost: 2 MiB of dense ordinary markup take 1.2 s and 190 MB."""

    cpu_s: int = 4
    memory_bytes: int = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Extracted:
    """Of a page: one line, lines, and what it states of the organisation behind it."""

    title: str
    text: str
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class IsolatedExtraction:
    """Runs `plain_text` as a program, one process for each page."""

    def __init__(self, limits: ParsingLimits | None = None) -> None:
        self._limits = limits or ParsingLimits()
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def extract(self, html: str, host: str) -> Extracted:
        """What the page holds.

        Raises:
            Invalid: The page takes more time or memory to parse than any ordinary page.
            Unavailable: The program failed by itself; what it said is on standard error.
        """
        async with self._slots:
            process = await _start(self._limits)
            try:
                output, _ = await process.communicate(html.encode(errors="replace"))
            finally:
                await _end(process)
        _check_end(process.returncode or 0, host)
        page = json.loads(output)
        about = {name: tuple(texts) for name, texts in page["about"].items()}
        return Extracted(page["title"], page["text"], about)


async def _start(limits: ParsingLimits) -> Process:
    arguments = ["-P", "-m", PROGRAM, str(limits.cpu_s), str(limits.memory_bytes)]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))  # the same packages as here
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=PIPE, stdout=PIPE, env=environment
    )


def _check_end(exit_code: int, host: str) -> None:
    """A negative code is the signal by which the system enforced a limit, or the parser crashed."""
    if exit_code == TOO_INTRICATE or exit_code < 0:
        raise Invalid(f"The page at {host} is too intricate to be read as text.")
    if exit_code > 0:
        raise Unavailable(
            "HTML pages cannot be read: the program that parses them does not run on this server."
        )


async def _end(process: Process) -> None:
    """Leaves no process behind when the reader was cancelled or ran out of time."""
    if process.returncode is None:
        process.kill()
        await process.wait()
