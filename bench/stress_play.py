"""The programs of a stress cell, sent event by event through a real HTTP server whose clock is moved from day to day.

Each day's events of a program are a batch, and its decision is looked at after it. Nothing is lost between two looks: the evidence changes only when units are
counted, and what it was in between is what it would have been to somebody who looked there, which `stress_cells.ever_called` computes.
"""

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from bench.stress_cells import ALPHA, DAYS, LEAST_UNITS, Course, Plan
from bench.stress_leads import LOW_TARGET, NEVER, TARGET, Leads
from bench.wire import Wire
from setpiece.api.services import Services
from setpiece.bootstrap.serving import on_free_port

AT_ONCE = 8  # requests
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
ALTERNATIVES = 6
"""Prepared changes, where the rule makes pivots: more than there is time for."""


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
        held: Looks at which the weekly cap alone was in the way of a pivot.
    """

    wire: Wire
    path: str
    runs: list[str] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    alarmed: float = NEVER
    units: int = 0
    successes: int = 0
    pivots: int = 0
    held: int = 0


def moment(day: float) -> datetime:
    return BEGIN + timedelta(days=float(day))


@asynccontextmanager
async def clocked(services: Services, secret: str) -> AsyncIterator[tuple[Clock, Wire]]:
    """A server whose clock can be moved, and a client of it."""
    clock = Clock()
    async with (
        on_free_port(replace(services, now=clock, limiter=None)) as url,
        Wire.to(int(url.rpartition(":")[2]), secret, AT_ONCE) as wire,
    ):
        yield clock, wire


async def play(leads: Leads, plan: Plan, wire: Wire, clock: Clock) -> Course:
    """What became of the programs, after all days."""
    clock.day = 0.0
    runs = int(leads.run.max()) + 1
    programs = await asyncio.gather(*(_new(wire, plan, leads.window, runs) for _ in leads.sent))
    several = asyncio.Semaphore(AT_ONCE)

    async def one_day(index: int, before: float, day: float) -> None:
        async with several:  # so that no connection is idle while events are made
            await _one_day(programs[index], plan, leads, index, before, day)

    for before, day in pairwise((0.0, *map(float, DAYS))):
        clock.day = day
        await asyncio.gather(*(one_day(index, before, day) for index in range(len(programs))))
    return _seen(programs)


def _seen(programs: Sequence[Program]) -> Course:
    units, successes, pivots, held = (
        np.array([getattr(one, name) for one in programs], dtype=np.int64)
        for name in ("units", "successes", "pivots", "held")
    )
    return Course(units, successes, np.array([one.alarmed for one in programs]), pivots, held)


async def _one_day(program: Program, plan: Plan, leads: Leads, index: int, before: float, day: float) -> None:
    if day == plan.changed_on:
        await _change(program, plan, day)
    await _report(program, list(_events(leads, index, program, before, day)))
    if day > leads.window and await _look(program, day) and plan.pivots:
        await _pivot(program, day)


async def _new(wire: Wire, plan: Plan, window: float, runs: int) -> Program:
    count = ALTERNATIVES if plan.pivots else 0
    prepared = [{"changes": "hypothesis", "to": f"Example {number}"} for number in range(count)]
    target = LOW_TARGET if plan.edits_target else TARGET
    body = {
        "name": "Example", "mode": "outbound", "buddyId": "prospect", "status": "active",
        "strategy": {"hypothesis": "Example", "successMetric": "reply_rate", "successTarget": target},
        "adaptation": {"minSampleSize": LEAST_UNITS, "pivotWindowDays": int(window), "xFalsePivotRate": ALPHA,
                       "maxPivotsPerWeek": plan.most_a_week, "xAlternatives": prepared},
    }  # fmt: skip
    shown = (await wire.ask("POST", "/v1/playbooks", body))["playbook"]
    program = Program(wire, f"/v1/playbooks/{shown['id']}")
    for _ in range(runs):
        await _run(program)
    return program


async def _run(program: Program) -> None:
    program.runs.append((await program.wire.ask("POST", f"{program.path}/run", {}))["run"]["id"])


async def _change(program: Program, plan: Plan, day: float) -> None:
    """By a person. Each epoch has its own bound; the new one is watched."""
    if plan.edits_target:
        await program.wire.ask("PUT", program.path, {"strategy": {"successTarget": TARGET}})
    else:
        by_hand = {"changes": "hypothesis", "to": "Example by hand"}
        await program.wire.ask("POST", f"{program.path}/pivots", by_hand)
    await _begin(program, day)
    program.alarmed = NEVER


async def _pivot(program: Program, day: float) -> None:
    """As the rule has it, which has to allow it."""
    pivot = (await program.wire.ask("POST", f"{program.path}/pivots", {}))["pivot"]
    assert pivot["applied"], pivot
    program.pivots += 1
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
    for run in sorted({run for run, _ in events}):
        batch = [event for at, event in events if at == run]
        path = f"{program.path}/runs/{program.runs[run]}/outcomes"
        answer = await program.wire.ask("POST", path, {"outcomes": batch})
        assert answer["rejected"] == 0, answer


async def _look(program: Program, day: float) -> bool:
    """Whether a pivot is called for."""
    decision = (await program.wire.ask("GET", f"{program.path}/decision"))["decision"]
    calls: bool = decision["state"] == "pivot"
    program.alarmed = min(program.alarmed, day) if calls else program.alarmed
    program.held += [one["code"] for one in decision["blocks"]] == ["weekly_cap"]
    program.units, program.successes = (decision["evidence"][name] for name in ("samples", "successes"))
    return calls
