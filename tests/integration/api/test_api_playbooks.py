"""Playbooks: what is given is used, what is not is picked, and what is changed stays changed."""

from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook, names

CLOSE = "Controllers whose month-end close takes too long"


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    return await make_library(api)


async def full(api: Caller, answer: dict[str, Any]) -> dict[str, Any]:
    return await api.get("playbook/get", oId=answer["playbook"]["oId"])


async def test_given_personas_and_use_cases_are_used_in_the_given_order(api: Caller, made: dict[str, str]):
    answer = await make_playbook(
        api,
        productOId=made["product"],
        context=CLOSE,
        personaOIds=[made["engineer"], made["treasurer"], made["engineer"]],
        useCaseOIds=[made["cash"]],
    )
    assert names(answer["personas"]) == ["Software engineer", "Treasurer"]
    assert names((await full(api, answer))["useCases"]) == ["Daily cash"]


async def test_personas_and_use_cases_are_picked_from_the_context(api: Caller, made: dict[str, str]):
    answer = await make_playbook(api, productOId=made["product"], context=CLOSE)
    assert names(answer["personas"]) == ["Controller"]
    assert names((await full(api, answer))["useCases"])[0] == "Faster close"


async def test_a_persona_linked_to_nothing_is_for_every_offering_and_one_of_another_is_not(api: Caller):
    ours, other = [(await api.create("product", name=name))["oId"] for name in ("Ours", "Other")]
    for name, links in (("Free", {}), ("Elsewhere", {"primaryOfferingOId": other})):
        await api.create("persona", name=name, painPoints=["The close takes too long"], **links)
    answer = await make_playbook(api, productOId=ours, context="A close that takes too long")
    assert names(answer["personas"]) == ["Free"]


async def test_without_any_context_the_first_personas_are_taken(api: Caller, made: dict[str, str]):
    answer = await make_playbook(api, productOId=made["product"], keyInsight="Zebra", description="Quagga")
    assert names(answer["personas"]) == ["Controller", "Treasurer", "Software engineer"]


async def test_a_context_that_fits_nobody_picks_nobody(api: Caller, made: dict[str, str]):
    answer = await make_playbook(api, productOId=made["product"], context="Zebra quagga")
    assert answer["personas"] == []


async def test_a_key_insight_may_be_a_text_or_a_list(api: Caller, made: dict[str, str]):
    one = await make_playbook(api, productOId=made["product"], keyInsight="Closing is waiting")
    two = await make_playbook(
        api, productOId=made["product"], keyInsight=["Closing is waiting", "Waiting costs"]
    )
    assert one["playbook"]["keyInsight"] == ["Closing is waiting"]
    assert two["playbook"]["keyInsight"] == ["Closing is waiting", "Waiting costs"]


TYPES = [
    ({}, "SOLUTION", "Example Ledger for Controller and Treasurer"),
    ({"competitorOId": "competitor"}, "COMPETITIVE", "Example Ledger instead of Example Rival"),
    ({"segmentOId": "segment"}, "SECTOR", "Example Ledger for Breweries"),
    ({"type": "ACCOUNT", "segmentOId": "segment"}, "ACCOUNT", "Example Ledger for Breweries"),
    ({"type": "SEGMENT"}, "SECTOR", None),
    ({"type": "SIGNAL"}, "MILESTONE", None),
    ({"type": "SPECIALIST"}, "PRACTITIONER", None),
    ({"type": "LEGACY"}, "LEGACY", None),
]


@pytest.mark.parametrize(("body", "kind", "name"), TYPES, ids=str)
async def test_the_type_and_the_name_follow_from_the_target_unless_they_are_given(
    api: Caller, made: dict[str, str], body: dict[str, str], kind: str, name: str | None
):
    sent = {field: made.get(value, value) for field, value in body.items()}
    answer = await make_playbook(api, productOId=made["product"], **sent)
    assert answer["playbook"]["type"] == kind
    assert name is None or answer["playbook"]["name"] == name


async def test_a_play_against_a_competitor_answers_with_the_reasons_we_win(api: Caller, made: dict[str, str]):
    answer = await make_playbook(
        api, productOId=made["product"], competitorOId=made["competitor"], personaOIds=[made["controller"]]
    )
    said = str(answer["personas"][0]["valueProps"])
    assert "The close needs no consultant on site" in said
    assert (await full(api, answer))["competitor"]["name"] == "Example Rival"


