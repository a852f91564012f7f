"""Every kind of the catalog, every verb: what is sent comes back, and what is deleted is gone."""

from typing import Any

import httpx
import pytest
from caller import Caller
from kind_example import COMMON, full_body, least_body, unset_body

from setpiece.library.catalog import KINDS
from setpiece.library.kind import Kind, Linking

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
PLURALS = [(kind, path) for kind in KINDS for path in kind.also_at]


@pytest.fixture
async def offering(api: Caller) -> str:
    oid: str = (await api.create("product", name="Example product"))["oId"]
    return oid


def without_metadata(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "_metadata"}


@every_kind
async def test_a_record_shows_every_field_that_was_sent(api: Caller, kind: Kind, offering: str):
    body = full_body(kind, offering)
    record = await api.create(kind.name, **body)
    for name in COMMON:
        assert record[name] == body[name]
    sent = body["data"] if kind.nests_data else body
    for field in kind.data_fields:
        assert record["data"][field.name] == sent[field.name]
    if kind.has_url:
        assert record["primaryUrl"] == body["primaryUrl"]
    if kind.linking is not Linking.NONE:
        assert record["primaryOfferingOId"] == offering
    if kind.linking is Linking.STRATEGY:
        assert record["linkingStrategy"] == body["linkingStrategy"]
    assert record["user"]["firstName"] == "Test"
    assert record["deletedAt"] is None
    assert record["updatedAt"] is None


@every_kind
async def test_a_field_that_was_never_sent_is_there_and_empty(api: Caller, kind: Kind, offering: str):
    record = await api.create(kind.name, **least_body(kind, offering))
    for field in kind.data_fields:
        assert record["data"][field.name] == field.empty()
    assert record["active"] is True
    assert record["qualifyingQuestions"] == []


@every_kind
async def test_get_answers_the_created_record_at_the_top_level(api: Caller, kind: Kind, offering: str):
    record = await api.create(kind.name, **full_body(kind, offering))
    assert without_metadata(await api.get(f"{kind.name}/get", oId=record["oId"])) == record


@every_kind
async def test_fields_may_be_sent_flat_or_under_data(api: Caller, kind: Kind, offering: str):
    body = full_body(kind, offering)
    fields = {field.name: field.example for field in kind.data_fields}
    rest = {name: value for name, value in body.items() if name not in fields and name != "data"}
    flat = await api.create(kind.name, **rest, **fields)
    nested = await api.create(kind.name, **rest, data=fields)
    assert flat["data"] == nested["data"]


@every_kind
@pytest.mark.parametrize("verb", ["POST", "PUT"])
async def test_an_update_replaces_the_given_fields_and_keeps_the_rest(
    api: Caller, kind: Kind, offering: str, verb: str
):
    before = await api.create(kind.name, **full_body(kind, offering))
    change = {"oId": before["oId"], "name": "Another name", "customFields": [{"title": "T", "value": ["v"]}]}
    call = api.post if verb == "POST" else api.put
    after = (await call(f"{kind.name}/update", change))["data"]
    assert after["name"] == "Another name"
    assert after["data"] == before["data"] | {"customFields": [{"title": "T", "value": ["v"]}]}
    assert after["updatedAt"] is not None
    same = {name for name in before if name not in ("name", "data", "updatedAt")}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert without_metadata(await api.get(f"{kind.name}/get", oId=before["oId"])) == after


@every_kind
async def test_an_update_full_of_empty_values_changes_nothing(api: Caller, kind: Kind, offering: str):
    before = await api.create(kind.name, **full_body(kind, offering))
    after = await api.post(f"{kind.name}/update", {"oId": before["oId"], **unset_body(kind)})
    assert after["data"] == before


@every_kind
async def test_a_create_full_of_empty_values_is_like_one_without_them(api: Caller, kind: Kind, offering: str):
    least = least_body(kind, offering)
    record = await api.create(kind.name, **(unset_body(kind) | least))
    plain = await api.create(kind.name, **least)
    assert record["data"] == plain["data"]
    assert record.get("linkingStrategy") == plain.get("linkingStrategy")


