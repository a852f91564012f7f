"""The request examples of the public reference, sent as they stand, and their answers compared key by key."""

import json
from pathlib import Path
from typing import Any

import pytest
from caller import Caller
from shapes import departures

SEEDS = Path(__file__).parent / "seeds"


def seed(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    documented = json.loads((SEEDS / f"{name}.json").read_text())
    return documented["request"], documented["answer"]


async def test_service_create_takes_the_documented_body_and_answers_the_documented_record(api: Caller):
    request, documented = seed("service_create")
    answer = await api.post("service/create", request)
    assert list(departures(documented, answer)) == []
    assert answer["data"]["data"] == {
        "type": "SERVICE",
        **{name: value for name, value in request.items() if name in documented["data"]["data"]},
    }
    for name in ("name", "internalName", "description", "primaryUrl"):
        assert answer["data"][name] == request[name]
    assert answer["data"]["deletedAt"] is None


async def test_a_documented_qualifying_question_comes_back_with_every_documented_key(api: Caller):
    request, documented = seed("service_create")
    questions = documented["data"]["qualifyingQuestions"]
    answer = await api.post("service/create", request | {"qualifyingQuestions": questions})
    assert list(departures(documented, answer)) == []
    assert answer["data"]["qualifyingQuestions"] == questions


async def make_named(api: Caller) -> dict[str, str]:
    """Everything that the body of playbook/create names by id."""
    product = await api.create(
        "product",
        name="Example",
        internalName="Example, internally",
        description="An example product",
        primaryUrl="https://www.example.com",
        summary="Answers questions",
        customerBenefits=["Answers in a day"],
        customFields=[{"title": "Region", "value": ["EMEA"]}],
    )
    persona = await api.create(
        "persona",
        name="VP of Sales",
        painPoints=["Reps work from five spreadsheets"],
        commonJobTitles=["VP of Sales"],
        customFields=[{"title": "Region", "value": ["EMEA"]}],
        qualifyingQuestions=[
            {"question": "Do they own a quota?", "rationale": "", "archivedAt": "2026-01-01"}
        ],
    )
    named = {"product": product["oId"], "persona": persona["oId"]}
    for kind in ("use-case", "competitor", "segment", "reference"):
        named[kind] = (await api.create(kind, name=f"Example {kind}"))["oId"]
    named["proof-point"] = (await api.create("proof-point", name="Answers in 12 ms"))["oId"]
    return named


async def test_playbook_create_takes_the_documented_body_and_answers_the_documented_one(
    api: Caller, pages: dict[str, str]
):
    request, documented = seed("playbook_create")
    pages["https://example.com/market-research"] = "Sales teams ask for answers within a single day of work."
    named = await make_named(api)
    for field, kind in (
        ("productOId", "product"),
        ("competitorOId", "competitor"),
        ("segmentOId", "segment"),
    ):
        request[field] = named[kind]
    for field, kind in (
        ("personaOIds", "persona"),
        ("useCaseOIds", "use-case"),
        ("proofPointOIds", "proof-point"),
        ("referenceOIds", "reference"),
    ):
        request[field] = [named[kind]]
    answer = await api.post("playbook/create", request)
    assert list(departures(documented, answer)) == []
    assert answer["playbook"]["type"] == "LEGACY"
    assert answer["playbook"]["keyInsight"] == ["<string>"]
    assert [persona["oId"] for persona in answer["personas"]] == [named["persona"]]
    assert answer["personas"][0]["valueProps"]
    assert answer["templates"][0], "createTemplates was true"


@pytest.mark.parametrize("chooser", ["agentOId", "experimentOId"])
async def test_sequence_run_takes_the_documented_body_and_answers_the_documented_one(
    api: Caller, chooser: str
):
    request, documented = seed("sequence_run")
    named = await make_named(api)
    playbook = await api.post(
        "playbook/create", {"productOId": named["product"], "personaOIds": [named["persona"]]}
    )
    agent = (await api.get("agents/list"))["data"][0]["oId"]
    experiment = await api.post(
        "agents/experiment/create",
        {"name": "Example", "agentType": "EMAIL", "runStrategy": "RANDOM", "agentOIds": [agent]},
    )
    request["agentOId"], request["experimentOId"] = agent, experiment["oId"]
    del request["experimentOId" if chooser == "agentOId" else "agentOId"]  # one of them, the contract says
    context = request["customContext"]
    context["product"]["oId"], context["persona"]["oId"] = named["product"], named["persona"]
    context["playbook"]["oId"] = playbook["playbook"]["oId"]
    context["segment"]["oId"] = named["segment"]
    del context["service"]  # a product is pinned
    answer = await api.post("agents/sequence/run", request)
    assert list(departures(documented, answer)) == []
    assert answer["found"] is True
    assert answer["_metadata"]["requestId"] == request["requestId"]
    assert answer["data"]["emails"]
    assert answer["data"]["annotations"]["annotations"]
    assert answer["data"]["persona"]["qualifyingQuestions"]
