"""`matching/evaluate`: labelled cases against the workspace's own library."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from caller import Caller

from setpiece.workspaces.model import Role

_LIBRARY = {
    "setpiece": 1,
    "products": [{"key": "suite", "name": "Example Suite"}],
    "personas": [
        {"key": "seller", "name": "Sales leader", "commonJobTitles": ["VP Sales", "Head of Sales"]},
        {"key": "guard", "name": "Security leader", "commonJobTitles": ["CISO"]},
    ],
    "playbooks": [{"key": "play", "name": "A play", "product": "suite", "personas": ["seller"]}],
}


def case(id: str, title: str, persona: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "prospect": {"jobTitle": title}, "expect": {"persona": persona}} | more


@pytest.fixture
async def library(api: Caller) -> Caller:
    await api.post("library/import", _LIBRARY)
    return api


async def test_cases_are_judged_against_the_library(library: Caller):
    cases = [
        case("a", "VP of Sales", "seller"),
        case("b", "Head Chef", "none"),
        case("c", "Head of Sales", "guard"),
    ]
    found = (await library.post("matching/evaluate", {"cases": cases}))["data"]
    by_title = found["parts"][0]
    assert by_title["accuracyAt1"] == {"right": 1, "of": 2, "ratio": 0.5}
    assert by_title["noneRecall"] == {"right": 1, "of": 1, "ratio": 1.0}
    assert [(one["case"], one["expected"], one["ranked"][0]) for one in by_title["misses"]] == [
        ("c", ["guard"], "seller")
    ]
    assert by_title["confusion"] == [{"expected": "guard", "predicted": "seller", "count": 1}]


async def test_a_label_may_be_an_id(library: Caller):
    record = (await library.get("persona/list"))["data"][0]
    found = await library.post("matching/evaluate", {"cases": [case("a", "CISO", record["oId"])]})
    assert found["data"]["parts"][0]["cases"] == 1


async def test_an_answer_can_be_sent_back_to_see_what_changed(library: Caller):
    body = {"cases": [case("a", "VP of Sales", "seller"), case("b", "CISO", "guard")]}
    before = (await library.post("matching/evaluate", body))["data"]
    persona = next(
        one for one in (await library.get("persona/list"))["data"] if one["name"] == "Security leader"
    )
    await library.post(
        "persona/update", {"oId": persona["oId"], "commonJobTitles": ["Gardener"], "name": "Gardener"}
    )
    after = (await library.post("matching/evaluate", body | {"against": before}))["data"]
    assert [one["case"] for one in after["difference"]["byTitle"]["lost"]] == ["b"]
    assert after["difference"]["byTitle"]["gained"] == []


async def test_simpler_ways_stand_beside_ours_when_asked_for(library: Caller):
    body = {"cases": [case("a", "VP of Sales", "seller")], "compare": True}
    ways = (await library.post("matching/evaluate", body))["data"]["comparison"]
    assert [one["way"] for one in ways] == ["ours", "lexical only", "embedding only", "rapidfuzz"]
    assert ways[0]["accuracyAt1"]["ratio"] == 1.0


WRONG = {
    "no cases": ({"cases": []}, "'cases'"),
    "none of the split": ({"cases": [case("a", "CISO", "guard")], "split": "develop"}, "none of the split"),
    "unknown label": ({"cases": [case("a", "CISO", "nobody")]}, "not in the library"),
    "too many": ({"cases": [case(str(n), "CISO", "guard") for n in range(1_001)]}, "at most 1,000"),
    "a wrong type": ({"cases": "CISO"}, "'cases' must be a list"),
}


@pytest.mark.parametrize(("body", "told"), WRONG.values(), ids=WRONG.keys())
async def test_what_cannot_be_judged_is_refused_with_a_sentence(
    library: Caller, body: dict[str, Any], told: str
):
    assert told in (await library.post("matching/evaluate", body, expect=400))["message"]


async def test_a_viewer_may_judge_and_another_workspace_sees_nothing_of_the_library(
    library: Caller, stranger: Caller, connect: Any, new_tenant: Callable[..., Awaitable[Any]], tenant: Any
):
    body = {"cases": [case("a", "CISO", "guard")]}
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect(api_key=viewer.secret) as client:
        assert (await Caller(client).post("matching/evaluate", body))["data"]["parts"]
    assert "not in the library" in (await stranger.post("matching/evaluate", body, expect=400))["message"]
