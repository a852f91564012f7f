"""What is wrong with a library, over HTTP."""

from typing import Any

import asyncpg
import pytest
from caller import Caller
from play_example import make_library, make_playbook

UNFINISHED = {
    "name": "Example Ledger",
    "capabilities": ["Posts entries TBD"],
    "challengesAddressed": ["Late closes"],
    "customerBenefits": ["Saves 40% of the time"],
}


async def findings(api: Caller, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.get("library/lint", limit=1000, **query))["data"]
    return found


async def rules(api: Caller, **query: Any) -> set[str]:
    return {one["rule"] for one in await findings(api, **query)}


async def test_an_empty_library_is_clean(api: Caller):
    answer = await api.get("library/lint")
    assert (answer["total"], answer["data"], answer["hasNext"]) == (0, [], False)
    assert answer["counts"] == {"error": 0, "warning": 0, "info": 0}


async def test_a_finding_names_the_rule_the_sentence_and_the_field(api: Caller):
    made = await api.create("product", **UNFINISHED)
    first, second = await findings(api)
    assert (first["rule"], first["severity"], second["rule"]) == (
        "placeholder",
        "error",
        "claim-without-proof",
    )
    assert "TBD" in first["message"]
    (place,) = first["places"]
    assert place == {
        "oId": made["oId"], "key": None, "kind": "product", "name": "Example Ledger", "field": "capabilities", "index": 0,
    }  # fmt: skip


async def test_it_is_paged_and_narrowed_and_counts_the_whole(api: Caller):
    await api.create("product", **UNFINISHED)
    page = await api.get("library/lint", limit=1)
    assert (len(page["data"]), page["total"], page["hasNext"]) == (1, 2, True)
    assert [one["rule"] for one in (await api.get("library/lint", limit=1, offset=1))["data"]] == [
        "claim-without-proof"
    ]
    errors = await api.get("library/lint", severity="error")
    assert (errors["total"], errors["counts"]) == (1, {"error": 1, "warning": 1, "info": 0})
    assert await rules(api, rule="claim-without-proof") == {"claim-without-proof"}


async def test_links_to_what_was_deleted_are_found_with_its_name(api: Caller):
    ids = await make_library(api)
    await make_playbook(api, productOId=ids["product"], personaOIds=[ids["controller"]])
    assert "link-to-deleted" not in await rules(api)
    await api.delete("persona/delete", oId=ids["controller"])
    (one,) = await findings(api, rule="link-to-deleted")
    assert one["places"][0]["field"] == "personas"
    assert "Controller" in one["message"]


async def test_a_link_to_a_deleted_offering_is_found(api: Caller):
    gone = await api.create("product", name="Example Gone")
    await api.create("persona", name="Clerk", primaryOfferingOId=gone["oId"])
    await api.delete("product/delete", oId=gone["oId"])
    (one,) = await findings(api, rule="link-to-deleted")
    assert "Example Gone" in one["message"]
    assert one["places"][0]["kind"] == "persona"


async def test_what_lies_far_behind_the_newest_change_is_stale(api: Caller, tenant: Any, dsn: str):
    old = await api.create("persona", name="Old", commonJobTitles=["Clerk"], painPoints=["Paper"])
    await api.create("persona", name="New", commonJobTitles=["Buyer"], painPoints=["Prices"])
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "update entities set created_at = created_at - interval '200 days' where name = 'Old' and workspace_id = $1",
        tenant.workspace_id,
    )
    await connection.close()
    (one,) = await findings(api, rule="stale")
    assert one["places"][0]["oId"] == old["oId"]
    assert await findings(api, rule="stale", staleAfterDays=300) == []


@pytest.mark.parametrize(
    "query", [{"rule": "no-such-rule"}, {"severity": "fatal"}, {"staleAfterDays": 0}, {"limit": 0}]
)
async def test_a_wrong_query_is_refused_with_what_there_is(api: Caller, query: dict[str, Any]):
    refused = await api.get("library/lint", 400, **query)
    assert next(iter(query)) in refused["message"]


async def test_another_workspaces_library_is_not_looked_at(api: Caller, stranger: Caller):
    await api.create("product", **UNFINISHED)
    assert await findings(stranger) == []
