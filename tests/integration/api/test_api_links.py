"""How entities reach offerings, and what questions and fields of one's own look like."""

from typing import Any

import pytest
from caller import Caller


@pytest.fixture
async def product(api: Caller) -> str:
    oid: str = (await api.create("product", name="Product"))["oId"]
    return oid


@pytest.fixture
async def service(api: Caller) -> str:
    oid: str = (await api.create("service", name="Service"))["oId"]
    return oid


async def test_a_strategy_for_all_offerings_names_none_of_them(api: Caller):
    record = await api.create("persona", name="P", linkingStrategy={"mode": "ALL"})
    assert record["linkingStrategy"] == {"mode": "ALL"}


async def test_a_specific_strategy_keeps_its_offerings_in_order(api: Caller, product: str, service: str):
    strategy = {"mode": "SPECIFIC", "offeringOIds": [service, product]}
    record = await api.create("segment", name="S", linkingStrategy=strategy)
    assert record["linkingStrategy"] == strategy
    assert record["primaryOfferingOId"] is None


@pytest.mark.parametrize(
    "strategy", [{}, None, {"mode": None}, {"mode": "SPECIFIC", "offeringOIds": []}], ids=str
)
async def test_an_empty_strategy_links_to_nothing(api: Caller, strategy: dict[str, Any] | None):
    record = await api.create("persona", name="P", linkingStrategy=strategy)
    assert record["linkingStrategy"] is None


async def test_a_strategy_can_be_changed_and_the_primary_offering_stays(
    api: Caller, product: str, service: str
):
    record = await api.create(
        "persona", name="P", primaryOfferingOId=product, linkingStrategy={"mode": "ALL"}
    )
    specific = {"mode": "SPECIFIC", "offeringOIds": [service]}
    after = (await api.post("persona/update", {"oId": record["oId"], "linkingStrategy": specific}))["data"]
    assert after["linkingStrategy"] == specific
    assert after["primaryOfferingOId"] == product


async def test_only_offerings_of_this_workspace_can_be_linked_and_nothing_is_written_otherwise(
    api: Caller, stranger: Caller
):
    theirs = (await stranger.create("product", name="Theirs"))["oId"]
    persona = (await api.create("persona", name="P"))["oId"]
    for oid in (theirs, persona, "px_unknown"):
        strategy = {"mode": "SPECIFIC", "offeringOIds": [oid]}
        answer = await api.post("segment/create", {"name": "S", "linkingStrategy": strategy}, 400)
        assert oid in answer["message"]
        await api.post("segment/create", {"name": "S", "primaryOfferingOId": oid}, 400)
        await api.post("persona/update", {"oId": persona, "name": "Q", "primaryOfferingOId": oid}, 400)
    assert await api.total("segment") == 0
    assert (await api.get("persona/get", oId=persona))["name"] == "P"


async def test_a_core_feature_belongs_to_exactly_one_offering(api: Caller, product: str):
    answer = await api.post("core-feature/create", {"name": "F"}, 400)
    assert "'primaryOfferingOId' is required" in answer["message"]
    record = await api.create("core-feature", name="F", primaryOfferingOId=product)
    assert record["primaryOfferingOId"] == product
    assert "linkingStrategy" not in record


async def test_a_service_as_offering_keeps_its_own_prefix(api: Caller, service: str):
    record = await api.create("core-feature", name="F", primaryOfferingOId=service)
    assert (await api.get("core-feature/get", oId=record["oId"]))["primaryOfferingOId"] == service


async def test_an_id_is_found_whatever_its_prefix(api: Caller, product: str):
    body = product.partition("_")[2]
    for oid in (f"o_{body}", f"some_older_prefix_{body}", body):
        assert (await api.get("product/get", oId=oid))["oId"] == product


async def test_a_question_gets_the_contract_s_defaults_and_is_replaced_as_a_whole(api: Caller):
    record = await api.create("persona", name="P", qualifyingQuestions=[{"question": "A quota?"}])
    assert record["qualifyingQuestions"] == [
        {"question": "A quota?", "rationale": "", "fitType": "GOOD", "weight": "MEDIUM", "archivedAt": None}
    ]
    change = {"oId": record["oId"], "qualifyingQuestions": [{"question": "A team?", "weight": "HIGH"}]}
    after = (await api.post("persona/update", change))["data"]["qualifyingQuestions"]
    assert [(one["question"], one["weight"]) for one in after] == [("A team?", "HIGH")]


BAD_FIELDS = {
    "fit type": ({"qualifyingQuestions": [{"question": "Q", "fitType": "UGLY"}]}, "fitType"),
    "weight": ({"qualifyingQuestions": [{"question": "Q", "weight": "HUGE"}]}, "weight"),
    "question without text": ({"qualifyingQuestions": [{"question": "", "weight": "LOW"}]}, "question"),
    "questions as a text": ({"qualifyingQuestions": "Q"}, "qualifyingQuestions"),
    "custom field without title": ({"customFields": [{"value": ["v"]}]}, "title"),
    "custom field with one value": ({"customFields": [{"title": "T", "value": "v"}]}, "value"),
    "mode": ({"linkingStrategy": {"mode": "SOME"}}, "mode"),
    "list as a text": ({"painPoints": "one"}, "painPoints"),
    "numbers in a list": ({"painPoints": [1]}, "painPoints[0]"),
    "active as a word": ({"active": "perhaps"}, "active"),
    "name as an object": ({"name": {}}, "name"),
    "name too long": ({"name": "x" * 501}, "name"),
}