@every_kind
async def test_clear_empties_the_named_fields(api: Caller, kind: Kind, offering: str):
    before = await api.create(kind.name, **full_body(kind, offering))
    names = ["description", "internalName", "qualifyingQuestions"]
    names += ["primaryUrl"] if kind.has_url else []
    names += ["linkingStrategy"] if kind.linking is Linking.STRATEGY else []
    fields = [field.name for field in kind.data_fields]
    after = (await api.post(f"{kind.name}/update", {"oId": before["oId"], "clear": [*names, *fields]}))[
        "data"
    ]
    for field in kind.data_fields:
        assert after["data"][field.name] == field.empty()
    assert [after["description"], after["internalName"], after["qualifyingQuestions"]] == [None, None, []]
    assert after.get("primaryUrl") is None
    assert after.get("linkingStrategy") is None
    assert after["name"] == before["name"]


@every_kind
async def test_a_deleted_record_comes_back_once_and_then_answers_404(api: Caller, kind: Kind, offering: str):
    record = await api.create(kind.name, **least_body(kind, offering))
    total = await api.total(kind.name)
    gone = await api.delete(f"{kind.name}/delete", oId=record["oId"])
    assert gone["oId"] == record["oId"]
    assert gone["deletedAt"] is not None
    assert await api.total(kind.name) == total - 1
    await api.get(f"{kind.name}/get", 404, oId=record["oId"])
    await api.delete(f"{kind.name}/delete", 404, oId=record["oId"])
    await api.post(f"{kind.name}/update", {"oId": record["oId"], "name": "Again"}, 404)


@every_kind
async def test_an_id_of_another_workspace_or_another_kind_answers_404(
    api: Caller, stranger: Caller, kind: Kind, offering: str
):
    theirs = await stranger.create("product", name="Theirs")
    record = await stranger.create(kind.name, **least_body(kind, theirs["oId"]))
    other_kind = offering if kind.name != "product" else (await api.create("persona", name="P"))["oId"]
    for oid in (record["oId"], other_kind, "pe_unknown", "x" * 200):
        for answer in (
            await api.get(f"{kind.name}/get", 404, oId=oid),
            await api.post(f"{kind.name}/update", {"oId": oid, "name": "Mine"}, 404),
            await api.delete(f"{kind.name}/delete", 404, oId=oid),
        ):
            assert f"no {kind.label}" in answer["message"]
    assert (await stranger.get(f"{kind.name}/get", oId=record["oId"]))["name"] == "Example"


@every_kind
async def test_unknown_fields_are_ignored_and_named_in_the_message(api: Caller, kind: Kind, offering: str):
    body = least_body(kind, offering) | {"frobnicate": 1, "data": {"shade": "blue"}}
    answer = await api.post(f"{kind.name}/create", body)
    assert "frobnicate" in answer["_metadata"]["message"]
    assert "shade" in answer["_metadata"]["message"]
    assert "shade" not in answer["data"]["data"]


@every_kind
async def test_a_create_without_a_name_says_that_the_name_is_required(api: Caller, kind: Kind, offering: str):
    for body in ({"description": "d"}, {"name": ""}, {"name": "   "}):
        answer = await api.post(
            f"{kind.name}/create", least_body(kind, offering) | {"name": None} | body, 400
        )
        assert "'name'" in answer["message"]
    assert await api.total(kind.name) == (1 if kind.name == "product" else 0)


@pytest.mark.parametrize(("kind", "path"), PLURALS, ids=lambda value: getattr(value, "name", value))
async def test_the_older_plural_paths_answer_the_same(
    client: httpx.AsyncClient, api: Caller, kind: Kind, path: str
):
    record = await api.create(path, name="Made at the older path")
    assert without_metadata(await api.get(f"{path}/get", oId=record["oId"])) == record
    assert (await api.get(f"{path}/list"))["total"] == await api.total(kind.name) == 1
    assert (await api.put(f"{path}/update", {"oId": record["oId"], "name": "B"}))["data"]["name"] == "B"
    assert (await api.delete(f"{path}/delete", oId=record["oId"]))["deletedAt"]
