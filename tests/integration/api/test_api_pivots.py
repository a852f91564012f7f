"""Programs change course by themselves: only through the rule, and a judge may veto or choose."""

import asyncio
import csv
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest
from program_example import Clock, Program, met, new_program, touched
from recordings import checked

from setpiece.kernel.errors import Unavailable
from setpiece.programs.pivots.watching import Watch, look_at, look_at_all
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.llm.scripted import ScriptedVendor, scripted_model
from setpiece.storage.database import open_database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import OpenWork, Work

ALTERNATIVES = [
    {"changes": "channel", "to": ["call"], "name": "Call first"},
    {"changes": "hypothesis", "to": "Another one"},
]


@pytest.fixture
def open_work(services: Any, tenant: Any, clock: Clock) -> OpenWork:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Work]:
        async with services.database.transaction(tenant.workspace_id) as scope:
            yield Work(scope, Member(UUID(int=0), "Setpiece", ""), clock())

    return opened


async def failing(owner: httpx.AsyncClient, clock: Clock, **adaptation: Any) -> Program:
    program = await new_program(owner, adaptation={"xAlternatives": ALTERNATIVES} | adaptation)
    await program.send(*map(touched, range(60)))
    clock.forward(days=3)
    return program


async def test_a_worker_changes_the_course_of_what_fails_and_of_nothing_else(
    owner: httpx.AsyncClient, services: Any, dsn: str, clock: Clock
):
    fine = await new_program(owner, adaptation={"xAlternatives": ALTERNATIVES})
    await fine.send(*map(touched, range(60)), *map(met, range(6)))
    paused = await failing(owner, clock)
    checked(await owner.put(paused.path, json={"status": "paused"}), 200)
    advised = await failing(owner, clock, maxPivotsPerWeek=0)
    program = await failing(owner, clock, maxPivotsPerWeek=1)
    async with aclosing(await open_database(dsn, max_size=2, role=None)) as directory:
        watch = Watch(services.database, directory, None, clock)
        await look_at_all(watch)
        await look_at_all(watch)
    (pivot,) = (await program.get("pivots"))["pivots"]
    assert (pivot["by"], pivot["xName"], pivot["applied"]) == ("auto", "Call first", True)
    for other, state in ((fine, "no_evidence"), (paused, "blocked"), (advised, "blocked")):
        assert (await other.get("pivots"))["pivots"] == []
        assert (await other.decision())["state"] == state
    # A week has one pivot: the next is blocked until the first is a week old.
    await program.run()
    await program.send(*(touched(n, sourceEventId=f"again_{n}") for n in range(60)))
    clock.forward(days=3)
    assert [one["code"] for one in (await program.decision())["blocks"]] == ["weekly_cap"]
    clock.forward(days=5)
    assert (await program.decision())["state"] == "pivot"


async def test_a_judge_may_veto_or_choose_and_its_silence_is_no_consent(
    owner: httpx.AsyncClient, services: Any, open_work: OpenWork, clock: Clock
):
    program = await failing(owner, clock, judgeModel="scripted-1")
    veto = {"verdict": "veto", "alternative": 0, "reason": "Most mails bounced."}
    wrong = {"verdict": "pivot", "alternative": 2, "reason": "A third way."}
    choice = {"verdict": "pivot", "alternative": 1, "reason": "The words are wrong."}
    vendor = ScriptedVendor(veto, wrong, choice)
    watch = Watch(services.database, services.database, ConfiguredModel(scripted_model(vendor)), clock)
    vetoed = await look_at(watch, open_work, program.id)
    assert vetoed
    assert (vetoed.is_applied, vetoed.by, vetoed.reason) == (
        False,
        "judge:scripted-1",
        "Vetoed: Most mails bounced.",
    )
    assert await look_at(watch, open_work, program.id) is None  # it is not asked again for a day
    clock.forward(days=1, minutes=1)
    with pytest.raises(Unavailable, match="not prepared"):
        await look_at(watch, open_work, program.id)
    pivot = await look_at(watch, open_work, program.id)
    assert pivot
    assert (pivot.is_applied, pivot.changes, pivot.by) == (True, "hypothesis", "judge:scripted-1")
    assert len(vendor.asked) == 3
    without = Watch(services.database, services.database, None, clock)
    silent = await failing(owner, clock, judgeModel="another")
    with pytest.raises(Unavailable, match="no language model of this installation"):
        await look_at(without, open_work, silent.id)


async def test_the_portfolio_flags_what_is_failing_among_many(
    owner: httpx.AsyncClient, outsider: httpx.AsyncClient, clock: Clock
):
    nothing_to_test = await new_program(owner, strategy={"successTarget": 0})
    fine = await new_program(owner)
    await fine.send(*map(touched, range(60)), *map(met, range(6)))
    bad = await new_program(owner)
    await bad.send(*map(touched, range(120)))
    clock.forward(days=3)
    found = checked(await owner.get("/v1/playbooks/portfolio", params={"alpha": 0.05}), 200)
    assert (found["failing"], found["alpha"]) == (1, 0.05)
    by_id = {one["playbookId"]: one for one in found["playbooks"]}
    assert found["playbooks"][0]["playbookId"] == bad.id
    assert (by_id[bad.id]["failing"], by_id[bad.id]["state"], by_id[bad.id]["counted"]) == (
        True,
        "pivot",
        True,
    )
    assert (by_id[fine.id]["failing"], by_id[nothing_to_test.id]["evidence"]) == (False, None)
    assert checked(await outsider.get("/v1/playbooks/portfolio"), 200)["playbooks"] == []
    checked(await owner.get("/v1/playbooks/portfolio", params={"alpha": 0}), 400)


