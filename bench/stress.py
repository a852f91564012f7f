"""Programs on target in bad situations: how many Setpiece would change, beside a way of counting that fails there.

Each situation of `stress_cells` is computed for 20,000 programs and sent for 500, event by event, through a real HTTP server with a clock that is moved from day to
day (`stress_play`). There the decision is looked at after each day's batch, and what was counted is compared with the truth. The programs are shared out over as many
processes as there are cores, each with a server of its own on the one database.

`make bench ARGS=stress` takes about a quarter of an hour on two cores that are free.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np
import structlog
import uvloop
from numpy.typing import NDArray
from scipy.stats import beta

from bench.place import Place
from bench.stress_cells import ALPHA, BINOMIAL, CELLS, MOST_A_WEEK, Cell, Course, course, ever_called
from bench.stress_leads import NEVER, Leads
from bench.stress_play import clocked, play
from bench.table import Row
from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.wiring import open_services
from setpiece.kernel.processes import collect_rarely, end_with_parent

COMPUTED, SENT = 20_000, 500
"""Programs of each situation (playbooks-v1, section 3.5)."""
SEED = 3
CONFIDENCE = 0.99
OF_LIFETIME = ALPHA / (1 - ALPHA)
"""False pivots of a program that are expected at most, when each begins a new epoch."""


@dataclass(frozen=True, slots=True)
class Part:
    """Programs of a cell that one process sends."""

    cell: int
    programs: slice
    dsn: str
    folder: Path
    secret: str


@dataclass(frozen=True, slots=True)
class Share:
    """Of programs, those of which something is so."""

    seen: int
    of: int

    @classmethod
    def among(cls, programs: NDArray[np.bool_]) -> "Share":
        return cls(int(programs.sum()), programs.size)

    @property
    def most(self) -> float:
        """The upper limit of the share behind what was seen, at 99 % (Clopper and Pearson)."""
        return (
            1.0 if self.seen == self.of else float(beta.ppf(CONFIDENCE, self.seen + 1, self.of - self.seen))
        )

    @property
    def least(self) -> float:
        """The lower limit, at 99 %."""
        return 0.0 if self.seen == 0 else float(beta.ppf(1 - CONFIDENCE, self.seen, self.of - self.seen + 1))

    def __str__(self) -> str:
        return f"{self.seen} of {self.of:,}"


@dataclass(frozen=True, slots=True)
class Computed:
    """What the truth of a cell says.

    Args:
        called: Programs called failing; `whenever` if it is looked after every unit.
        badly: The same, counted badly.
        few: The course of those that are sent, and `few_badly` of the same programs counted badly.
        pivots: False ones of a program, where each begins a new epoch, and the same with a binomial test every day.
    """

    called: Share
    whenever: Share
    badly: Share
    few: Course
    few_badly: Share
    pivots: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell showed: computed, and as it was sent."""

    cell: Cell
    computed: Computed
    sent: Course

    @property
    def called(self) -> Share:
        return Share.among(self.sent.alarmed < NEVER)

    @property
    def differing(self) -> int:
        """Programs that HTTP counted otherwise than the truth."""
        return self.sent.differing(self.computed.few)

    @property
    def held(self) -> int:
        """Programs that the weekly cap alone kept from a pivot at some look."""
        return int((self.sent.held > 0).sum())


async def measure(place: Place) -> list[Row]:
    """For each situation: as computed, as sent, and counted badly."""
    found = list[Found]()
    async for one in measured(place, range(len(CELLS))):
        found.append(one)
        print(f"\n{_line(one)}", end=" ", flush=True)
    print()
    return [row for one in found for row in _rows(one)]


async def measured(place: Place, cells: Iterable[int]) -> AsyncIterator[Found]:
    """One after the other; the truth is computed while the programs are sent."""
    cores, context = len(os.sched_getaffinity(0)), multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_begin) as pool:
        for index in cells:
            cell = CELLS[index]
            sent, computed = await asyncio.gather(
                _sent(place, pool, index, cores), asyncio.to_thread(compute, cell)
            )
            yield Found(cell, computed, sent)
            await place.settle()


