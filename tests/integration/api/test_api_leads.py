"""Leads of a playbook over HTTP: uploaded, drawn on trial, erased; and what draws agree on."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest

from setpiece.programs import runs, service
from setpiece.programs.leads import importing, intake
from setpiece.programs.leads.draw_repository import DrawRepository
from setpiece.programs.leads.drawing import draw, drawn_leads, lost_accounts
from setpiece.programs.leads.lead_repository import LeadRepository
from setpiece.programs.leads.model import Reach
from setpiece.workspaces.model import Member, Role
from setpiece.workspaces.work import Work

_PLAYBOOK = {
    "name": "New heads of growth",
    "mode": "outbound",
    "buddyId": "prospect",
    "status": "active",
    "strategy": {"hypothesis": "They take a meeting", "channels": ["email"]},
}
_LIST = """Mail;Vorname;Nachname;Telefon;Region;Notes
ann@acme.example;Ann;Example;+44 20 7946 0000;North;secret
bob@acme.example;Bob;Example;;South;
ANN@acme.example;Ann again;;;;
nobody at all;;;;;
;Phoebe;;0044 20 7946 0001;;
gone@quiet.example;Gone;;;;
carl@beta.example;Carl;;;;
"""


async def _make(client: httpx.AsyncClient, **changes: Any) -> str:
    answer = await client.post("/v1/playbooks", json=_PLAYBOOK | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["playbook"]["id"])


async def _upload(
    client: httpx.AsyncClient, playbook_id: str, content: str | bytes, **query: str
) -> dict[str, Any]:
    answer = await client.post(f"/v1/playbooks/{playbook_id}/leads/import", content=content, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
async def playbook(client: httpx.AsyncClient) -> str:
    return await _make(client)


async def test_a_file_is_looked_at_before_anything_is_kept(client: httpx.AsyncClient, playbook: str) -> None:
    found = (await _upload(client, playbook, _LIST, preview="true"))["preview"]
    assert (found["delimiter"], found["encoding"], found["rows"], found["invalid"]) == (";", "utf-8", 7, 1)
    columns = {one["name"]: (one["field"], one["examples"][:1]) for one in found["columns"]}
    assert columns["Vorname"] == ("firstName", ["Ann"])
    assert columns["Region"] == ("Region", ["North"])
    assert found["problems"] == [
        {"row": 5, "problem": "The email is no address; it looks like ann@acme.example."}
    ]
    assert (await client.get(f"/v1/playbooks/{playbook}/leads")).json() == {"leads": [], "cursor": None}


@pytest.mark.parametrize(("few", "batch"), [(0, 1000), (0, 2), (100, 2)], ids=["short", "looked up", "held"])
async def test_rows_become_leads_once_and_the_others_are_told_in_a_file(
    client: httpx.AsyncClient, playbook: str, few: int, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_FEW", few)
    monkeypatch.setattr(importing, "_BATCH", batch)
    made = (await _upload(client, playbook, _LIST, name="fair.csv", mapping='{"Notes": null}'))["list"]
    assert made["counts"] == {
        "rows": 7,
        "added": 5,
        "known": 0,
        "duplicates": 1,
        "invalid": 1,
        "suppressed": 0,
    }
    path = f"/v1/playbooks/{playbook}/leads"
    leads = (await client.get(path)).json()["leads"]
    assert [one["email"] for one in leads] == [
        "ann@acme.example",
        "bob@acme.example",
        None,
        "gone@quiet.example",
        "carl@beta.example",
    ]
    assert leads[0]["fields"] == {"Region": "North"}
    assert leads[0]["sources"] == [
        {
            "source": "manual",
            "listId": made["id"],
            "name": "fair.csv",
            "reference": "row 2",
            "at": made["createdAt"],
        }
    ]
    problems = await client.get(f"{path}/lists/{made['id']}/problems")
    assert list(csv.reader(io.StringIO(problems.text)))[1:] == [
        ["4", "Is the same person as row 2."],
        ["5", "The email is no address; it looks like ann@acme.example."],
    ]
    again = await _upload(
        client, playbook, '[{"email": "bob@acme.example", "jobTitle": "Buyer", "firstName": "Robert"}]'
    )
    assert again["list"]["counts"]["known"] == 1
    bob = (await client.get(f"/v1/playbooks/leads/{leads[1]['id']}")).json()["lead"]
    assert (bob["jobTitle"], bob["firstName"], len(bob["sources"])) == ("Buyer", "Bob", 2)
    pages = await client.get(path, params={"limit": 2})
    rest = await client.get(path, params={"limit": 10, "cursor": pages.json()["cursor"]})
    assert len(rest.json()["leads"]) == 3
    lists = (await client.get(f"{path}/lists")).json()["lists"]
    assert [one["source"] for one in lists] == ["manual", "manual"]


@pytest.mark.parametrize(
    ("content", "query", "told"),
    [
        ("", {}, "is empty"),
        ("name,age\nAnn,3", {"mapping": '{"name": null}'}, "No column says who somebody is"),
        ("email\na@b.example", {"mapping": "[]"}, "must be a JSON object"),
        ("email\na@b.example", {"mapping": '{"Mail": "email"}'}, "does not have"),
        ('[{"email": "a@b.example"}, {', {}, "Lead 2 is not valid JSON"),
        ("PK\x03\x04", {}, "Excel"),
        ("email,a\x00b\na@b.example,1", {}, "The name of a column"),
        ('[{"email": "a@b.example", "\\ud800": "x"}]', {}, "The name of a column"),
        ("email,x\na@b.example,1", {"mapping": '{"x": "\\u0000"}'}, "The name of a column"),
    ],
)
async def test_a_file_that_cannot_be_read_leaves_nothing_behind(
    client: httpx.AsyncClient, playbook: str, content: str, query: dict[str, str], told: str
) -> None:
    answer = await client.post(f"/v1/playbooks/{playbook}/leads/import", content=content, params=query)
    assert answer.status_code == 400
    assert told in answer.json()["error"]["message"]
    assert (await client.get(f"/v1/playbooks/{playbook}/leads/lists")).json()["lists"] == []


async def test_a_row_that_no_column_can_hold_is_left_out(client: httpx.AsyncClient, playbook: str) -> None:
    good = ", ".join(f'{{"email": "p{n}@acme.example"}}' for n in range(30))
    bad = '{"email": "c@d.example", "x": "\\ud83d"}, {"email": "e@f.example", "x": "a\\u0000"}, {"email": "g@h.example", "\\udc00": "1"}, {"\\u0000": []}'
    counts = (await _upload(client, playbook, f"[{good}, {bad}]"))["list"]["counts"]
    assert (counts["added"], counts["invalid"]) == (30, 4)


async def test_a_list_that_is_too_long_leaves_nothing_behind(
    client: httpx.AsyncClient, playbook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_ROWS", 5)
    answer = await client.post(f"/v1/playbooks/{playbook}/leads/import", content=_people(6, 1))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")
    assert (await client.get(f"/v1/playbooks/{playbook}/leads")).json()["leads"] == []


async def test_a_form_is_read_as_a_browser_sends_it(client: httpx.AsyncClient, playbook: str) -> None:
    answer = await client.post(
        f"/v1/playbooks/{playbook}/leads/import",
        files={"file": ("people.csv", b"Who,x\nann@acme.example,1\n")},
        data={"mapping": '{"Who": "email"}'},
    )
    assert (answer.json()["list"]["name"], answer.json()["list"]["counts"]["added"]) == ("people.csv", 1)
    head = b'--b\r\ncontent-disposition: form-data; name="file"; filename="a\x00b"\r\n\r\n'
    named = await client.post(
        f"/v1/playbooks/{playbook}/leads/import",
        content=head + b"email\nann@acme.example\r\n--b--\r\n",
        headers={"content-type": "multipart/form-data; boundary=b"},
    )
    assert named.json()["list"]["name"] == "ab"


async def test_every_door_asks_for_a_key_the_right_and_the_workspace(
    client: httpx.AsyncClient,
    outsider: httpx.AsyncClient,
    connect: Callable[..., Any],
    tenant: Any,
    new_tenant: Callable[..., Awaitable[Any]],
    playbook: str,
) -> None:
    await _upload(client, playbook, "email\nann@acme.example\n")
    lead_id = (await client.get(f"/v1/playbooks/{playbook}/leads")).json()["leads"][0]["id"]
    doors = [
        ("POST", f"/v1/playbooks/{playbook}/leads/import"),
        ("POST", f"/v1/playbooks/{playbook}/leads/preview"),
        ("GET", f"/v1/playbooks/{playbook}/leads"),
        ("GET", f"/v1/playbooks/{playbook}/leads/lists"),
        ("GET", f"/v1/playbooks/{playbook}/leads/lists/{lead_id}/problems"),
        ("DELETE", f"/v1/playbooks/{playbook}/leads/lists/{lead_id}"),
        ("POST", f"/v1/playbooks/{playbook}/runs/{lead_id}/leads"),
        ("GET", f"/v1/playbooks/{playbook}/runs/{lead_id}/leads"),
        ("GET", f"/v1/playbooks/leads/{lead_id}"),
        ("DELETE", f"/v1/playbooks/leads/{lead_id}"),
    ]
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect() as nobody, connect(api_key=viewer.secret) as reader:
        for method, path in doors:
            assert (await nobody.request(method, path)).status_code == 401
            assert (await outsider.request(method, path, content="email\nx@y.example")).status_code == 404
        assert (await reader.request(*doors[0], content="email\nx@y.example")).status_code == 403
        assert (await reader.request(*doors[-1])).status_code == 403
        assert (await reader.request(*doors[2])).status_code == 200


async def test_a_person_is_erased_from_every_playbook(client: httpx.AsyncClient, playbook: str) -> None:
    other = await _make(client)
    for one in (playbook, other):
        await _upload(client, one, "email\nann@acme.example\nbob@acme.example\n")
    lead_id = (await client.get(f"/v1/playbooks/{playbook}/leads")).json()["leads"][0]["id"]
    assert (await client.delete(f"/v1/playbooks/leads/{lead_id}")).json() == {"ok": True}
    for one in (playbook, other):
        left = (await client.get(f"/v1/playbooks/{one}/leads")).json()["leads"]
        assert [lead["email"] for lead in left] == ["bob@acme.example"]
    assert (await client.get(f"/v1/playbooks/leads/{lead_id}")).status_code == 404


@pytest.fixture
async def open_work(services: Any, tenant: Any) -> Callable[[], Any]:
    """Opens a transaction in the tenant's workspace."""

    @asynccontextmanager
    async def opened() -> Any:
        async with services.database.transaction(tenant.workspace_id) as scope:
            member = await scope.connection.fetchval(
                "select id from members where workspace_id = $1", tenant.workspace_id
            )
            yield Work(scope, Member(member, "Test", "Member"), services.now())

    return opened


