"""Every change keeps who made it, when, and what differs."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from caller import Caller
from kind_example import full_body

from setpiece.library.catalog import KINDS
from setpiece.library.kind import Kind
from setpiece.workspaces.model import Role


async def revisions(api: Caller, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.get("revision/list", **query))["data"]["revisions"]
    return found


async def diff(api: Caller, revision: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await api.get("revision/get", revisionOId=revision["revisionOId"]))["data"]
    assert {name: found[name] for name in revision} == revision
    changed: dict[str, Any] = found["diff"]
    return changed


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_a_change_of_any_kind_is_told_newest_first(api: Caller, kind: Kind):
    offering = (await api.create("service", name="Offering"))["oId"]
    record = await api.create(kind.name, **full_body(kind, offering))
    await api.post(f"{kind.name}/update", {"oId": record["oId"], "name": "Renamed"})
    await api.delete(f"{kind.name}/delete", oId=record["oId"])
    deleted, updated, created = await revisions(api, entityOIds=record["oId"])
    assert created["summary"] == f"Created {kind.title} 'Example name'"
    assert updated["summary"] == f"Updated {kind.title} 'Renamed': name"
    assert deleted["summary"] == f"Deleted {kind.title} 'Renamed'"
    for one in (deleted, updated, created):
        assert (one["entityOId"], one["authorName"]) == (record["oId"], "Test Member")
    assert await diff(api, updated) == {"name": {"before": "Example name", "after": "Renamed"}}
    made, gone = await diff(api, created), await diff(api, deleted)
    field = kind.fields[0]
    assert made[field.name] == {"before": None, "after": field.example}
    assert gone[field.name] == {"before": field.example, "after": None}
    assert {one["entityOId"] for one in await revisions(api, entityTypes=kind.title)} >= {record["oId"]}


async def test_the_list_has_no_metadata_and_tells_its_window(api: Caller):
    for number in range(3):
        await api.create("persona", name=f"P{number}")
    answer = await api.get("revision/list", limit=2, offset=1)
    assert set(answer) == {"data"}
    assert [one["entityName"] for one in answer["data"]["revisions"]] == ["P1", "P0"]
    assert (answer["data"]["total"], answer["data"]["limit"], answer["data"]["offset"]) == (3, 2, 1)


async def test_the_moment_is_told_as_the_contract_writes_it(api: Caller):
    before = datetime.now(UTC).replace(microsecond=0)
    await api.create("persona", name="P")
    (one,) = await revisions(api)
    assert one["createdAt"].endswith("Z")
    assert before <= datetime.fromisoformat(one["createdAt"]) <= datetime.now(UTC)


async def test_revisions_can_be_narrowed_by_type_record_time_and_author(
    api: Caller, connect: Any, new_tenant: Callable[..., Awaitable[Any]], tenant: Any
):
    persona = await api.create("persona", name="P")
    segment = await api.create("segment", name="S")
    yesterday, tomorrow = (datetime.now(UTC) + timedelta(days=days) for days in (-1, 1))
    cases: list[tuple[dict[str, Any], int]] = [
        ({"entityTypes": "Persona"}, 1),
        ({"entityTypes": ["Persona", "Segment"]}, 2),
        ({"entityTypes": "Persona,Segment"}, 2),
        ({"entityTypes[]": "Segment"}, 1),
        ({"entityTypes[0]": "Segment", "entityTypes[1]": "Persona"}, 2),
        ({"entityTypes": "BrandVoice"}, 0),
        ({"entityOIds": segment["oId"]}, 1),
        ({"entityOIds": "sg_unknown"}, 0),
        ({"startDate": yesterday.isoformat()}, 2),
        ({"startDate": tomorrow.date().isoformat()}, 0),
        ({"endDate": yesterday.isoformat()}, 0),
        ({"endDate": tomorrow.isoformat().replace("+00:00", "Z")}, 2),
        ({"authorOId": persona["user"]["oId"]}, 2),
        ({"authorOId": "u_unknown"}, 0),
        ({"includeRestored": "true"}, 2),
    ]
    for query, expected in cases:
        assert len(await revisions(api, **query)) == expected, query


@pytest.mark.parametrize(
    ("name", "value"),
    [("entityTypes", "Gadget"), ("startDate", "yesterday"), ("limit", "0"), ("limit", "101")],
)
async def test_a_filter_that_makes_no_sense_is_named(api: Caller, name: str, value: str):
    message = (await api.get("revision/list", 400, **{name: value}))["message"]
    assert name in message
    assert "2026-01-31" in message or name != "startDate"


async def test_what_changes_nothing_is_not_noted(api: Caller):
    record = await api.create("persona", name="P", painPoints=["One"])
    for change in ({"name": "P"}, {"painPoints": ["One"]}, {"description": ""}, {"clear": ["keyConcerns"]}):
        after = (await api.post("persona/update", {"oId": record["oId"]} | change))["data"]
        assert after["updatedAt"] is None
    await api.post("persona/update", {"oId": record["oId"], "name": ""})
    await api.post("persona/update", {"oId": record["oId"], "painPoints": "wrong"}, 400)
    assert len(await revisions(api)) == 1


async def test_the_author_is_the_member_whose_key_was_used(
    api: Caller, connect: Any, new_tenant: Callable[..., Awaitable[Any]], tenant: Any, dsn: str
):
    record = await api.create("persona", name="P")
    second = await new_tenant(Role.MEMBER, tenant.name)
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        """with other as (insert into members (id, workspace_id, first_name, last_name)
               values (gen_random_uuid(), $1, 'Other', 'Member') returning id)
           update api_keys set member_id = (select id from other) where workspace_id = $1 and role = 'member'""",
        tenant.workspace_id,
    )
    await connection.close()
    async with connect(api_key=second.secret) as client:
        await Caller(client).post("persona/update", {"oId": record["oId"], "name": "Q"})
    assert [one["authorName"] for one in await revisions(api)] == ["Other Member", "Test Member"]


async def test_only_the_diff_can_be_asked_for(api: Caller):
    await api.create("persona", name="P")
    (one,) = await revisions(api)
    answer = await api.get("revision/get", revisionOId=one["revisionOId"], diffOnly="true")
    assert answer["data"] == {
        "diff": {"name": {"before": None, "after": "P"}, "active": {"before": None, "after": True}}
    }


async def test_a_link_is_told_with_the_ids_a_client_knows(api: Caller):
    product = (await api.create("product", name="Product"))["oId"]
    record = await api.create("persona", name="P")
    strategy = {"mode": "SPECIFIC", "offeringOIds": [product]}
    await api.post("persona/update", {"oId": record["oId"], "linkingStrategy": strategy})
    newest = (await revisions(api))[0]
    assert product.partition("_")[2] in str(await diff(api, newest))


async def test_another_workspace_s_revisions_are_not_there(api: Caller, stranger: Caller):
    await stranger.create("persona", name="Theirs")
    (theirs,) = await revisions(stranger)
    assert await revisions(api) == []
    await api.get("revision/get", 404, revisionOId=theirs["revisionOId"])
    await api.get("revision/get", 404, revisionOId="ev_unknown")