def _begin() -> None:
    """In each process: a cell that is not finished is worth nothing, so Ctrl-C ends it at once."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


async def _sent(place: Place, pool: ProcessPoolExecutor, cell: int, cores: int) -> Course:
    """What became of the programs that were sent."""
    cuts = [SENT * part // cores for part in range(cores + 1)]
    parts = [
        Part(cell, slice(low, high), place.dsn, place.folder / f"stress-{low}", (await place.tenant()).secret)
        for low, high in pairwise(cuts)
    ]
    loop = asyncio.get_running_loop()
    courses = await asyncio.gather(*(loop.run_in_executor(pool, send, part) for part in parts))
    return Course(
        *(np.concatenate([getattr(one, field.name) for one in courses]) for field in fields(Course))
    )


def send(part: Part) -> Course:
    """In a process of its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    return uvloop.run(_send(part))


async def _send(part: Part) -> Course:
    cell = CELLS[part.cell]
    leads = _few(cell).part(part.programs)
    async with (
        open_services(Settings(data_dir=part.folder), part.dsn) as services,
        clocked(services, part.secret) as (clock, wire),
    ):
        collect_rarely()
        return await play(leads, cell.plan, wire, clock)


def _few(cell: Cell) -> Leads:
    """Those that are sent; other ones than those that are computed."""
    return cell.leads(np.random.default_rng(SEED), SENT)


def compute(cell: Cell) -> Computed:
    few, leads = _few(cell), cell.leads(np.random.default_rng(SEED), COMPUTED)
    well, pivots = course(leads, cell.plan), None
    if cell.plan.pivots:
        pivots = float(well.pivots.mean()), float(course(leads, cell.plan, BINOMIAL).pivots.mean())
    return Computed(
        called=Share.among(well.alarmed < NEVER),
        whenever=Share.among(ever_called(leads, cell.plan)),
        badly=Share.among(cell.badly_alarmed(leads) < NEVER),
        few=course(few, cell.plan),
        few_badly=Share.among(cell.badly_alarmed(few) < NEVER),
        pivots=pivots,
    )


def _rows(found: Found) -> Iterator[Row]:
    name, bad, computed = found.cell.name, f"counted badly ({found.cell.badly})", found.computed
    for what, share in (
        (f"called failing, {COMPUTED:,} computed", computed.called),
        ("looked at after every unit", computed.whenever),
        (f"{SENT} over HTTP", found.called),
    ):
        yield Row(f"{name}: {what}, 99 % limit", share.most, "", None, ALPHA)
    yield Row(f"{name}: programs that HTTP counts otherwise", found.differing, "", None, 0)
    yield Row(f"{name}: {bad}, 99 % limit from below", computed.badly.least, "", None, ALPHA, bound="least")
    yield Row(f"{name}: the same of those sent", computed.few_badly.least, "", None, ALPHA, bound="least")
    if computed.pivots:
        well, badly = computed.pivots
        yield Row(f"{name}: false pivots of a program", well, "", None, OF_LIFETIME)
        yield Row(f"{name}: the same, counted badly", badly, "", None, OF_LIFETIME, bound="least")


def _line(found: Found) -> str:
    """Of the table in docs/evidence.md, and what else there is to say."""
    computed, plan = found.computed, found.cell.plan
    shares = (
        found.cell.name,
        _percent(computed.called),
        _percent(computed.whenever),
        f"{found.called}, at most {100 * found.called.most:.1f} %",
        found.cell.badly,
        f"{_percent(computed.badly)}, {computed.few_badly}",
    )
    more = [f"counted otherwise: {found.differing}"]
    more += [f"held by the cap: {found.held}"] if plan.most_a_week < MOST_A_WEEK else []
    if computed.pivots:
        more.append("false pivots of a program: {:.3f}, counted badly {:.2f}".format(*computed.pivots))
    return f"| {' | '.join(shares)} | {', '.join(more)}"


def _percent(share: Share) -> str:
    return f"{100 * share.seen / share.of:.{0 if 10 * share.seen > share.of else 1}f} %"
