"""Value props: read, written, changed and deleted by hand, and what a person wrote reaches the emails."""

from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook, words_of

HAND_WRITTEN = {
    "title": "Nobody waits for the close",
    "details": "The books close while the team sleeps.",
    "evidence": ["A close of 4,000 entries ran in 19 minutes"],
}


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    answer = await make_playbook(
        api, productOId=ids["product"], personaOIds=[ids["controller"], ids["treasurer"]]
    )
    return ids | {"playbook": answer["playbook"]["oId"]}


async def props(api: Caller, made: dict[str, str], **query: Any) -> list[dict[str, Any]]:
    page = await api.get("playbook/value-prop/list", playbookOId=made["playbook"], **query)
    assert page["total"] == len(page["data"])
    found: list[dict[str, Any]] = page["data"]
    return found


async def add(api: Caller, made: dict[str, str]) -> dict[str, Any]:
    body = {
        "playbookOId": made["playbook"],
        "personaOId": made["controller"],
        "valueProps": [HAND_WRITTEN],
    }
    (prop,) = (await api.post("playbook/value-prop/add", body))["data"]
    found: dict[str, Any] = prop
    return found


async def test_the_generated_ones_are_listed_by_persona(api: Caller, made: dict[str, str]):
    everyone = await props(api, made)
    controllers = await props(api, made, personaOId=made["controller"])
    assert {one["personaOId"] for one in everyone} == {made["controller"], made["treasurer"]}
    assert {one["personaOId"] for one in controllers} == {made["controller"]}
    assert await props(api, made, personaOId="pe_unknown") == []


async def test_an_added_one_stands_last_and_rests_on_no_field(api: Caller, made: dict[str, str]):
    prop = await add(api, made)
    assert {name: prop[name] for name in HAND_WRITTEN} == HAND_WRITTEN
    assert prop["sources"] == []
    assert (await props(api, made, personaOId=made["controller"]))[-1] == prop
    playbook = await api.get("playbook/get", oId=made["playbook"])
    assert prop in playbook["personas"][0]["valueProps"]


async def test_what_a_person_wrote_can_be_found_in_the_emails(api: Caller, made: dict[str, str]):
    for one in await props(api, made):
        await api.delete("playbook/value-prop/delete", oId=one["oId"])
    prop = await add(api, made)
    pins = {"playbook": {"oId": made["playbook"]}, "persona": {"oId": made["controller"]}}
    run = await api.post(
        "agents/sequence/run",
        {"jobTitle": "Controller", "customContext": pins, "includeFullAnnotation": True},
    )
    said = words_of(run["data"]["emails"]) + str([one["coreValueProp"] for one in run["data"]["emails"]])
    assert "close while the team sleeps" in said
    assert prop["oId"] in {one["meta"]["oId"] for one in run["data"]["annotations"]["annotations"]}


async def test_one_that_is_only_a_title_is_cited_as_a_title(api: Caller, made: dict[str, str]):
    title = "The books close while the team sleeps"
    prop = {
        "playbookOId": made["playbook"],
        "personaOId": made["controller"],
        "valueProps": [{"title": title}],
    }
    (added,) = (await api.post("playbook/value-prop/add", prop))["data"]
    body = {
        "jobTitle": "Controller",
        "includeFullAnnotation": True,
        "customContext": {"playbook": {"oId": made["playbook"]}},
    }
    told = (await api.post("agents/sequence/run", body))["data"]["annotations"]["annotations"]
    cited = [one["meta"] for one in told if one["meta"]["oId"] == added["oId"]]
    assert cited
    for meta in cited:
        assert meta["fact"].lower() in added[meta["field"]].lower()


async def test_those_of_a_persona_that_left_are_not_listed_and_come_back_with_it(
    api: Caller, made: dict[str, str]
):
    everyone = await props(api, made)
    await api.post("playbook/update", {"oId": made["playbook"], "personaOIds": [made["treasurer"]]})
    assert {one["personaOId"] for one in await props(api, made)} == {made["treasurer"]}
    both = [made["controller"], made["treasurer"]]
    await api.post("playbook/update", {"oId": made["playbook"], "personaOIds": both})
    assert await props(api, made) == everyone


async def test_a_changed_one_no_longer_rests_on_library_fields(api: Caller, made: dict[str, str]):
    before = (await props(api, made))[0]
    assert before["sources"]
    same = (
        await api.post("playbook/value-prop/update", {"oId": before["oId"], "title": "", "evidence": []})
    )["data"]
    assert same == before
    evidence = (await api.put("playbook/value-prop/update", {"oId": before["oId"], "evidence": ["E"]}))[
        "data"
    ]
    assert evidence["sources"] == before["sources"]
    after = (await api.post("playbook/value-prop/update", {"oId": before["oId"], "title": "New"}))["data"]
    assert (after["title"], after["details"], after["evidence"]) == ("New", before["details"], ["E"])
    assert after["sources"] == []
    assert after["updatedAt"] is not None
    assert (await props(api, made))[0] == after


async def test_a_deleted_one_is_gone(api: Caller, made: dict[str, str]):
    prop = await add(api, made)
    assert (await api.delete("playbook/value-prop/delete", oId=prop["oId"]))["data"] == prop
    assert prop not in await props(api, made)
    await api.delete("playbook/value-prop/delete", 404, oId=prop["oId"])
    await api.post("playbook/value-prop/update", {"oId": prop["oId"], "title": "T"}, 404)


async def test_every_change_of_them_is_a_revision_of_the_playbook(api: Caller, made: dict[str, str]):
    prop = await add(api, made)
    await api.post("playbook/value-prop/update", {"oId": prop["oId"], "title": "New"})
    await api.delete("playbook/value-prop/delete", oId=prop["oId"])
    told = (await api.get("revision/list", entityOIds=made["playbook"]))["data"]["revisions"]
    assert [one["summary"].rpartition(": ")[2] for one in told[:3]] == ["valueProps"] * 3


WRONG = {
    "persona of no play": ({"personaOId": "engineer"}, "not one of the playbook's personas"),
    "unknown persona": ({"personaOId": "pe_unknown"}, "not one of the playbook's personas"),
    "nothing to add": ({"valueProps": []}, "'valueProps'"),
    "no title": ({"valueProps": [{"details": "D"}]}, "'valueProps[0].title' is required"),
    "a text instead of a list": ({"valueProps": "T"}, "'valueProps'"),
}


@pytest.mark.parametrize(("body", "said"), WRONG.values(), ids=WRONG.keys())
async def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    api: Caller, made: dict[str, str], body: dict[str, Any], said: str
):
    good = {"playbookOId": made["playbook"], "personaOId": made["controller"], "valueProps": [HAND_WRITTEN]}
    body = {name: made.get(value, value) if isinstance(value, str) else value for name, value in body.items()}
    before = await props(api, made)
    assert said in (await api.post("playbook/value-prop/add", good | body, 400))["message"]
    assert await props(api, made) == before


async def test_another_workspace_can_neither_read_nor_change_them(
    api: Caller, stranger: Caller, made: dict[str, str]
):
    prop = await add(api, made)
    body = {"playbookOId": made["playbook"], "personaOId": made["controller"], "valueProps": [HAND_WRITTEN]}
    await stranger.post("playbook/value-prop/add", body, 404)
    await stranger.post("playbook/value-prop/update", {"oId": prop["oId"], "title": "Mine"}, 404)
    await stranger.delete("playbook/value-prop/delete", 404, oId=prop["oId"])
    assert prop in await props(api, made)
