"""Programs on target in bad situations: how many Setpiece would change, beside a way of counting that fails there.

Each situation of `stress_cells` is computed for many programs, and sent for some of them, event by event, through a real HTTP server with a clock that is moved
from day to day. There the decision is looked at every day, and what was counted is compared with the truth.

`make bench ARGS=stress` takes some minutes.
"""

import asyncio
import logging
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import numpy as np
import structlog
from scipy.stats import beta

from bench.place import Place
from bench.stress_cells import (
    ALPHA,
    BINOMIAL,
    CELLS,
    DAYS,
    EDIT_DAY,
    LEAST_UNITS,
    LOW_TARGET,
    NEVER,
    TARGET,
    WINDOW,
    Cell,
    Leads,
    after_edit,
    pivots,
)
from bench.table import Row
from setpiece.api.services import Services
from setpiece.bootstrap.serving import on_free_port
from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.wiring import open_services

COMPUTED = 20_000
SENT = 30
SEED = 3
CONFIDENCE = 0.99
STEADY = CELLS[0]
AT_ONCE = 8  # requests
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


class Clock:
    """What the server takes for now."""

    def __init__(self) -> None:
        self.day = 0.0

    def __call__(self) -> datetime:
        return moment(self.day)


@dataclass(slots=True)
class Program:
    """A program over HTTP, and what was seen of it.

    Args:
        begun: When each epoch after the first one began: what is touched later belongs to its runs.
        alarmed: The day on which a pivot was first called in the epoch that is watched.
    """

    client: httpx.AsyncClient
    path: str
    runs: list[str] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    alarmed: float = NEVER
    samples: int = 0
    successes: int = 0


def moment(day: float) -> datetime:
    return BEGIN + timedelta(days=float(day))


async def measure(place: Place) -> list[Row]:
    """For each situation: as computed, counted badly, and as sent."""
    rows: list[Row] = []
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    tenant = await place.tenant()
    async with open_services(Settings(data_dir=place.folder / "stress"), place.dsn) as services:
        for cell in CELLS:
            print(f"{cell.name} …", end=" ", flush=True)
            async with clocked(services, tenant.secret) as (clock, client):
                rows += [*computed(cell), *await _sent(cell, client, clock)]
        async with clocked(services, tenant.secret) as (clock, client):
            rows += await _restarted(client, clock)
    return rows


def computed(cell: Cell) -> list[Row]:
    leads = cell.leads(np.random.default_rng(SEED), COMPUTED)
    well, badly = (days < NEVER for days in (cell.alarmed(leads), cell.badly_alarmed(leads)))
    return [
        Row(f"{cell.name}: called failing, 99 % limit", upper_limit(well), "", None, ALPHA),
        Row(f"{cell.name}: counted badly ({cell.badly})", float(badly.mean()), "", None, ALPHA, bound="least"),
    ]  # fmt: skip


async def _sent(cell: Cell, client: httpx.AsyncClient, clock: Clock) -> list[Row]:
    leads = cell.leads(np.random.default_rng(SEED), SENT)
    programs = await play(cell, leads, client, clock)
    failing = sum(program.alarmed < NEVER for program in programs) / SENT
    return [
        Row(f"{cell.name}: called failing, over HTTP", failing, "", None, ALPHA),
        Row(f"{cell.name}: programs that HTTP counts otherwise", differing(cell, leads, programs), "", None, 0),
    ]  # fmt: skip


async def _restarted(client: httpx.AsyncClient, clock: Clock) -> list[Row]:
    """Programs whose evidence begins anew at each pivot, over a lifetime."""
    leads, of_lifetime = STEADY.leads(np.random.default_rng(SEED), COMPUTED), ALPHA / (1 - ALPHA)
    few = STEADY.leads(np.random.default_rng(SEED), SENT)
    programs = await play(STEADY, few, client, clock, pivot=True)
    others = sum(len(one.begun) != made for one, made in zip(programs, pivots(few), strict=True))
    return [
        Row("restart: false pivots of a program", float(pivots(leads).mean()), "", None, of_lifetime),
        Row("restart: counted badly (a binomial test every day)", float(pivots(leads, BINOMIAL).mean()), "", None, of_lifetime, bound="least"),
        Row("restart: programs that HTTP pivots otherwise", others, "", None, 0),
    ]  # fmt: skip


def differing(cell: Cell, leads: Leads, programs: Sequence[Program]) -> int:
    """Programs of which units, successes or the day of the pivot are not those that were computed from the truth."""
    count = cell.well(leads)
    units, successes = ((part < NEVER).sum(axis=1) for part in (count.counted_at, count.success_at))
    truth = zip(units, successes, cell.alarmed(leads), strict=True)
    return sum((one.samples, one.successes, one.alarmed) != true for one, true in zip(programs, truth, strict=True))  # fmt: skip


