"""`agents/enrich-company/run` and `agents/enrich-person/run`, as their clients send them."""

from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook

COMPANY, PERSON = "agents/enrich-company/run", "agents/enrich-person/run"
WHO = {"jobTitle": "Financial Controller", "companyName": "Example Corp"}


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    answer = await make_playbook(
        api, productOId=ids["product"], personaOIds=[ids["controller"]], useCaseOIds=[ids["faster close"]]
    )
    return ids | {"playbook": answer["playbook"]["oId"]}


async def agent(api: Caller, kind: str, **settings: Any) -> str:
    body = {"name": "A", "description": "", "type": kind} | settings
    oid: str = (await api.post("agents/create", body))["data"]["oId"]
    return oid


async def test_a_company_is_what_was_said_of_it_and_what_fits_it(api: Caller, made: dict[str, str]):
    body = {"companyName": "Example Corp", "runtimeContext": {"industry": "Breweries", "employeeCount": 40}}
    answer = await api.post(COMPANY, body | {"includeFullAnnotation": True})
    company = answer["data"]["company"]
    assert (company["name"], company["industry"], company["employeeCount"]) == (
        "Example Corp",
        "Breweries",
        40,
    )
    assert company["founded"] is None
    assert answer["data"]["segment"]["oId"] == made["segment"]
    assert answer["data"]["product"]["oId"] == made["product"]
    assert answer["data"]["product"]["matchConfidence"]
    places = {
        one["meta"]["place"]: one["meta"]["field"] for one in answer["data"]["annotations"]["annotations"]
    }
    assert places["company.industry"] == "runtimeContext.industry"


async def test_a_person_is_what_was_said_of_them_and_who_they_are_in_the_library(
    api: Caller, made: dict[str, str]
):
    data = (await api.post(PERSON, WHO | {"email": "ada.example@example.com"}))["data"]
    assert data["person"]["title"] == "Financial Controller"
    assert data["person"]["firstName"] is None
    assert data["person"]["company"]["domain"] == "example.com"
    assert data["persona"]["oId"] == made["controller"]
    assert data["playbook"]["oId"] == made["playbook"]
    assert [one["oId"] for one in data["useCases"]] == [made["faster close"]]


async def test_the_company_s_page_is_read_only_where_the_agent_allows_it(
    api: Caller, made: dict[str, str], pages: dict[str, str], stated: dict[str, dict[str, tuple[str, ...]]]
):
    pages["https://example.com/"] = "We brew."
    stated["https://example.com/"] = {"name": ("Example Corp",), "foundingDate": ("2011",)}
    plain = await api.post(COMPANY, {"companyDomain": "example.com"})
    assert plain["data"]["company"]["name"] is None
    assert "enableWebSearch" in plain["message"]
    oid = await agent(api, "ENRICH_COMPANY", enableWebSearch=True)
    read = await api.post(COMPANY, {"companyDomain": "https://www.example.com/about", "agentOId": oid})
    company = read["data"]["company"]
    assert (company["name"], company["founded"], company["website"]) == (
        "Example Corp",
        2011,
        "https://example.com/",
    )
    kinds = {one["title"]: (one["type"], one["url"]) for one in read["data"]["annotations"]["annotations"]}
    assert ("WEB_PAGE", "https://example.com/") in kinds.values()
    assert (await api.get("agents/get", oId=oid))["data"]["warnings"] == []


@pytest.mark.parametrize("domain", ["localhost.localdomain", "127.0.0.1", "example.com"])
async def test_a_page_that_cannot_be_read_is_said_and_the_rest_is_answered(
    api: Caller, made: dict[str, str], pages: dict[str, str], domain: str
):
    oid = await agent(api, "ENRICH_PERSON", enableWebSearch=True)
    answer = await api.post(PERSON, WHO | {"companyDomain": domain, "agentOId": oid})
    assert answer["data"]["company"]["name"] == "Example Corp"
    assert "was not read" in answer["message"]


async def test_a_company_that_the_library_knows_is_named(api: Caller, made: dict[str, str]):
    data = (await api.post(COMPANY, {"companyName": "example RIVAL"}))["data"]
    assert data["known"] == [{"oId": made["competitor"], "name": "Example Rival", "kind": "competitor"}]
    assert (await api.post(COMPANY, {"companyName": "Example"}))["data"]["known"] == []


async def test_an_empty_library_still_answers_what_was_given(api: Caller):
    answer = await api.post(COMPANY, {"companyName": "Example Corp"})
    assert answer["found"] is True
    assert answer["data"]["company"]["name"] == "Example Corp"
    assert answer["data"]["product"] is None
    assert "library is empty" in answer["message"]


@pytest.mark.parametrize("path", [COMPANY, PERSON])
async def test_nothing_to_go_by_is_answered_with_what_to_send(api: Caller, path: str):
    for body in ({}, {"crmAccountId": "001"}):
        answer = await api.post(path, body)
        assert answer["found"] is False
        assert "send" in answer["message"]
        assert answer["_metadata"]["usage"] == 0


@pytest.mark.parametrize(("path", "kind"), [(COMPANY, "ENRICH_COMPANY"), (PERSON, "ENRICH_PERSON")])
async def test_another_workspace_s_agent_answers_404(api: Caller, stranger: Caller, path: str, kind: str):
    await stranger.post(path, WHO | {"agentOId": await agent(api, kind)}, 404)


@pytest.mark.parametrize("path", [COMPANY, PERSON])
async def test_a_dry_run_reads_no_page_and_keeps_nothing(api: Caller, made: dict[str, str], path: str):
    kind = "ENRICH_COMPANY" if path == COMPANY else "ENRICH_PERSON"
    oid = await agent(api, kind, enableWebSearch=True)
    body = WHO | {"companyDomain": "example.com", "agentOId": oid, "dryRun": True, "requestId": "dry"}
    answer = await api.post(path, body)
    assert "would read https://example.com/" in answer["message"]
    assert answer["data"]["wouldUse"] == 1
    await api.get("agents/run/get", 404, requestId="dry")


async def test_a_hostile_record_is_data(api: Caller, made: dict[str, str]):
    hostile = {
        "a": [{"industry": "<script>"}] * 50,
        "employees": "1e999",
        "x" * 500: "y",
        "founded": {"year": -1},
    }
    answer = await api.post(
        PERSON, {"firstName": "'; drop table--", "companyName": "{x}", "runtimeContext": hostile}
    )
    assert answer["data"]["person"]["firstName"] == "'; drop table--"
    assert answer["data"]["company"]["employeeCount"] is None