async def _drawn(open_work: Callable[[], Any], playbook_id: str, limit: int) -> tuple[UUID, list[str]]:
    async with open_work() as work:
        run = await runs.start_run(work, playbook_id, runs.Asked())
        drawn = await draw(work, await service.get_program(work, playbook_id), run.id, limit)
    return run.id, [str(one.email) for one in drawn.leads]


def _people(companies: int, each: int, word: str = "co") -> str:
    return "email\n" + "".join(f"p{n}@{word}{c}.example\n" for c in range(companies) for n in range(each))


async def test_a_draw_is_random_repeatable_and_takes_a_person_of_each_account_first(
    client: httpx.AsyncClient, playbook: str, open_work: Callable[[], Any]
) -> None:
    await _upload(client, playbook, _people(20, 3))
    preview = (await client.post(f"/v1/playbooks/{playbook}/leads/preview", json={"limit": 30})).json()[
        "draw"
    ]
    _, emails = await _drawn(open_work, playbook, 30)
    assert [one["email"] for one in preview["leads"]] == emails
    hosts = [one.partition("@")[2] for one in emails]
    assert len(set(hosts[:20])) == 20
    assert hosts[:20] != sorted(hosts[:20])
    _, later = await _drawn(open_work, playbook, 100)
    assert len(later) == 30
    assert not set(later) & set(emails)
    told = (await client.post(f"/v1/playbooks/{playbook}/leads/preview")).json()["draw"]
    assert (told["counted"], told["drawable"], told["leads"]) == (60, 0, [])
    assert told["excluded"][0]["reason"] == "already_drawn"


