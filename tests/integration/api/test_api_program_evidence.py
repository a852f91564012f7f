"""What is counted over HTTP is what happened, however badly it is reported, and pivots come on the day that the evidence allows them."""

from dataclasses import replace
from typing import Any

import numpy as np
from bench.stress import clocked, differing, play
from bench.stress_cells import (
    CLOCK_BEHIND,
    NEVER,
    TARGET,
    Cell,
    Leads,
    first_alarm,
    pivots,
    protected,
    steady,
)

PROGRAMS = 2


def reported_badly(drawing: np.random.Generator, programs: int) -> Leads:
    """A failing program whose events come up to four times, touches late and in any order, half of them weeks too early by the sender's clock."""
    leads = steady(drawing, programs, TARGET / 3)
    shape = leads.sent.shape
    behind = np.where(drawing.random(shape) < 0.5, CLOCK_BEHIND, 0.0)
    told = leads.sent + drawing.uniform(0, 3, shape)
    return replace(leads, copies=drawing.integers(1, 5, shape), touch_told=told, claimed=leads.sent - behind)


def cell(leads: Any) -> Cell:
    return Cell("failing", leads, "", lambda found: first_alarm(protected(found)), protected)


async def test_events_that_come_again_late_in_disorder_and_with_a_wrong_clock_are_counted_as_they_were(
    services: Any, tenant: Any
):
    failing = cell(reported_badly)
    leads = failing.leads(np.random.default_rng(5), PROGRAMS)
    async with clocked(services, tenant.secret) as (clock, client):
        programs = await play(failing, leads, client, clock)
    assert differing(failing, leads, programs) == 0
    assert all(program.alarmed < NEVER for program in programs)


async def test_each_pivot_waits_for_evidence_of_its_own(services: Any, tenant: Any):
    failing = cell(lambda drawing, programs: steady(drawing, programs, TARGET / 3))
    leads = failing.leads(np.random.default_rng(6), PROGRAMS)
    async with clocked(services, tenant.secret) as (clock, client):
        programs = await play(failing, leads, client, clock, pivot=True)
    assert [len(program.begun) for program in programs] == pivots(leads).tolist()
    assert min(len(program.begun) for program in programs) > 1
