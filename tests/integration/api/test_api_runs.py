"""Every run is kept, can be looked into, and is counted when it is exported."""

import csv
import io
import zipfile
from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook

PERSON = {"email": "ada@example.com", "firstName": "Ada", "jobTitle": "Financial Controller"}


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    answer = await make_playbook(api, productOId=ids["product"], personaOIds=[ids["controller"]])
    return ids | {"playbook": answer["playbook"]["oId"]}


async def run(api: Caller, **body: Any) -> dict[str, Any]:
    return await api.post("agents/sequence/run", PERSON | body)


async def test_the_request_id_is_echoed_or_made_and_finds_the_run(api: Caller, made: dict[str, str]):
    given = await run(api, requestId="row 17 of my list")
    assert given["_metadata"]["requestId"] == "row 17 of my list"
    own = await run(api)
    for answer in (given, own):
        kept = (await api.get("agents/run/get", requestId=answer["_metadata"]["requestId"]))["data"]
        assert kept["requestId"] == answer["_metadata"]["requestId"]
        assert kept["output"]["data"] == answer["data"]
        assert kept["output"]["message"] == answer["message"]
        assert kept["usage"] == answer["_metadata"]["usage"] == 1


async def test_a_kept_run_tells_its_input_candidates_scores_and_timing(api: Caller, made: dict[str, str]):
    answer = await run(api, requestId="r", playbookSelectionContext="close")
    kept = (await api.get("agents/run/get", requestId="r"))["data"]
    assert kept["input"] == PERSON | {"requestId": "r", "playbookSelectionContext": "close"}
    assert kept["found"] is True
    assert set(kept["choice"]) == {"offering", "playbook", "persona", "segment"}
    persona = kept["choice"]["persona"]
    assert persona["candidates"][0]["name"] == answer["data"]["persona"]["name"] == "Controller"
    assert len(persona["candidates"]) == 3
    assert persona["chosen"] == made["controller"]
    for one in persona["candidates"]:
        assert 0 <= one["score"] <= 1
        assert one["oId"] in made.values()
    assert {"candidates", "choose", "gather", "write"} <= set(kept["timingMs"])
    assert all(value >= 0 for value in kept["timingMs"].values())
    assert kept["exportedAt"] is None


async def test_a_run_that_found_nobody_is_kept_too(api: Caller, made: dict[str, str]):
    answer = await api.post("agents/sequence/run", {"requestId": "nobody"})
    kept = (await api.get("agents/run/get", requestId="nobody"))["data"]
    assert kept["found"] is False
    assert kept["output"] == {"message": answer["message"], "data": None}
    assert kept["usage"] == 0
    refused = await api.post("agents/run/export", {"requestId": "nobody"}, 409)
    assert "wrote no emails" in refused["message"]


async def test_of_two_runs_with_one_request_id_the_newest_is_shown(api: Caller, made: dict[str, str]):
    await run(api, requestId="twice", firstName="First")
    await run(api, requestId="twice", firstName="Second")
    kept = (await api.get("agents/run/get", requestId="twice"))["data"]
    assert kept["input"]["firstName"] == "Second"


async def test_a_persona_counts_runs_at_once_and_emails_once_they_are_exported(
    api: Caller, made: dict[str, str]
):
    async def counted() -> tuple[int, int]:
        record = await api.get("persona/get", oId=made["controller"])
        (listed,) = (await api.get("persona/list", text="Controller"))["data"]
        assert (listed["activeSequences"], listed["sentEmails"]) == (
            record["activeSequences"],
            record["sentEmails"],
        )
        return record["activeSequences"], record["sentEmails"]

    assert await counted() == (0, 0)
    await run(api, requestId="one")
    await run(api, requestId="two")
    assert await counted() == (2, 0)
    first = await api.post("agents/run/export", {"requestId": "one"})
    assert await counted() == (2, 3)
    again = await api.post("agents/run/export", {"requestId": "one"})
    assert again["data"] == first["data"]
    assert await counted() == (2, 3)
    await api.post("agents/run/export", {"requestId": "two"})
    assert await counted() == (2, 6)
    playbook = await api.get("playbook/get", oId=made["playbook"])
    assert playbook["personas"][0]["sentEmails"] == 6