async def test_nobody_suppressed_unreachable_or_of_another_active_playbook_is_drawn(
    client: httpx.AsyncClient, playbook: str, open_work: Callable[[], Any]
) -> None:
    other = await _make(client)
    await _upload(client, playbook, _LIST)
    await _upload(client, other, "email\nzoe@acme.example\n")
    run_id, _ = await _drawn(open_work, other, 5)
    async with open_work() as work:
        await work.connection.execute(
            """insert into program_suppressions (id, workspace_id, kind, value, reason, source, note, created_at)
               values (gen_random_uuid(), $1, 'domain', 'quiet.example', 'manual', 'api', '', now())""",
            work.workspace_id,
        )
    told = (await client.post(f"/v1/playbooks/{playbook}/leads/preview")).json()["draw"]
    assert {one["reason"]: one["count"] for one in told["excluded"]} == {
        "suppressed": 1, "unreachable": 1, "account_of_another_program": 2,
    }  # fmt: skip
    assert [one["email"] for one in told["leads"]] == ["carl@beta.example"]
    await client.put(f"/v1/playbooks/{other}", json={"status": "paused"})
    _, emails = await _drawn(open_work, playbook, 5)
    assert sorted(emails) == ["ann@acme.example", "bob@acme.example", "carl@beta.example"]
    async with open_work() as work:
        lost = await lost_accounts(work, run_id, ["acme.example", "beta.example", "of-nobody.example"])
        assert lost == {"acme.example", "beta.example"}
        assert [one.email for one in await drawn_leads(work, run_id)] == ["zoe@acme.example"]