async def test_a_play_for_a_segment_speaks_of_its_priorities(api: Caller, made: dict[str, str]):
    answer = await make_playbook(
        api, productOId=made["product"], segmentOId=made["segment"], personaOIds=[made["controller"]]
    )
    assert "Opening a second brewery" in str(answer["personas"][0]["valueProps"])
    assert (await full(api, answer))["segment"]["name"] == "Breweries"


async def test_every_generated_value_prop_names_the_library_fields_it_rests_on(
    api: Caller, made: dict[str, str]
):
    answer = await make_playbook(api, productOId=made["product"], personaOIds=[made["controller"]])
    for prop in answer["personas"][0]["valueProps"]:
        for source in prop["sources"]:
            record = await api.get(f"{source['kind']}/get", oId=source["oId"])
            text = record["data"][source["field"]][source["index"]]
            assert text.rstrip(".") in prop["details"]


async def test_the_only_offering_need_not_be_named_and_one_of_two_has_to_be(
    api: Caller, made: dict[str, str]
):
    assert (await full(api, await make_playbook(api)))["product"]["oId"] == made["product"]
    service = await api.create("service", name="Example Rollout", customerBenefits=["Live in a week"])
    assert "'productOId' is required" in (await api.post("playbook/create", {}, 400))["message"]
    answer = await make_playbook(api, productOId=service["oId"])
    assert (await full(api, answer))["product"]["oId"] == service["oId"]


REFERENCES = {
    "productOId": "product",
    "personaOIds": "persona",
    "useCaseOIds": "use case",
    "proofPointOIds": "proof point",
    "referenceOIds": "reference",
    "competitorOId": "competitor",
    "segmentOId": "segment",
}


@pytest.mark.parametrize(("field", "kind"), REFERENCES.items(), ids=REFERENCES.keys())
async def test_an_id_that_is_not_of_this_workspace_and_kind_is_named_and_nothing_is_written(
    api: Caller, stranger: Caller, made: dict[str, str], field: str, kind: str
):
    playbook = (await make_playbook(api, productOId=made["product"]))["playbook"]["oId"]
    theirs = await stranger.create(kind.replace(" ", "-"), name="Theirs")
    wrong = made["controller"] if kind != "persona" else made["product"]
    for oid in (theirs["oId"], wrong, "x_unknown"):
        value = [oid] if field.endswith("s") else oid
        answer = await api.post("playbook/create", {"productOId": made["product"], field: value}, 400)
        assert field in answer["message"]
        assert oid in answer["message"]
        if field != "productOId":
            await api.post("playbook/update", {"oId": playbook, "name": "Changed", field: value}, 400)
    assert await api.total("playbook") == 1
    assert (await api.get("playbook/get", oId=playbook))["name"] != "Changed"


async def test_get_shows_everything_the_playbook_names(api: Caller, made: dict[str, str]):
    answer = await make_playbook(
        api,
        productOId=made["product"],
        personaOIds=[made["controller"]],
        proofPointOIds=[made["proof"]],
        referenceOIds=[made["reference"]],
        status="draft",
    )
    found = await full(api, answer)
    assert (found["status"], found["referenceMode"], found["proofPointMode"]) == (
        "draft",
        "specific",
        "specific",
    )
    assert names(found["proofPoints"]) == ["Closes in one day"]
    assert names(found["references"]) == ["Example Brewery"]
    assert found["personas"] == answer["personas"]
    for field in ("explanation", "attributes", "approachAngle", "strategicNarrative", "exampleDomains"):
        assert field in found["data"]
    assert found["data"]["exampleDescription"] == ""
    assert found["data"]["approachAngle"] == ["The month-end close eats the first two weeks"]


async def test_an_update_merges_data_field_by_field(api: Caller, made: dict[str, str]):
    before = await full(api, await make_playbook(api, productOId=made["product"], keyInsight="One"))
    change = {
        "oId": before["oId"],
        "keyInsight": "Two",
        "attributes": {"market": ["DACH"]},
        "explanation": "",
    }
    after = (await api.put("playbook/update", change))["data"]
    assert after["data"] == before["data"] | {"keyInsight": ["Two"], "attributes": {"market": ["DACH"]}}
    nested = {"oId": before["oId"], "data": {"exampleDomains": ["example.com"]}}
    again = (await api.post("playbook/update", nested))["data"]
    assert again["data"] == after["data"] | {"exampleDomains": ["example.com"]}
    cleared = await api.post("playbook/update", {"oId": before["oId"], "clear": ["exampleDomains"]})
    assert cleared["data"]["data"]["exampleDomains"] == []


