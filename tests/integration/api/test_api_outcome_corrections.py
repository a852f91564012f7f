"""What was reported by mistake is put right, and who has left is not contacted again."""

from typing import Any

import httpx
import pytest
from program_example import Clock, Program, met, new_program, touched
from recordings import checked

RATE = {"successMetric": "reply_rate", "successTarget": 10}


@pytest.fixture
async def program(owner: httpx.AsyncClient) -> Program:
    return await new_program(owner, strategy=RATE, adaptation={"minSampleSize": 1})


def answered(number: int, **more: Any) -> dict[str, Any]:
    return met(number, kind="positive_reply", sourceEventId=f"reply_{number}") | more


def corrected(what: str, kind: str = "retracted", **more: Any) -> dict[str, Any]:
    return {"corrects": what, "kind": kind} | more


async def counted(program: Program) -> tuple[int, int, int, int]:
    found = await program.decision()
    evidence = found["evidence"]
    return evidence["samples"], evidence["successes"], found["corrected"], found["retracted"]


async def test_a_mistake_is_as_if_never_made_until_it_is_counted_and_is_taken_back_after(
    program: Program, clock: Clock, owner: httpx.AsyncClient
):
    await program.send(*(touched(number) for number in range(4)), answered(1), answered(2), answered(3))
    fix = corrected("reply_1", "auto_reply", sourceEventId="fix")
    answer = await program.send(fix, fix, corrected("touch_0"), touched(9), corrected("touch_9"))
    assert [one["status"] for one in answer["results"]] == [
        "recorded",
        "duplicate",
        "recorded",
        "recorded",
        "recorded",
    ]
    before = await program.decision()
    assert before["outcomes"] == {"touched": 3, "positive_reply": 2, "auto_reply": 1}
    assert before["pending"] == 3
    clock.forward(days=3)
    assert await counted(program) == (3, 2, 0, 0)
    against = (await program.decision())["evidence"]["eValue"]
    await program.send(corrected("reply_2", "negative_reply"))
    assert await counted(program) == (3, 1, 0, 1)
    after = await program.decision()
    assert after["evidence"]["eValue"] > against
    assert after["evidence"]["anytimeP"] >= 1 / max(after["evidence"]["eValue"], 1)
    run = (await program.get(f"runs/{program.run_id}"))["run"]
    assert run["metrics"] == {"samples": 3, "successes": 1, "metricValue": pytest.approx(1 / 3)}
    listed = {
        one["sourceEventId"]: one
        for one in (await program.get(f"runs/{program.run_id}/outcomes"))["outcomes"]
    }
    assert (listed["reply_1"]["correctedBy"], listed["reply_1"]["isSuccess"]) == ("fix", False)
    assert (listed["fix"]["corrects"], listed["fix"]["at"]) == ("reply_1", listed["reply_1"]["at"])
    audit = checked(await owner.get("/v1/audit", params={"subjectId": program.run_id}), 200)
    assert [(one["action"], one["subjectId"]) for one in audit["entries"]] == [
        ("outcome.correct", program.run_id)
    ] * 2


async def test_a_correction_that_cannot_be_made_says_why_and_keeps_no_other_from_being_made(
    program: Program, clock: Clock, owner: httpx.AsyncClient
):
    await program.send(touched(1), answered(1))
    clock.forward(days=3)
    await counted(program)
    wrong = [
        corrected("nothing"),
        corrected("touch_1"),
        corrected("touch_1", "positive_reply"),
        corrected("reply_1", "touched"),
    ]
    answer = await program.send(*wrong, corrected("reply_1", sourceEventId="fix"), corrected("reply_1"))
    told = [one.get("error", {}).get("message", "") for one in answer["results"]]
    for sentence, part in zip(told, ("no outcome", "counted", "only be", "only be", "", "fix"), strict=True):
        assert part in sentence
    assert (answer["recorded"], answer["rejected"]) == (1, 5)
    assert await counted(program) == (1, 0, 0, 1)
    path = f"{program.path}/runs/{program.run_id}/outcomes"
    strict = {"prefer": "handling=strict"}
    batch = {"outcomes": [touched(5), corrected("nothing")]}
    refused = checked(await owner.post(path, json=batch, headers=strict), 400)
    assert refused["error"]["code"] == "invalid_correction"
    checked(await owner.post(path, json=corrected("nothing")), 400)
    checked(await owner.post(path, json={"kind": "retracted", "accountId": "a", "sourceEventId": "r"}), 400)
    assert (await program.decision())["outcomes"] == {"touched": 1}
    await program.send(corrected("fix", "positive_reply"))
    assert await counted(program) == (1, 1, 1, 1)


async def test_money_is_corrected_both_ways_and_a_deal_without_an_amount_counts_for_nothing(
    owner: httpx.AsyncClient, clock: Clock
):
    money = {"successMetric": "pipeline_arr", "successTarget": 5000, "xValueCap": 1000}
    program = await new_program(owner, strategy=money)
    won = {"kind": "deal_won", "accountId": "acc_1", "sourceEventId": "deal_1"}
    answer = await program.send(touched(1), touched(2), won, won | {"accountId": "acc_2", "sourceEventId": "deal_2", "value": 900})  # fmt: skip
    assert [one["code"] for one in answer["warnings"]] == ["no_value"]
    clock.forward(days=3)
    assert await counted(program) == (2, 1, 0, 0)
    await program.send(corrected("deal_1", "deal_won", value=300), corrected("deal_2", "deal_won", value=90))
    assert await counted(program) == (2, 2, 1, 0)
    run = (await program.get(f"runs/{program.run_id}"))["run"]
    assert run["metrics"]["metricValue"] == 390
    assert "brought 195 on average" in (await program.decision())["sentence"]


async def test_who_unsubscribes_or_complains_is_suppressed_and_what_waits_for_a_touch_is_told(
    program: Program, owner: httpx.AsyncClient
):
    await owner.post(
        f"{program.path}/leads/import",
        content=b"email\nada@acme.example",
        headers={"content-type": "text/csv"},
    )
    (lead,) = (await program.get("leads"))["leads"]
    answer = await program.send(
        {"kind": "unsubscribed", "leadId": lead["id"], "sourceEventId": "1"},
        {"kind": "complained", "email": "Bob@other.example", "sourceEventId": "2"},
        {"kind": "positive_reply", "email": "eve@third.example", "sourceEventId": "3"},
        {"kind": "negative_reply", "email": "eve@third.example", "sourceEventId": "3"},
    )
    assert answer["suppressed"] == ["ada@acme.example", "bob@other.example"]
    ahead = await program.send(touched(1, at="2031-01-01", email="x@y.example"))
    assert [one["code"] for one in ahead["warnings"]] == ["future"]
    assert "under this id before" in answer["results"][3]["note"]
    assert [one["code"] for one in answer["warnings"]] == ["untouched"]
    listed = checked(await owner.get("/v1/playbooks/suppressions"), 200)["suppressions"]
    assert {(one["value"], one["reason"], one["source"]) for one in listed} == {
        ("ada@acme.example", "unsubscribed", "outcome"),
        ("bob@other.example", "complained", "outcome"),
    }
    stopped = await program.send(corrected("3", "unsubscribed", email="eve@third.example"))
    assert stopped["suppressed"] == ["eve@third.example"]