async def test_two_active_playbooks_that_draw_at_once_never_share_an_account(
    client: httpx.AsyncClient, playbook: str, open_work: Callable[[], Any]
) -> None:
    other = await _make(client)
    for one in (playbook, other):
        await _upload(client, one, _people(40, 2))
    found = await asyncio.gather(*(_drawn(open_work, one, 20) for one in (playbook, other) * 4))
    hosts = [{email.partition("@")[2] for _, emails in found[n::2] for email in emails} for n in (0, 1)]
    assert not hosts[0] & hosts[1]
    assert len(hosts[0] | hosts[1]) == 40
    everyone = [email for _, emails in found for email in emails]
    assert len(everyone) == len(set(everyone)) == 80


async def test_the_order_of_an_epoch_is_another_one(client: httpx.AsyncClient, playbook: str) -> None:
    await _upload(client, playbook, _people(12, 1))
    path = f"/v1/playbooks/{playbook}/leads/preview"
    before = [one["email"] for one in (await client.post(path)).json()["draw"]["leads"]]
    await client.put(f"/v1/playbooks/{playbook}", json={"strategy": {"hypothesis": "Something else"}})
    after = [one["email"] for one in (await client.post(path)).json()["draw"]["leads"]]
    assert sorted(before) == sorted(after)
    assert before != after


async def test_a_client_draws_for_a_run_of_its_own_and_asked_again_gets_the_same(
    client: httpx.AsyncClient, playbook: str
) -> None:
    await _upload(client, playbook, _people(10, 1))
    path = f"/v1/playbooks/{playbook}"
    run = (await client.post(f"{path}/run")).json()["run"]["id"]
    first = (await client.post(f"{path}/runs/{run}/leads", json={"limit": 4})).json()["draw"]
    again = (await client.post(f"{path}/runs/{run}/leads", json={"limit": 4})).json()["draw"]
    ids = [one["id"] for one in first["leads"]]
    assert len(ids) == 4
    assert [one["id"] for one in again["leads"]] == ids
    assert [one["id"] for one in (await client.get(f"{path}/runs/{run}/leads")).json()["leads"]] == ids
    await client.patch(f"{path}/runs/{run}", json={"status": "completed"})
    refused = await client.post(f"{path}/runs/{run}/leads")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "run_has_ended")


async def test_a_list_goes_with_the_leads_that_only_it_had_and_were_not_drawn(
    client: httpx.AsyncClient, playbook: str, open_work: Callable[[], Any]
) -> None:
    path = f"/v1/playbooks/{playbook}/leads"
    wrong = (await _upload(client, playbook, "email\na@one.example\nb@two.example\n"))["list"]["id"]
    await _upload(client, playbook, "email\nb@two.example\n")
    assert (await client.delete(f"{path}/lists/{wrong}")).json() == {"ok": True, "deleted": 1}
    assert [one["email"] for one in (await client.get(path)).json()["leads"]] == ["b@two.example"]
    found = await client.get("/v1/playbooks/leads", params={"email": "B@Two.example"})
    assert [len(one["sources"]) for one in found.json()["leads"]] == [1]
    assert (await client.get("/v1/playbooks/leads", params={"email": "nobody"})).status_code == 400
    await _drawn(open_work, playbook, 1)
    (last,) = (await client.get(f"{path}/lists")).json()["lists"]
    assert (await client.delete(f"{path}/lists/{last['id']}")).json()["deleted"] == 0


async def test_a_client_and_a_worker_that_draw_at_once_do_not_wait_for_each_other(
    client: httpx.AsyncClient, playbook: str, open_work: Callable[[], Any]
) -> None:
    """The client holds the playbook and waits for the leads; who holds those refers to the playbook."""
    await _upload(client, playbook, _people(4, 1))
    path = f"/v1/playbooks/{playbook}"
    run = (await client.post(f"{path}/run")).json()["run"]["id"]
    async with open_work() as work, work.connection.transaction():
        program = await service.get_program(work, playbook)
        await LeadRepository(work.scope).lock_leads(program.id)
        drawing = asyncio.create_task(client.post(f"{path}/runs/{run}/leads", json={"limit": 2}))
        await asyncio.sleep(0.3)
        await DrawRepository(work.scope, program.id, [], Reach()).claim(["other.example"], work.at)
    assert (await drawing).status_code == 201
