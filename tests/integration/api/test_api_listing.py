"""Lists: paging, totals, the text filter, the filters by offering and by playbook."""

from typing import Any

import pytest
from caller import Caller
from kind_example import least_body

from setpiece.library.catalog import KINDS
from setpiece.library.kind import Kind, Linking

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
linked_kind = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.linking is not Linking.NONE], ids=lambda kind: kind.name
)


def names(page: dict[str, Any]) -> list[str]:
    return [record["name"] for record in page["data"]]


@every_kind
async def test_pages_follow_each_other_newest_first_and_say_when_there_are_more(api: Caller, kind: Kind):
    offering = (await api.create("service", name="Example 1"))["oId"]
    for number in range(2 if kind.name == "service" else 1, 5):
        await api.create(kind.name, **least_body(kind, offering, f"Example {number}"))
    total, expected = 4, [f"Example {number}" for number in (4, 3, 2, 1)]
    first = await api.get(f"{kind.name}/list", limit=3)
    assert (names(first), first["total"], first["hasNext"]) == (expected[:3], total, True)
    last = await api.get(f"{kind.name}/list", limit=3, offset=3)
    assert (last["total"], last["hasNext"]) == (total, False)
    assert names(last) == expected[3:]
    beyond = await api.get(f"{kind.name}/list", limit=3, offset=100)
    assert (beyond["data"], beyond["total"], beyond["hasNext"]) == ([], total, False)


@every_kind
async def test_a_listed_record_is_the_one_that_get_answers(api: Caller, kind: Kind):
    offering = (await api.create("product", name="Example"))["oId"]
    record = await api.create(kind.name, **least_body(kind, offering))
    assert (await api.get(f"{kind.name}/list"))["data"][0] == record


async def test_a_client_may_ask_for_a_thousand_and_gets_ten_when_it_asks_for_nothing(api: Caller):
    for number in range(11):
        await api.create("persona", name=f"Persona {number}")
    assert len((await api.get("persona/list"))["data"]) == 10
    assert len((await api.get("persona/list", limit=100))["data"]) == 11
    assert len((await api.get("persona/list", limit="null", offset=""))["data"]) == 10


TEXTS = {
    "case": ("HEAD OF", ["Head of 100% growth"]),
    "percent": ("100%", ["Head of 100% growth"]),
    "lone percent": ("%", ["Head of 100% growth"]),
    "underscore": ("a_b", ["Owner of a_b"]),
    "backslash": ("c\\d", ["Lead of c\\d"]),
    "quote": ("o'brien", ["O'Brien"]),
    "umlaut": ("GESCHÄFTSFÜHRER", ["Geschäftsführer"]),
    "internal name": ("sally", ["Geschäftsführer"]),
    "description": ("signs contracts", ["O'Brien"]),
    "nothing": ("nobody at all", []),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS.keys())
async def test_the_text_filter_finds_what_contains_the_text_literally(
    api: Caller, text: str, expected: list[str]
):
    for body in (
        {"name": "Head of 100% growth"},
        {"name": "Owner of a_b"},
        {"name": "Lead of c\\d"},
        {"name": "O'Brien", "description": "Signs contracts"},
        {"name": "Geschäftsführer", "internalName": "Sally the Leader"},
        {"name": "axb and cd"},
    ):
        await api.create("persona", **body)
    page = await api.get("persona/list", text=text)
    assert (names(page), page["total"], page["hasNext"]) == (expected, len(expected), False)


@linked_kind
async def test_the_product_filter_lists_what_is_linked_to_it_in_any_way(api: Caller, kind: Kind):
    ours, other = [(await api.create("product", name=name))["oId"] for name in ("Ours", "Other")]
    await api.create(kind.name, **least_body(kind, ours, "Belongs") | {"primaryOfferingOId": ours})
    await api.create(kind.name, **least_body(kind, other, "Elsewhere") | {"primaryOfferingOId": other})
    expected = ["Belongs"]
    if kind.linking is Linking.STRATEGY:
        await api.create(kind.name, name="For all", linkingStrategy={"mode": "ALL"})
        specific = {"mode": "SPECIFIC", "offeringOIds": [ours]}
        await api.create(kind.name, name="For ours", linkingStrategy=specific)
        await api.create(kind.name, name="For none", linkingStrategy={})
        expected = ["For ours", "For all", "Belongs"]
    page = await api.get(f"{kind.name}/list", productOId=ours)
    assert (names(page), page["total"]) == (expected, len(expected))


