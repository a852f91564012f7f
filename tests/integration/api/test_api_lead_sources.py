"""People of a CRM become leads: read page by page, tried without being kept, and not bought twice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from caller import Caller
from everywhere import tables_with
from play_example import make_library
from program_bench import Bench

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.programs import service
from setpiece.programs.leads import gathering
from setpiece.programs.leads.drawing import draw
from setpiece.programs.leads.gathering import gather
from setpiece.providers.lead_sources.canned import CannedSource
from setpiece.providers.lead_sources.configured import LeadSources
from setpiece.providers.lead_sources.port import LeadSource, Record
from setpiece.storage.database import open_database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work


def _people(number: int, begin: int = 0) -> list[Record]:
    return [
        Record(f"r{n}", {"email": f"p{n}@acme{n}.example", "firstName": f"First{n}", "crmContactId": f"r{n}"})
        for n in range(begin, begin + number)
    ]


async def _playbook(client: httpx.AsyncClient, kind: str, query: str) -> str:
    spec = {
        "name": "Trials", "mode": "outbound", "buddyId": "prospect", "strategy": {"hypothesis": "They answer"},
        "leadSource": {"kind": kind, "query": query, "sampleSize": 20},
    }  # fmt: skip
    return str((await client.post("/v1/playbooks", json=spec)).json()["playbook"]["id"])


def break_off_once(source: CannedSource) -> None:
    """The second page is not answered the first time that it is asked for."""
    fetch = source.fetch

    async def fails_once(query: str, limit: int, cursor: str | None) -> Any:
        if cursor == "200":
            source.fetch = fetch  # type: ignore[method-assign]  # only this once
            raise Unavailable("HubSpot does not answer.", code="lead_source_unavailable")
        return await fetch(query, limit, cursor)

    source.fetch = fails_once  # type: ignore[method-assign]  # see above


@pytest.fixture
def hubspot(lead_sources: dict[str, LeadSource]) -> CannedSource:
    """A list of 450 people: one has opted out, one is no address."""
    source = CannedSource(_people(450))
    source.records[3] = Record("r3", {"email": "p3@acme3.example"}, "Has opted out of email in HubSpot.")
    source.records[4] = Record("r4", {"email": "not an address"})
    lead_sources["hubspot"] = source
    return source


@pytest.fixture
async def playbook(client: httpx.AsyncClient, hubspot: CannedSource) -> str:
    return await _playbook(client, "crm-segment", "hubspot:list:7")


async def test_a_segment_is_read_once_an_hour_with_where_everybody_came_from(
    client: httpx.AsyncClient, playbook: str, hubspot: CannedSource
) -> None:
    made = (await client.post(f"/v1/playbooks/{playbook}/leads/gather")).json()["list"]
    assert made["isComplete"]
    assert made["counts"] == {
        "rows": 450,
        "added": 448,
        "known": 0,
        "duplicates": 0,
        "invalid": 2,
        "suppressed": 0,
    }
    asked = list(hubspot.asked)
    assert [cursor for _, cursor in asked] == [None, "200", "400"]
    assert asked[0][0] == "list:7"
    assert (await client.post(f"/v1/playbooks/{playbook}/leads/gather")).json()["list"]["id"] == made["id"]
    assert hubspot.asked == asked
    lead = (await client.get(f"/v1/playbooks/{playbook}/leads")).json()["leads"][0]
    assert (lead["externalId"], lead["sources"][0]["source"], lead["sources"][0]["reference"]) == (
        "r0",
        "hubspot",
        "r0",
    )
    problems = (await client.get(f"/v1/playbooks/{playbook}/leads/lists/{made['id']}/problems")).text
    assert "4,Has opted out of email in HubSpot." in problems
    told = (await client.post(f"/v1/playbooks/{playbook}/leads/preview")).json()["draw"]
    assert (told["counted"], told["inSource"], told["lookedAt"], len(told["leads"])) == (448, 450, None, 20)
    assert told["leftOut"] == [
        {"message": "Has opted out of email in HubSpot.", "count": 1},
        {"message": "The email is no address; it looks like ann@acme.example.", "count": 1},
    ]
    assert told["executionCost"]["amount"] == 40


async def test_a_trial_of_a_segment_keeps_nobody(
    client: httpx.AsyncClient, playbook: str, hubspot: CannedSource
) -> None:
    hubspot.records = [*_people(700)]
    hubspot.records[3] = replace(hubspot.records[3], left_out="Has opted out of email in HubSpot.")
    told = (await client.post(f"/v1/playbooks/{playbook}/leads/preview", json={"limit": 5})).json()["draw"]
    assert (told["source"], told["inSource"], told["lookedAt"], told["counted"]) == ("hubspot", 700, 500, 499)
    assert told["leftOut"] == [{"message": "Has opted out of email in HubSpot.", "count": 1}]
    assert len(told["leads"]) == 5
    assert (await client.get(f"/v1/playbooks/{playbook}/leads")).json()["leads"] == []
    assert (await client.get(f"/v1/playbooks/{playbook}/leads/lists")).json()["lists"] == []


async def test_a_reading_that_breaks_off_goes_on_at_its_page(
    client: httpx.AsyncClient, playbook: str, hubspot: CannedSource
) -> None:
    break_off_once(hubspot)
    broken = await client.post(f"/v1/playbooks/{playbook}/leads/gather")
    assert (broken.status_code, broken.json()["error"]["code"]) == (503, "lead_source_unavailable")
    lists = (await client.get(f"/v1/playbooks/{playbook}/leads/lists")).json()["lists"]
    assert [(one["isComplete"], one["counts"]["rows"]) for one in lists] == [(False, 200)]
    assert (await client.post(f"/v1/playbooks/{playbook}/leads/preview")).json()["draw"]["counted"] == 448
    found = await asyncio.gather(*(client.post(f"/v1/playbooks/{playbook}/leads/gather") for _ in range(3)))
    assert {one.json()["list"]["id"] for one in found} == {lists[0]["id"]}
    assert found[0].json()["list"]["counts"]["rows"] == 450
    emails = [
        one["email"]
        for one in (await client.get(f"/v1/playbooks/{playbook}/leads", params={"limit": 500})).json()[
            "leads"
        ]
    ]
    assert len(emails) == len(set(emails)) == 448


async def test_who_costs_is_neither_read_for_a_trial_nor_bought_twice(
    client: httpx.AsyncClient, lead_sources: dict[str, LeadSource]
) -> None:
    source = CannedSource(_people(100), credits_per_person=2)
    lead_sources["orangeslice"] = source
    playbook = await _playbook(client, "orange-slice", "heads of growth at software companies")
    told = (await client.post(f"/v1/playbooks/{playbook}/leads/preview")).json()["draw"]
    assert (told["cost"], told["leads"], source.asked) == (
        {"amount": 40, "unit": "credits", "basis": "2 for each person"}, [], [],
    )  # fmt: skip
    assert told["executionCost"]["amount"] == 40
    made = (await client.post(f"/v1/playbooks/{playbook}/leads/gather")).json()["list"]
    assert made["counts"]["rows"] == 20
    assert (await client.post(f"/v1/playbooks/{playbook}/leads/gather")).json() == {"list": None}
    assert len(source.asked) == 1
    told = (await client.post(f"/v1/playbooks/{playbook}/leads/preview", json={"limit": 25})).json()["draw"]
    assert (told["cost"]["amount"], len(told["leads"])) == (10, 20)


async def test_a_reading_goes_on_though_fewer_are_wanted_by_now(
    client: httpx.AsyncClient, lead_sources: dict[str, LeadSource]
) -> None:
    source = CannedSource(_people(400), credits_per_person=2)
    lead_sources["orangeslice"] = source
    playbook = await _playbook(client, "orange-slice", "heads of growth")
    path = f"/v1/playbooks/{playbook}"
    await client.put(path, json={"leadSource": {"sampleSize": 350}})
    break_off_once(source)
    assert (await client.post(f"{path}/leads/gather")).status_code == 503
    await client.put(path, json={"leadSource": {"sampleSize": 50}})
    made = (await client.post(f"{path}/leads/gather")).json()["list"]
    assert (made["isComplete"], made["counts"]["rows"]) == (True, 200)


@pytest.mark.parametrize(
    ("kind", "query", "code"),
    [
        ("crm-segment", "attio:list:x", "lead_source_not_set_up"),
        ("crm-segment", "some words", "lead_source_not_found"),
        ("cio-segment", "cio:segment:7", "lead_source_not_set_up"),
    ],
)
async def test_a_source_that_is_not_there_is_said_so(
    client: httpx.AsyncClient, hubspot: CannedSource, kind: str, query: str, code: str
) -> None:
    playbook = await _playbook(client, kind, query)
    for door in ("gather", "preview"):
        answer = await client.post(f"/v1/playbooks/{playbook}/leads/{door}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


async def test_the_sources_of_a_workspace_are_listed_with_what_is_wrong_with_them(
    client: httpx.AsyncClient, hubspot: CannedSource, lead_sources: dict[str, LeadSource]
) -> None:
    lead_sources["attio"] = CannedSource([])
    hubspot.failures.append(Invalid("HubSpot refuses the key (401)."))
    found = (await client.get("/v1/playbooks/lead-sources")).json()["leadSources"]
    assert found == [
        {"source": "hubspot", "answers": False, "message": "HubSpot refuses the key (401)."},
        {"source": "attio", "answers": True, "message": None},
    ]
    assert (await client.get("/v1/playbooks/lead-sources", headers={"api_key": "x"})).status_code == 401


async def test_who_has_left_the_segment_is_not_drawn_any_more(
    client: httpx.AsyncClient, services: Any, tenant: Any, playbook: str, hubspot: CannedSource
) -> None:
    def later(days: int) -> Callable[[], Any]:
        @asynccontextmanager
        async def opened() -> AsyncIterator[Work]:
            async with services.database.transaction(tenant.workspace_id) as scope:
                member = await scope.connection.fetchval(
                    "select id from members where workspace_id = $1", tenant.workspace_id
                )
                yield Work(scope, Member(member, "Test", "Member"), services.now() + timedelta(days=days))

        return opened

    sources: LeadSources = services.lead_sources
    async with later(0)() as work:
        program = await service.get_program(work, playbook)
    await gather(later(0), sources, program)
    hubspot.records = _people(10, begin=445)
    await gather(later(1), sources, program)
    async with later(1)() as work:
        drawn = await draw(work, program, None, 50)
    assert sorted(one.external_id or "" for one in drawn.leads) == sorted(f"r{n}" for n in range(445, 455))


async def test_a_run_reads_its_segment_and_of_an_erased_person_nothing_is_left(
    services: Any, dsn: str, tenant: Any, client: httpx.AsyncClient, hubspot: CannedSource
) -> None:
    await make_library(Caller(client))
    hubspot.records = [
        Record(
            f"q{n}",
            {
                "email": f"quibble{n}@zyx{n}.example",
                "firstName": f"Quibble{n}",
                "jobTitle": "Financial Controller",
            },
        )
        for n in range(3)
    ]
    owner = await open_database(dsn, max_size=1, role=None)
    bench = Bench(services, owner, tenant.workspace_id, tenant.secret)
    spec = {
        "name": "Segment", "mode": "outbound", "buddyId": "prospect", "status": "active",
        "strategy": {"hypothesis": "They answer", "successMetric": "reply_rate", "successTarget": 6},
        "leadSource": {"kind": "crm-segment", "query": "hubspot:list:7"}, "adaptation": {"xUnit": "contact"},
    }  # fmt: skip
    program = (await bench.ask("POST", "", spec, 201))["playbook"]["id"]
    run = await bench.run(program, delivery={"channel": "smtp", "approval": "auto", "followUpDays": []})
    await bench.work()
    assert await bench.counts(run) == {"sent": 3}
    first, *_ = await bench.messages(run)
    reply = {
        "email": first["lead"]["email"],
        "outcome": "positive_reply",
        "at": bench.at.isoformat(),
        "sourceEventId": "r1",
    }
    await bench.ask("POST", f"{run}/outcomes", reply, 201)
    needles = (first["lead"]["email"], first["leadId"], first["lead"]["firstName"])
    async with owner.unbound() as connection:
        before = await tables_with(connection, *needles[:2])
        assert before[needles[0]] >= {"program_leads", "program_messages", "runs"}
        await bench.ask("DELETE", f"/leads/{first['leadId']}")
        assert await tables_with(connection, *needles) == {one: set() for one in needles}
    assert await bench.counts(run) == {"sent": 2}
    assert (await bench.ask("GET", f"/{program}/decision"))["decision"] is not None
    await owner.aclose()


async def test_a_list_is_uploaded_once_and_drawn_from_by_several_playbooks(
    client: httpx.AsyncClient, outsider: httpx.AsyncClient, playbook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_PAGE_HERE", 4)
    rows = [f"p{n}@co{n}.example,Head of Growth,North" for n in range(10)]
    content = "\n".join(["email,title,Region", *rows])
    upload = f"/v1/playbooks/{playbook}/leads/import"
    headers = {"content-type": "text/csv"}
    assert (
        await client.post(upload, content=content, params={"name": "Fair.csv"}, headers=headers)
    ).is_success
    for query in ("local:segment:fair.csv", "Fair.csv"):
        other = await _playbook(client, "crm-segment", query)
        told = (await client.post(f"/v1/playbooks/{other}/leads/preview")).json()["draw"]
        assert (told["source"], told["inSource"], told["counted"], told["cost"]["amount"]) == (
            "local",
            10,
            10,
            0,
        )
        made = (await client.post(f"/v1/playbooks/{other}/leads/gather")).json()["list"]
        assert (made["counts"]["added"], made["isComplete"]) == (10, True)
    lead = (await client.get(f"/v1/playbooks/{other}/leads")).json()["leads"][0]
    assert (lead["jobTitle"], lead["fields"], lead["sources"][0]["source"]) == (
        "Head of Growth",
        {"Region": "North"},
        "local",
    )
    assert lead["sources"][0]["reference"].startswith("lead_")
    # What is uploaded later is there at once.
    late = content + "\nlate@late.example,Head,South"
    await client.post(upload, content=late, params={"name": "fair.csv"}, headers=headers)
    made = (await client.post(f"/v1/playbooks/{other}/leads/gather")).json()["list"]
    assert (made["counts"]["added"], made["counts"]["known"]) == (1, 10)
    for who, name in ((outsider, "Fair.csv"), (client, "hubsport:list:7")):
        stranger = await _playbook(who, "crm-segment", name)
        refused = await who.post(f"/v1/playbooks/{stranger}/leads/preview")
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "lead_source_not_found")
