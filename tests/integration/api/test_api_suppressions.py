"""`/v1/playbooks/suppressions`: whom a workspace never contacts."""

from typing import Any

import httpx
from recordings import checked

from setpiece.kernel.clock import now
from setpiece.programs.suppressions.model import Contact
from setpiece.programs.suppressions.service import find_suppressed
from setpiece.workspaces.model import Member, Role
from setpiece.workspaces.work import Work

PATH = "/v1/playbooks/suppressions"
ADA = {"kind": "email", "value": " Ada@Example.com", "note": "Asked on the phone"}


async def listed(client: httpx.AsyncClient, **query: Any) -> list[str]:
    found: dict[str, Any] = checked(await client.get(PATH, params=query), 200)
    return [one["value"] for one in found["suppressions"]]


async def test_entries_are_added_once_listed_looked_up_and_taken_off_with_a_note_of_who_did_it(
    client: httpx.AsyncClient, connect: Any, new_tenant: Any, tenant: Any, services: Any
):
    one = checked(await client.post(PATH, json=ADA), 201)
    assert (one["added"], one["alreadyThere"]) == (1, 0)
    (entry,) = one["suppressions"]
    assert (entry["kind"], entry["value"], entry["reason"]) == ("email", "ada@example.com", "manual")
    many = [ADA, {"kind": "domain", "value": "blocked.example"}, {"kind": "account", "value": "acct_1"}]
    again = checked(await client.post(f"/api{PATH}", json={"suppressions": many}), 201)
    assert (again["added"], again["alreadyThere"]) == (2, 1)
    assert again["suppressions"][0] == entry

    assert await listed(client) == ["acct_1", "blocked.example", "ada@example.com"]
    assert await listed(client, kind="domain") == ["blocked.example"]
    assert await listed(client, email="x@mail.blocked.example") == ["blocked.example"]
    assert await listed(client, accountId="acct_1") == ["acct_1"]
    assert await listed(client, email="grace@example.com") == []
    page = checked(await client.get(PATH, params={"limit": 2}), 200)
    assert await listed(client, limit=2, cursor=page["cursor"]) == ["ada@example.com"]

    async with services.database.bound(tenant.workspace_id) as scope:
        work = Work(scope, Member(tenant.workspace_id, "Test", ""), now())
        asked = [
            Contact("ada@example.com"),
            Contact("x@other.example", "blocked.example"),
            Contact("ok@other.example"),
        ]
        found = await find_suppressed(work, asked)
    assert [one and one.value for one in found] == ["ada@example.com", "blocked.example", None]

    async with connect(api_key=(await new_tenant(Role.MEMBER, tenant.name)).secret) as member:
        assert checked(await member.delete(f"{PATH}/{entry['id']}"), 403)["error"]["code"] == "role_too_low"
    assert checked(await client.delete(f"{PATH}/{entry['id']}"), 200) == {"ok": True}
    checked(await client.delete(f"{PATH}/{entry['id']}"), 404)
    assert await listed(client, kind="email") == []
    removed = checked(await client.get(PATH, params={"removed": True, "kind": "email"}), 200)["suppressions"]
    assert removed[0]["removedAt"]
    assert removed[0]["removedByUserId"]
    audit = checked(await client.get("/v1/audit", params={"subjectId": entry["id"]}), 200)["entries"]
    assert [(one["action"], one["subjectId"]) for one in audit] == [("suppression.delete", entry["id"])]
    # Somebody who is put on the list again is a new entry; the old one stays as it was.
    assert checked(await client.post(PATH, json=ADA), 201)["suppressions"][0]["id"] != entry["id"]


async def test_nothing_is_half_written_and_each_mistake_is_named(client: httpx.AsyncClient, connect: Any):
    for body, said in (
        ({"suppressions": [ADA, {"kind": "email", "value": "nobody"}]}, "'nobody' is not an email address"),
        ({"suppressions": []}, "suppressions"),
        ({"kind": "phone", "value": "1"}, "kind"),
        ({"kind": "domain", "value": "com"}, "is not a domain"),
        ({"kind": "email", "value": "a\x00@example.com"}, "NUL"),
        ([ADA], "JSON object"),
    ):
        assert said in checked(await client.post(PATH, json=body), 400)["error"]["message"]
    assert await listed(client) == []
    for query in ({"cursor": "x"}, {"email": "nobody"}, {"limit": 0}):
        checked(await client.get(PATH, params=query), 400)
    async with connect() as nobody:
        for answer in (
            await nobody.get(PATH),
            await nobody.post(PATH, json=ADA),
            await nobody.delete(f"{PATH}/sup_x"),
        ):
            checked(answer, 401)


async def test_another_workspace_sees_and_takes_away_nothing(
    client: httpx.AsyncClient, outsider: httpx.AsyncClient
):
    entry = checked(await client.post(PATH, json=ADA), 201)["suppressions"][0]
    assert await listed(outsider) == []
    checked(await outsider.delete(f"{PATH}/{entry['id']}"), 404)
    assert await listed(client) == ["ada@example.com"]