def upper_limit(alarmed: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> float:
    """Of the share behind what was seen, at 99 % (Clopper and Pearson)."""
    seen, count = int(alarmed.sum()), alarmed.size
    return 1.0 if seen == count else float(beta.ppf(CONFIDENCE, seen + 1, count - seen))


@asynccontextmanager
async def clocked(services: Services, secret: str) -> AsyncIterator[tuple[Clock, httpx.AsyncClient]]:
    """A server whose clock can be moved, and a client of it."""
    clock = Clock()
    async with (
        on_free_port(replace(services, now=clock, limiter=None)) as url,
        httpx.AsyncClient(base_url=url, headers={"api_key": secret}, timeout=60) as client,
    ):
        yield clock, client


async def play(
    cell: Cell, leads: Leads, client: httpx.AsyncClient, clock: Clock, *, pivot: bool = False
) -> list[Program]:
    """The programs after all days, each looked at once a day; with `pivot` each is changed when that is called for."""
    clock.day = 0.0
    edits = cell.well is after_edit
    runs = int(leads.run.max()) + 1
    programs = [await _new(client, LOW_TARGET if edits else TARGET, runs) for _ in range(len(leads.sent))]
    several = asyncio.Semaphore(AT_ONCE)

    async def one_day(index: int, before: float, day: float) -> None:
        async with several:
            if edits and day == EDIT_DAY:
                await _edit(programs[index], day)
            await _report(programs[index], list(_events(leads, index, programs[index], before, day)))
            if day > WINDOW and await _look(programs[index], day) and pivot:
                await _pivot(programs[index], day)

    for before, day in pairwise((0.0, *map(float, DAYS))):
        clock.day = day
        await asyncio.gather(*(one_day(index, before, day) for index in range(len(programs))))
    return programs


async def _new(client: httpx.AsyncClient, target: float, runs: int) -> Program:
    prepared = [{"changes": "hypothesis", "to": f"Example {number}"} for number in range(20)]
    body = {
        "name": "Example", "mode": "outbound", "buddyId": "prospect", "status": "active",
        "strategy": {"hypothesis": "Example", "successMetric": "reply_rate", "successTarget": target},
        "adaptation": {"minSampleSize": LEAST_UNITS, "pivotWindowDays": int(WINDOW), "xFalsePivotRate": ALPHA,
                       "maxPivotsPerWeek": 20, "xAlternatives": prepared},
    }  # fmt: skip
    shown = _checked(await client.post("/v1/playbooks", json=body))["playbook"]
    program = Program(client, f"/v1/playbooks/{shown['id']}")
    for _ in range(runs):
        await _run(program)
    return program


async def _run(program: Program) -> None:
    program.runs.append(_checked(await program.client.post(f"{program.path}/run"))["run"]["id"])


async def _edit(program: Program, day: float) -> None:
    """The higher target. Each epoch has its own bound; the new one is watched."""
    strategy = {"strategy": {"successTarget": TARGET}}
    _checked(await program.client.put(program.path, json=strategy))
    await _begin(program, day)
    program.alarmed = NEVER


async def _pivot(program: Program, day: float) -> None:
    """As the rule has it, which has to allow it."""
    pivot = _checked(await program.client.post(f"{program.path}/pivots", json={}))["pivot"]
    assert pivot["applied"], pivot
    await _begin(program, day)


async def _begin(program: Program, day: float) -> None:
    program.begun.append(day)
    await _run(program)


def _events(
    leads: Leads, index: int, program: Program, before: float, until: float
) -> Iterator[tuple[int, dict[str, Any]]]:
    """What is reported of a program between two days, with the place of the run that it belongs to; repetitions included."""
    for kind, told, at in (
        ("touched", leads.touch_told[index], leads.claimed[index]),
        ("positive_reply", leads.reply_told[index], leads.replied[index]),
    ):
        for lead in np.nonzero((told > before) & (told <= until))[0]:
            event = {
                "kind": kind,
                "accountId": f"acc_{leads.account[index, lead]}",
                "leadId": f"lead_{lead}",
                "sourceEventId": f"{kind}_{lead}",
                "at": moment(at[lead]).isoformat(),
            }
            run = int(leads.run[index, lead]) + bisect_left(program.begun, leads.sent[index, lead])
            yield from [(run, event)] * int(leads.copies[index, lead])


async def _report(program: Program, events: list[tuple[int, dict[str, Any]]]) -> None:
    """In one batch for each run."""
    for run in {run for run, _ in events}:
        batch = [event for at, event in events if at == run]
        path = f"{program.path}/runs/{program.runs[run]}/outcomes"
        answer = _checked(await program.client.post(path, json={"outcomes": batch}))
        assert answer["rejected"] == 0, answer


async def _look(program: Program, day: float) -> bool:
    """Whether a pivot is called for."""
    decision = _checked(await program.client.get(f"{program.path}/decision"))["decision"]
    calls: bool = decision["state"] == "pivot"
    program.alarmed = min(program.alarmed, day) if calls else program.alarmed
    program.samples, program.successes = (decision["evidence"][name] for name in ("samples", "successes"))
    return calls


def _checked(answer: httpx.Response) -> Any:
    if answer.status_code >= 400:
        raise RuntimeError(
            f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}"
        )
    return answer.json()