async def test_the_history_has_every_epoch_as_json_and_csv(owner: httpx.AsyncClient, clock: Clock):
    dangerous = {"hypothesis": '=HYPERLINK("https://example.com")'}
    program = await failing(owner, clock)
    await program.post("pivots")
    await program.post(
        "pivots", {"changes": "hypothesis", "to": dangerous["hypothesis"], "reason": "-1, by a member"}
    )
    first, second, third = (await program.get("history"))["epochs"]
    assert [one["epoch"] for one in (first, second, third)] == [1, 2, 3]
    assert (first["samples"], first["points"][-1]["samples"], first["anytimeP"] < 0.1) == (60, 60, True)
    assert (first["closedAt"], second["closedAt"], third["closedAt"]) == (
        second["openedAt"], third["openedAt"], None,
    )  # fmt: skip
    assert ([one["by"] for one in first["pivots"]], [one["id"] for one in first["runs"]]) == (
        ["auto"],
        [program.run_id],
    )
    answer = await owner.get(f"{program.path}/history", headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert [(row["epoch"], row["row"]) for row in rows] == [
        ("1", "epoch"), ("1", "evidence"), ("1", "pivot"), ("2", "epoch"), ("2", "pivot"), ("3", "epoch"),
    ]  # fmt: skip
    assert (rows[-1]["hypothesis"][:2], rows[4]["reason"]) == ("'=", "'-1, by a member")


async def test_a_playbook_is_followed_as_it_changes(
    owner: httpx.AsyncClient, outsider: httpx.AsyncClient, clock: Clock
):
    program = await failing(owner, clock)
    path = f"{program.path}/stream"
    checked(await outsider.get(path), 404)

    async def change() -> None:
        await asyncio.sleep(0.5)
        await program.post("pivots")
        await asyncio.sleep(0.7)
        checked(await owner.delete(program.path), 200)

    answer, _ = await asyncio.gather(owner.get(path, params={"timeout": 20_000}), change())
    frames = [
        dict(line.split(": ", 1) for line in frame.splitlines()) for frame in answer.text.split("\n\n")[:-1]
    ]
    assert [frame["event"] for frame in frames[:2]] == ["playbook", "decision"]
    assert {frame["event"] for frame in frames[2:-1]} == {"playbook", "pivot", "decision"}
    assert frames[-1]["event"] == "deleted"
    decisions = [json.loads(frame["data"])["decision"] for frame in frames if frame["event"] == "decision"]
    assert (decisions[0]["state"], decisions[-1]["xEpoch"]) == ("pivot", 2)
    again = await failing(owner, clock)
    await again.post("pivots")
    resumed = await owner.get(
        f"{again.path}/stream", params={"timeout": 1000}, headers={"last-event-id": frames[0]["id"]}
    )
    assert "event: pivot" in resumed.text
    beyond = await owner.get(
        f"{again.path}/stream", params={"timeout": 1000}, headers={"last-event-id": "9" * 18}
    )
    assert "event: pivot" not in beyond.text


async def test_after_a_pivot_more_leads_go_to_the_variant_that_works(owner: httpx.AsyncClient, clock: Clock):
    prepared = [{"changes": "variant", "to": f"Be {name}", "name": name} for name in ("short", "funny")]
    program = await failing(owner, clock, xAlternatives=prepared)
    leads = [f"lead_{number}" for number in range(300)]

    async def shares() -> dict[str, int]:
        assigned = (await program.post("variants/assign", {"leadIds": leads}, 200))["assigned"]
        return Counter(one["variant"] for one in assigned)

    assert await shares() == {"present": 300}
    await program.post("pivots")
    assert min((await shares()).values()) > 100
    await program.run()
    kept = [
        touched(n, leadId=f"lead_{n}", variant="funny" if n % 2 else "short", sourceEventId=f"b{n}")
        for n in range(100)
    ]
    await program.send(*kept, *(met(n, sourceEventId=f"m{n}") for n in range(0, 100, 4)))
    clock.forward(days=3)
    found = await program.get("variants")
    assert [(one["name"], one["isPresent"], one["samples"], one["successes"]) for one in found["variants"]] == [
        ("short", True, 50, 25), ("funny", False, 50, 0),
    ]  # fmt: skip
    later = await program.post("variants/assign", {"leadIds": ["lead_1", *leads[100:]]}, 200)
    assert later["assigned"][0]["variant"] == "funny"  # as it was touched
    assert sum(one["variant"] == "short" for one in later["assigned"]) > 190
    await program.post("variants/assign", {"leadIds": [" "]}, 400)