async def test_an_update_changes_links_and_traits_and_tells_so_in_one_revision(
    api: Caller, made: dict[str, str]
):
    playbook = (await make_playbook(api, productOId=made["product"], context=CLOSE))["playbook"]["oId"]
    change = {
        "oId": playbook,
        "personaOIds": [made["treasurer"]],
        "segmentOId": made["segment"],
        "status": "archived",
        "type": "SEGMENT",
        "referenceMode": "none",
    }
    after = (await api.post("playbook/update", change))["data"]
    assert names(after["personas"]) == ["Treasurer"]
    assert (after["status"], after["type"], after["referenceMode"]) == ("archived", "SECTOR", "none")
    assert after["updatedAt"] is not None
    told = (await api.get("revision/list", entityOIds=playbook))["data"]["revisions"]
    assert len(told) == 2
    diff = (await api.get("revision/get", revisionOId=told[0]["revisionOId"], diffOnly="true"))["data"][
        "diff"
    ]
    assert diff["status"] == {"before": "active", "after": "archived"}
    assert diff["personaOIds"] == {"before": [made["controller"]], "after": [made["treasurer"]]}
    assert diff["segmentOId"] == {"before": None, "after": made["segment"]}
    again = (await api.post("playbook/update", {"oId": playbook, "clear": ["segmentOId", "personaOIds"]}))[
        "data"
    ]
    assert again["segment"] is None
    assert again["personas"] == []
    await api.post("playbook/update", {"oId": playbook, "clear": ["type"]}, 400)


async def test_an_update_of_empty_values_changes_nothing(api: Caller, made: dict[str, str]):
    before = await full(api, await make_playbook(api, productOId=made["product"], context=CLOSE))
    empty = {name: [] for name in ("personaOIds", "keyInsight", "exampleDomains", "customFields")}
    change = empty | {"oId": before["oId"], "name": "", "description": None, "attributes": {}, "status": ""}
    after = (await api.post("playbook/update", change))["data"]
    assert after == {name: value for name, value in before.items() if name != "_metadata"}


async def test_list_finds_playbooks_by_text_and_by_offering(api: Caller, made: dict[str, str]):
    other = (await api.create("product", name="Other"))["oId"]
    await make_playbook(api, productOId=made["product"], name="First play")
    await make_playbook(api, productOId=other, name="Second play", status="draft")
    page = await api.get("playbook/list")
    assert names(page["data"]) == ["Second play", "First play"]
    assert [one["status"] for one in page["data"]] == ["draft", "active"]
    assert names((await api.get("playbook/list", text="SECOND"))["data"]) == ["Second play"]
    assert names((await api.get("playbook/list", productOId=made["product"]))["data"]) == ["First play"]
    assert (await api.get("playbook/list", limit=1))["hasNext"] is True


async def test_a_deleted_playbook_is_gone_and_what_it_named_stays(api: Caller, made: dict[str, str]):
    oid = (await make_playbook(api, productOId=made["product"], context=CLOSE))["playbook"]["oId"]
    gone = await api.delete("playbook/delete", oId=oid)
    assert gone["deletedAt"] is not None
    assert names(gone["personas"]) == ["Controller"]
    await api.get("playbook/get", 404, oId=oid)
    await api.post("playbook/update", {"oId": oid, "name": "N"}, 404)
    await api.get("persona/get", oId=made["controller"])
    assert await api.total("playbook") == 0


async def test_a_playbook_outlives_what_it_named(api: Caller, made: dict[str, str]):
    oid = (
        await make_playbook(api, productOId=made["product"], context=CLOSE, competitorOId=made["competitor"])
    )["playbook"]["oId"]
    for kind, name in (("persona", "controller"), ("competitor", "competitor"), ("product", "product")):
        await api.delete(f"{kind}/delete", oId=made[name])
    found = await api.get("playbook/get", oId=oid)
    assert (found["personas"], found["competitor"], found["product"]) == ([], None, None)
    assert (await api.get("playbook/list"))["total"] == 1


async def test_another_workspace_s_playbook_answers_404(api: Caller, stranger: Caller, made: dict[str, str]):
    oid = (await make_playbook(api, productOId=made["product"]))["playbook"]["oId"]
    await stranger.get("playbook/get", 404, oId=oid)
    await stranger.post("playbook/update", {"oId": oid, "name": "Mine"}, 404)
    await stranger.delete("playbook/delete", 404, oId=oid)
    await stranger.get("playbook/value-prop/list", 404, playbookOId=oid)
    await stranger.get("playbook/template/list", 404, playbookOId=oid)