async def test_the_playbook_filter_lists_what_the_playbook_uses(api: Caller):
    product = (await api.create("product", name="Product"))["oId"]
    chosen = (await api.create("persona", name="Chosen"))["oId"]
    await api.create("persona", name="Left out")
    playbook = await api.post("playbook/create", {"productOId": product, "personaOIds": [chosen]})
    page = await api.get("persona/list", playbookOId=playbook["playbook"]["oId"])
    assert names(page) == ["Chosen"]


async def test_the_playbook_filter_knows_all_that_a_playbook_names(api: Caller):
    product = (await api.create("product", name="Named"))["oId"]
    competitor = (await api.create("competitor", name="Named"))["oId"]
    segment = (await api.create("segment", name="Named"))["oId"]
    for kind in ("product", "competitor", "segment"):
        await api.create(kind, name="Left out")
    body = {"productOId": product, "competitorOId": competitor, "segmentOId": segment}
    playbook = (await api.post("playbook/create", body))["playbook"]["oId"]
    for kind in ("product", "competitor", "segment"):
        assert names(await api.get(f"{kind}/list", playbookOId=playbook)) == ["Named"]


@pytest.mark.parametrize("kind", ["product", "service"])
async def test_the_product_filter_lists_the_offering_itself(api: Caller, kind: str):
    offering = (await api.create(kind, name="This one"))["oId"]
    await api.create(kind, name="Another")
    assert names(await api.get(f"{kind}/list", productOId=offering)) == ["This one"]


async def test_the_text_filter_lowers_a_text_as_the_database_does(api: Caller):
    await api.create("objection", name="\u0130stanbul")
    assert names(await api.get("objection/list", text="\u0130STANBUL")) == ["\u0130stanbul"]


async def test_a_filter_by_an_id_that_nothing_has_lists_nothing(api: Caller, stranger: Caller):
    theirs = (await stranger.create("product", name="Theirs"))["oId"]
    await api.create("persona", name="Persona")
    for oid in (theirs, "px_unknown", "'; drop table entities; --"):
        assert (await api.get("persona/list", productOId=oid))["total"] == 0
        assert (await api.get("persona/list", playbookOId=oid))["total"] == 0


async def test_products_and_services_can_be_listed_together(api: Caller):
    await api.create("product", name="Product")
    await api.create("product", name="Sold as a service", type="SERVICE")
    await api.create("service", name="Service")
    assert names(await api.get("product/list")) == ["Sold as a service", "Product"]
    assert names(await api.get("product/list", type="ALL")) == ["Service", "Sold as a service", "Product"]
    assert names(await api.get("product/list", type="SERVICE")) == ["Service", "Sold as a service"]
    assert names(await api.get("product/list", type="PRODUCT")) == ["Product"]


async def test_a_slip_in_the_name_of_a_filter_is_said(api: Caller):
    await api.create("persona", name="P")
    page = await api.get("persona/list", txt="nobody", limit=1)
    assert page["_metadata"]["message"] == "Ignored unknown parameters: txt."
    assert page["total"] == 1


async def test_another_workspace_sees_none_of_it(api: Caller, stranger: Caller):
    await api.create("persona", name="Ours")
    page = await stranger.get("persona/list", text="Ours")
    assert (page["data"], page["total"]) == ([], 0)


BAD_WINDOWS = {
    "limit of zero": {"limit": 0},
    "limit too high": {"limit": 1001},
    "negative limit": {"limit": -1},
    "limit is a word": {"limit": "ten"},
    "limit is a fraction": {"limit": "1.5"},
    "limit beyond any integer": {"limit": "9" * 40},
    "negative offset": {"offset": -1},
    "offset beyond any list": {"offset": 10**19},
    "text too long": {"text": "x" * 501},
    "unknown type": {"type": "GADGET"},
}


@pytest.mark.parametrize("query", BAD_WINDOWS.values(), ids=BAD_WINDOWS.keys())
async def test_a_query_that_cannot_be_answered_names_the_parameter(api: Caller, query: dict[str, Any]):
    answer = await api.get("product/list", 400, **query)
    assert f"'{next(iter(query))}'" in answer["message"]
