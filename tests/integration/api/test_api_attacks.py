"""Requests that are meant to hurt: large, many, at the edges; each answered with a sentence, none at others' cost."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from caller import Caller
from prometheus_client import generate_latest

ENDS_OF_THE_CALENDAR = {
    "before the first year": {"startDate": "0001-01-01T00:00:00+14:00"},
    "after the last year": {"endDate": "9999-12-31T23:59:59-14:00"},
}


@pytest.mark.parametrize("query", ENDS_OF_THE_CALENDAR.values(), ids=ENDS_OF_THE_CALENDAR)
async def test_a_date_that_its_zone_leads_out_of_the_calendar_is_named(api: Caller, query: dict[str, str]):
    answer = await api.get("revision/list", 400, **query)
    assert f"'{next(iter(query))}' must lie between the years 1 and 9999" in answer["message"]


async def test_a_date_without_a_zone_is_read_as_utc(api: Caller):
    await api.create("persona", name="CFO")
    assert (await api.get("revision/list", startDate="2000-01-01"))["data"]["total"] == 1
    assert (await api.get("revision/list", endDate="2000-01-01T00:00:00"))["data"]["total"] == 0


MANY = {
    "lists that no field knows": b'{"name": "x", "unknown": [' + b"[]," * 300_000 + b"[]]}",
    "numbers that no field knows": b'{"name": "x", "unknown": [' + b"1," * 300_000 + b"1]}",
    "fields": b'{"name": "x"' + b"".join(b', "f%d": 1' % number for number in range(300_000)) + b"}",
}


@pytest.mark.parametrize("body", MANY.values(), ids=MANY)
async def test_more_values_than_any_real_body_has_are_refused(api: Caller, body: bytes):
    answer = await api.client.post("/api/v2/segment/create", content=body)
    assert answer.status_code == 400
    assert "200,000" in answer.json()["message"]
    assert await api.total("segment") == 0


async def test_a_library_file_of_more_lists_than_any_library_has_is_refused(api: Caller):
    answer = await api.client.post(
        "/api/v2/library/diff", content=b'{"setpiece": 1, "personas": [' + b"[]," * 2_000_000 + b"[]]}"
    )
    assert answer.status_code == 400
    assert "2,000,000 lists" in answer.json()["message"]


async def test_the_settings_of_an_agent_cannot_grow_without_end(api: Caller):
    large = {"name": "Agent", "type": "EMAIL", "data": {"first": "x" * 900_000}}
    agent = await api.create("agents", **large)
    more = {"oId": agent["oId"], "data": {"second": "x" * 900_000}}
    assert "1,000,000" in (await api.post("agents/update", more, 400))["message"]
    assert (
        "1,000,000"
        in (await api.post("agents/create", large | {"examples": ["x" * 20_000] * 10}, 400))["message"]
    )
    assert "second" not in (await api.get("agents/get", oId=agent["oId"]))["data"]["data"]


async def test_labels_of_a_field_are_bounded_in_number_and_length(api: Caller):
    many = {"name": "x", "firmographics": {f"label {number}": ["a"] for number in range(201)}}
    assert "'firmographics'" in (await api.post("segment/create", many, 400))["message"]
    long = {"name": "x", "firmographics": {"l" * 501: ["a"]}}
    assert "at most 500 characters" in (await api.post("segment/create", long, 400))["message"]
    fine = {
        "name": "x",
        "firmographics": {"l" * 500: ["a"]} | {f"label {number}": ["b"] for number in range(199)},
    }
    assert len((await api.post("segment/create", fine))["data"]["data"]["firmographics"]) == 200


async def test_a_thousand_lines_about_each_email_still_make_short_emails(api: Caller):
    product = await api.create("product", name="Product", customerBenefits=["Answers come within a day"])
    persona = await api.create("persona", name="CFO", painPoints=["Answers take a week to arrive"])
    await api.post("playbook/create", {"productOId": product["oId"], "personaOIds": [persona["oId"]]})
    lines = "\n".join(f"They opened office number {number} in spring." for number in range(400))
    context = dict.fromkeys(("all", "1", "2", "3"), lines)
    answer = await api.post("agents/sequence/run", {"jobTitle": "CFO", "runtimeContext": context})
    assert answer["found"]
    assert all(email["email"].count("office number") <= 4 for email in answer["data"]["emails"])


async def test_made_up_methods_do_not_fill_the_metrics(client: httpx.AsyncClient):
    for number in range(50):
        answer = await client.request(f"MADEUP{number}", "/api/v2/persona/list")
        assert answer.status_code == 405
    assert b"MADEUP" not in generate_latest()


async def test_a_key_in_the_query_is_no_key_and_is_not_logged(
    connect: Callable[..., Any], tenant: Any, capfd: pytest.CaptureFixture[str]
):
    async with connect() as nobody:
        answer = await nobody.get("/api/v2/persona/list", params={"api_key": tenant.secret})
    assert answer.status_code == 401
    told = capfd.readouterr()
    assert tenant.secret not in told.out + told.err


async def test_an_entity_cannot_grow_until_a_page_of_them_fills_the_memory(api: Caller):
    fact = "x" * 20_000
    too_large = await api.post("persona/create", {"name": "Huge", "painPoints": [fact] * 60}, 413)
    assert "Huge" in too_large["message"]
    made = await api.create("persona", name="Large", painPoints=[fact] * 30)
    await api.post("persona/update", {"oId": made["oId"], "keyConcerns": [fact] * 30}, 413)
    assert (await api.get("persona/get", oId=made["oId"]))["data"]["keyConcerns"] == []
