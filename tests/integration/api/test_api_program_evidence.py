"""What is counted over HTTP is what happened, however badly it is reported, and pivots come on the day that the evidence allows them."""

from dataclasses import replace
from typing import Any

import numpy as np
from bench.stress_cells import ANEW, CAPPED, PLAIN, Course, Plan, course
from bench.stress_leads import CLOCK_BEHIND, NEVER, SHORT_WINDOW, TARGET, Leads, steady
from bench.stress_play import clocked, play

PROGRAMS = 2


def failing(drawing: np.random.Generator, window: float = 5.0) -> Leads:
    return steady(drawing, PROGRAMS, TARGET / 3, window)


def reported_badly(drawing: np.random.Generator) -> Leads:
    """A failing program whose events come up to four times, touches late and in any order, half of them weeks too early by the sender's clock."""
    leads = failing(drawing)
    shape = leads.sent.shape
    behind = np.where(drawing.random(shape) < 0.5, CLOCK_BEHIND, 0.0)
    told = leads.sent + drawing.uniform(0, 3, shape)
    return replace(leads, copies=drawing.integers(1, 5, shape), touch_told=told, claimed=leads.sent - behind)


async def played(leads: Leads, plan: Plan, services: Any, tenant: Any) -> Course:
    async with clocked(services, tenant.secret) as (clock, wire):
        return await play(leads, plan, wire, clock)


async def test_events_that_come_again_late_in_disorder_and_with_a_wrong_clock_are_counted_as_they_were(
    services: Any, tenant: Any
):
    leads = reported_badly(np.random.default_rng(5))
    seen = await played(leads, PLAIN, services, tenant)
    assert seen.differing(course(leads)) == 0
    assert (seen.alarmed < NEVER).all()


async def test_each_pivot_waits_for_evidence_of_its_own(services: Any, tenant: Any):
    leads = failing(np.random.default_rng(6))
    seen = await played(leads, ANEW, services, tenant)
    assert seen.differing(course(leads, ANEW)) == 0
    assert seen.pivots.min() > 1


async def test_a_pivot_by_hand_uses_up_the_week_and_the_rule_waits_for_the_next(services: Any, tenant: Any):
    leads = failing(np.random.default_rng(7), SHORT_WINDOW)
    seen = await played(leads, CAPPED, services, tenant)
    assert seen.differing(course(leads, CAPPED)) == 0
    assert seen.held.min() > 0
    assert seen.pivots.min() > 1