async def test_an_export_holds_what_a_sender_needs(api: Caller, made: dict[str, str]):
    answer = await run(api, requestId="r")
    exported = (await api.post("agents/run/export", {"requestId": "r"}))["data"]
    assert exported["exportedAt"]
    assert exported["emails"] == [
        {"step": step, "to": "ada@example.com", "subject": email["subject"], "body": email["email"]}
        for step, email in enumerate(answer["data"]["emails"], start=1)
    ]


async def test_an_unknown_run_or_another_workspace_s_answers_404(
    api: Caller, stranger: Caller, made: dict[str, str]
):
    await run(api, requestId="ours")
    for caller, request_id in ((api, "unknown"), (stranger, "ours")):
        await caller.get("agents/run/get", 404, requestId=request_id)
        await caller.post("agents/run/export", {"requestId": request_id}, 404)
    assert "requestId" in (await api.get("agents/run/get", 400))["message"]


async def test_a_run_that_was_refused_is_neither_kept_nor_counted(api: Caller, made: dict[str, str]):
    await api.post("agents/sequence/run", PERSON | {"requestId": "r", "agentOId": "ca_unknown"}, 404)
    await api.get("agents/run/get", 404, requestId="r")
    assert (await api.get("api-key/validate"))["credits"]["totalUsed"] == 0


async def test_the_clients_trace_id_names_the_run_when_the_body_names_none(api: Caller):
    answer = await api.client.post(
        "/api/v2/agents/sequence/run",
        json={"jobTitle": "VP Sales"},
        headers={"x-external-request-id": "trace-7"},
    )
    assert answer.json()["_metadata"]["requestId"] == "trace-7"


async def test_a_dry_run_answers_the_plan_and_leaves_no_trace(api: Caller, made: dict[str, str]):
    answer = await run(api, requestId="dry", dryRun=True)
    assert answer["found"] is True
    assert answer["_metadata"]["usage"] == 0
    plan = answer["data"]
    assert plan["wouldUse"] == 1
    assert plan["choice"]["persona"]["chosen"] == made["controller"]
    facts = [fact["fact"] for email in plan["emails"] for fact in email["facts"]]
    assert "The month-end close eats the first two weeks" in facts
    assert "emails" in (await run(api))["data"]  # the same without dryRun writes
    assert "sections" not in str(plan)
    await api.get("agents/run/get", 404, requestId="dry")
    persona = await api.get("persona/get", oId=made["controller"])
    assert persona["activeSequences"] == 1


async def test_several_runs_leave_as_a_table_and_count_once(api: Caller, made: dict[str, str]):
    for name in ("one", "two"):
        await run(api, requestId=name)
    asked = {"requestIds": ["one", "two", "one"], "format": "instantly"}
    for _ in range(2):
        answer = await api.client.post("/api/v2/agents/run/export", json=asked)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        assert [row["email"] for row in rows] == ["ada@example.com"] * 2
        assert rows[0]["subject_3"]
    persona = await api.get("persona/get", oId=made["controller"])
    assert persona["sentEmails"] == 6


async def test_an_export_of_several_runs_is_all_or_nothing(api: Caller, made: dict[str, str]):
    await run(api, requestId="one")
    refused = await api.post("agents/run/export", {"requestIds": ["one", "none"], "format": "csv"}, 404)
    assert "'none'" in refused["message"]
    assert (await api.get("agents/run/get", requestId="one"))["data"]["exportedAt"] is None
    refused = await api.post("agents/run/export", {"format": "csv"}, 400)
    assert "requestIds" in refused["message"]


async def test_drafts_leave_as_an_archive(api: Caller, made: dict[str, str]):
    await run(api, requestId="one", outputFormat="html")
    answer = await api.client.post("/api/v2/agents/run/export", json={"requestId": "one", "format": "mime"})
    assert answer.headers["content-type"] == "application/zip"
    assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 3