@pytest.mark.parametrize(("body", "field"), BAD_FIELDS.values(), ids=BAD_FIELDS.keys())
async def test_a_wrong_field_is_named_and_nothing_is_written(api: Caller, body: dict[str, Any], field: str):
    answer = await api.post("persona/create", {"name": "P"} | body, 400)
    assert field in answer["message"]
    assert await api.total("persona") == 0


NOTHING_IN_THEM: dict[str, dict[str, Any]] = {
    "a mode": {"linkingStrategy": {"mode": "", "offeringOIds": []}},
    "a list for an object": {"linkingStrategy": [], "qualifyingQuestions": {}},
    "an object for a text": {"description": {}, "internalName": [], "painPoints": {}},
    "entries": {"painPoints": ["", None], "customFields": [{}, {"title": "", "value": []}]},
    "a question": {"qualifyingQuestions": [{"question": "", "rationale": None}]},
}


@pytest.mark.parametrize("body", NOTHING_IN_THEM.values(), ids=NOTHING_IN_THEM.keys())
async def test_what_holds_nothing_is_not_given_at_any_depth(api: Caller, body: dict[str, Any]):
    plain = await api.create("persona", name="Plain")
    record = await api.create("persona", name="Plain", **body)
    assert record["data"] == plain["data"]
    for name in ("linkingStrategy", "qualifyingQuestions", "description", "internalName"):
        assert record[name] == plain[name]
    kept = await api.create("persona", name="Kept", painPoints=["One"], linkingStrategy={"mode": "ALL"})
    after = (await api.put("persona/update", {"oId": kept["oId"], **body}))["data"]
    assert (after["data"], after["linkingStrategy"]) == (kept["data"], kept["linkingStrategy"])


async def test_empty_values_inside_a_field_leave_its_defaults(api: Caller):
    question = {"question": "Q", "rationale": None, "fitType": "", "weight": None, "archivedAt": ""}
    segment = {"industry": ["Software"], "revenue": "", "employees": None}
    record = await api.create("segment", name="S", qualifyingQuestions=[question], firmographics=segment)
    shown = {"question": "Q", "rationale": "", "fitType": "GOOD", "weight": "MEDIUM", "archivedAt": None}
    assert record["qualifyingQuestions"] == [shown]
    assert record["data"]["firmographics"] == {"industry": ["Software"]}


async def test_a_strategy_names_each_offering_once(api: Caller, product: str):
    strategy = {"mode": "SPECIFIC", "offeringOIds": [product, product]}
    record = await api.create("persona", name="P", linkingStrategy=strategy)
    assert record["linkingStrategy"]["offeringOIds"] == [product]


async def test_the_primary_offering_can_be_cleared_where_it_may_be_missing(api: Caller, product: str):
    persona = await api.create("persona", name="P", primaryOfferingOId=product)
    change = {"oId": persona["oId"], "clear": ["primaryOfferingOId"]}
    assert (await api.post("persona/update", change))["data"]["primaryOfferingOId"] is None
    feature = await api.create("core-feature", name="F", primaryOfferingOId=product)
    change = {"oId": feature["oId"], "clear": ["primaryOfferingOId"]}
    assert "primaryOfferingOId" in (await api.post("core-feature/update", change, 400))["message"]


@pytest.mark.parametrize("name", ["name", "active", "oId", "nonsense"])
async def test_what_cannot_be_cleared_is_named_and_nothing_else_is_cleared(api: Caller, name: str):
    persona = await api.create("persona", name="P", painPoints=["Stays"])
    change = {"oId": persona["oId"], "clear": ["painPoints", name]}
    assert f"'{name}'" in (await api.post("persona/update", change, 400))["message"]
    assert (await api.get("persona/get", oId=persona["oId"]))["data"]["painPoints"] == ["Stays"]


async def test_a_record_that_names_a_deleted_offering_can_be_sent_back_as_it_is(
    api: Caller, product: str, service: str
):
    strategy = {"mode": "SPECIFIC", "offeringOIds": [service]}
    persona = await api.create("persona", name="P", primaryOfferingOId=product, linkingStrategy=strategy)
    await api.delete("product/delete", oId=product)
    await api.delete("service/delete", oId=service)
    record = await api.get("persona/get", oId=persona["oId"])
    after = (await api.put("persona/update", record | {"name": "Renamed"}))["data"]
    assert after["name"] == "Renamed"
    assert (after["primaryOfferingOId"], after["linkingStrategy"]) == (product, strategy)
    for offering in (product, service):
        await api.post("persona/create", {"name": "New", "primaryOfferingOId": offering}, 400)


async def test_only_the_types_of_the_contract_are_proof_points(api: Caller):
    record = await api.create("proof-point", name="P", type="award")
    assert record["data"]["type"] == "award"
    answer = await api.post("proof-point/create", {"name": "P", "type": "AWARD"}, 400)
    assert "'stat'" in answer["message"]
