"""Outcomes come in over HTTP and become evidence, a decision and a pivot."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import httpx
import pytest
from program_example import Clock, Program, met, new_program, touched
from recordings import checked

from setpiece.workspaces.model import Role


@pytest.fixture
async def program(owner: httpx.AsyncClient) -> Program:
    return await new_program(owner)


async def test_an_account_counts_once_when_its_window_is_over(program: Program, clock: Clock):
    colleague = {"kind": "touched", "accountId": "acc_1", "leadId": "bob", "sourceEventId": "second"}
    answer = await program.send(touched(1, leadId="ada"), colleague, touched(2), met(2))
    assert (answer["recorded"], answer["duplicates"], answer["rejected"]) == (4, 0, 0)
    before = await program.decision()
    assert (before["evidence"]["samples"], before["pending"], before["state"]) == (0, 2, "collecting")
    clock.forward(days=3)
    after = await program.decision()
    assert (after["evidence"]["samples"], after["evidence"]["successes"], after["pending"]) == (2, 1, 0)
    assert after["outcomes"] == {"touched": 3, "meeting_booked": 1}
    run = (await program.get(f"runs/{program.run_id}"))["run"]
    assert (run["metrics"], run["xPending"]) == ({"samples": 2, "successes": 1, "metricValue": 1.0}, 0)


async def test_an_account_is_judged_by_who_was_contacted_there_first(program: Program, clock: Clock):
    def told(kind: str, name: str, company: int, **more: Any) -> dict[str, Any]:
        address = f"{name}@company{company}.example"
        return {"kind": kind, "email": address, "sourceEventId": f"{kind} {address}"} | more

    later = {"at": (clock() - timedelta(minutes=5)).isoformat()}
    early = {"at": (clock() - timedelta(minutes=9)).isoformat()}
    first = [told("touched", "ada", number, **early) for number in range(4)]
    second = [told("touched", "bob", number, **later) for number in range(4)]
    await program.send(
        told("meeting_booked", "bob", 0),  # contacted himself, as is told later
        told("meeting_booked", "ada", 1),
        told("meeting_booked", "eve", 2),  # whom nobody contacted
        {"kind": "meeting_booked", "accountId": "company3.example", "sourceEventId": "crm"},
        *second,
    )
    await program.send(*first)
    clock.forward(days=3)
    evidence = (await program.decision())["evidence"]
    assert (evidence["samples"], evidence["successes"]) == (4, 3)


async def test_what_is_wrong_is_answered_by_itself_and_a_repetition_changes_nothing(
    program: Program, owner: Any
):
    wrong = {"kind": "liked", "accountId": "acc_9", "at": "2026-03-01"}
    nobody = {"kind": "touched", "sourceEventId": "x"}
    old = touched(8, at="1970-01-21T10:00:00Z")
    answer = await program.send(touched(1), wrong, nobody, touched(1), old, "not an object")
    statuses = [one["status"] for one in answer["results"]]
    assert statuses == ["recorded", "rejected", "rejected", "duplicate", "rejected", "rejected"]
    assert "must be one of touched" in answer["results"][1]["error"]["message"]
    assert (await program.send(touched(1)))["duplicates"] == 1
    path = f"{program.path}/runs/{program.run_id}/outcomes"
    strict = {"prefer": "handling=strict"}
    refused = checked(await owner.post(path, json={"outcomes": [touched(2), wrong]}, headers=strict), 400)
    assert refused["error"]["message"].startswith("outcomes[1]: 'kind'")
    for body in ({"outcomes": []}, {"outcomes": 1}, {"kind": "touched"}, wrong, {"outcomes": [{}] * 5001}):
        checked(await owner.post(path, json=body), 400)
    assert checked(await owner.post(path, json=touched(3)), 201)["recorded"] == 1
    assert checked(await owner.post(path, json=touched(3)), 200)["duplicates"] == 1
    page = checked(await owner.get(path, params={"limit": 1}), 200)
    rest = checked(await owner.get(path, params={"cursor": page["cursor"]}), 200)
    assert {one["sourceEventId"] for one in page["outcomes"] + rest["outcomes"]} == {"touch_1", "touch_3"}


async def test_who_may_not_see_or_change_a_program_reports_and_reads_nothing_of_it(
    program: Program, connect: Any, outsider: httpx.AsyncClient, new_tenant: Any, tenant: Any
):
    paths = {"POST": (f"runs/{program.run_id}/outcomes", "pivots", "pivots/piv_x/revert")}
    paths["GET"] = (f"runs/{program.run_id}/outcomes", "decision", "pivots")
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect() as nobody, connect(api_key=viewer.secret) as reader:
        for method, names in paths.items():
            for name in names:
                path = f"{program.path}/{name}"
                checked(await nobody.request(method, path), 401)
                checked(await outsider.request(method, path, content=b"{"), 404)
                checked(await reader.request(method, path, content=b"{"), 403 if method == "POST" else 200)


async def test_a_success_reported_late_lowers_the_evidence_and_is_never_taken_back(
    program: Program, clock: Clock
):
    for number in range(60):
        clock.forward(minutes=1)
        await program.send(touched(number))
    booked_at = clock.at.isoformat()
    clock.forward(days=3)
    failing = await program.decision()
    assert (failing["state"], failing["evidence"]["samples"]) == ("pivot", 60)
    await program.send(met(7, at=booked_at))
    corrected = await program.decision()
    assert (corrected["evidence"]["successes"], corrected["corrected"], corrected["state"]) == (
        1,
        1,
        "no_evidence",
    )
    assert corrected["evidence"]["eValue"] < failing["evidence"]["eValue"]
    assert corrected["evidence"]["anytimeP"] > failing["evidence"]["anytimeP"]
    await program.send(met(8))  # after its window
    after = await program.decision()
    assert (after["evidence"]["successes"], after["late"]) == (1, 1)


async def test_batches_at_once_are_each_counted_once(program: Program, clock: Clock):
    """Twenty batches that overlap, each sent twice, while the decision is looked at."""
    chosen = random.Random(1)
    events = [
        make(number)
        for number in range(200)
        for make in (touched, met)
        if make is touched or number % 10 == 0
    ]
    batches = [chosen.sample(events, 40) for _ in range(18)] + [events[:110], events[110:]]
    answers, *_ = await asyncio.gather(
        asyncio.gather(*(program.send(*batch) for batch in batches for _ in "12")),
        *(program.decision() for _ in range(10)),
    )
    assert sum(answer["recorded"] for answer in answers) == len(events)
    clock.forward(days=3)
    looks = await asyncio.gather(*(program.decision() for _ in range(10)))
    assert {(one["evidence"]["samples"], one["evidence"]["successes"]) for one in looks} == {(200, 20)}
    metrics = (await program.get(f"runs/{program.run_id}"))["run"]["metrics"]
    assert (metrics["samples"], metrics["successes"]) == (200, 20)


ALTERNATIVES = [
    {"changes": "channel", "to": ["call"], "name": "Call first"},
    {"changes": "hypothesis", "to": "Another one"},
]


async def test_the_rule_makes_the_next_prepared_change_once_and_evidence_starts_anew(
    owner: httpx.AsyncClient, clock: Clock
):
    program = await new_program(owner, adaptation={"xAlternatives": ALTERNATIVES})
    await program.send(*map(touched, range(60)))
    refused = await program.post("pivots", status=409)
    assert refused["error"]["details"]["state"] == "collecting"
    clock.forward(days=3)
    assert (await program.decision())["state"] == "pivot"
    at_once = await asyncio.gather(*(owner.post(f"{program.path}/pivots") for _ in range(6)))
    assert sorted(answer.status_code for answer in at_once) == [201, 409, 409, 409, 409, 409]
    (pivot,) = (await program.get("pivots"))["pivots"]
    assert (pivot["by"], pivot["xChanges"], pivot["epoch"], pivot["xOpenedEpoch"]) == (
        "auto",
        "channel",
        1,
        2,
    )
    assert (pivot["from"], pivot["to"]) == (
        {"strategy": {"channels": []}},
        {"strategy": {"channels": ["call"]}},
    )
    assert (pivot["runId"], pivot["evidence"]["samples"]) == (program.run_id, 60)
    fresh = await program.decision()
    assert (fresh["xEpoch"], fresh["state"], fresh["evidence"]["eValue"]) == (2, "collecting", 1)
    # What is still reported of the run before the pivot stays with its epoch.
    await program.send(*map(touched, range(100, 160)))
    clock.forward(days=3)
    assert (await program.decision())["evidence"]["samples"] == 0
    back = (await program.post(f"pivots/{pivot['id']}/revert"))["pivot"]
    assert (back["xReverts"], back["epoch"], (await program.get())["playbook"]["strategy"]["channels"]) == (
        pivot["id"], 2, [],
    )  # fmt: skip
    await program.post(f"pivots/{pivot['id']}/revert", status=409)


async def test_where_nothing_is_prepared_the_program_waits_for_a_person(program: Program, clock: Clock):
    await program.send(*map(touched, range(60)))
    clock.forward(days=3)
    unapplied = (await program.post("pivots"))["pivot"]
    assert (unapplied["applied"], "was paused" in unapplied["reason"]) == (False, True)
    assert (await program.get())["playbook"]["status"] == "paused"
    named = await program.post("pivots", {"changes": "variant", "to": "Shorter", "reason": "Nobody reads it"})
    assert (named["pivot"]["applied"], named["pivot"]["xOpenedEpoch"]) == (True, 2)
    await program.post("pivots", {"changes": "variant", "to": "Shorter"}, 409)
    await program.post("pivots", {"changes": "variant"}, 400)
    await program.post("pivots", {"alternative": "7"}, 400)


async def test_money_is_counted_to_its_cap_by_matured_accounts(owner: httpx.AsyncClient, clock: Clock):
    money = {"successMetric": "pipeline_arr", "successTarget": 50_000, "xValueCap": 10_000}
    program = await new_program(owner, strategy=money)
    deals = [
        {"kind": "deal_won", "accountId": f"acc_{n}", "value": 4000, "sourceEventId": f"d{n}{m}"}
        for n in range(9)
        for m in "ab"
    ]
    await program.send(*map(touched, range(60)), *deals, {**deals[0], "sourceEventId": "none", "value": 0})
    clock.forward(days=3)
    found = await program.decision()
    assert (found["evidence"]["method"], found["evidence"]["successes"]) == ("betting/1", 9)
    run = (await program.get(f"runs/{program.run_id}"))["run"]
    assert run["metrics"] == {"samples": 60, "successes": 9, "metricValue": 72_000.0}
    await program.send(
        {**deals[-1], "accountId": "acc_20", "sourceEventId": "late", "at": "2026-03-02T10:00:00Z"}
    )
    later = await program.decision()
    assert (later["evidence"]["successes"], later["corrected"]) == (10, 1)
    assert later["evidence"]["eValue"] < found["evidence"]["eValue"]
