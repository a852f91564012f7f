"""`/unsubscribe`: the link in a mail, as a reader, a mail program and a mail server follow it."""

from typing import Any
from uuid import uuid4

import httpx
from recordings import checked

from setpiece.kernel.ids import parse
from setpiece.programs.replies.unsubscribe_links import Reader, unsubscribe_link

PLAYBOOK = {"name": "Outbound", "mode": "outbound", "buddyId": "prospect", "strategy": {"hypothesis": "…"}}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def link_for(
    services: Any, tenant: Any, program: str, run: str, email: str = "robin@acme.example"
) -> str:
    async with services.database.bound(tenant.workspace_id) as scope:
        reader = Reader(tenant.workspace_id, parse(program) or uuid4(), parse(run) or uuid4(), email)
        assert await unsubscribe_link(scope, None, reader) is None
        link = await unsubscribe_link(scope, "https://go.example.com", reader)
        assert link == await unsubscribe_link(scope, "https://go.example.com", reader)
    assert link
    return link.removeprefix("https://go.example.com")


async def suppressed(client: httpx.AsyncClient) -> list[tuple[str, str, str]]:
    found = checked(await client.get("/v1/playbooks/suppressions"), 200)["suppressions"]
    return [(one["value"], one["reason"], one["source"]) for one in found]


async def test_looking_changes_nothing_and_one_click_takes_the_reader_off_the_list(
    client: httpx.AsyncClient, connect: Any, tenant: Any, services: Any
):
    program = checked(await client.post("/v1/playbooks", json=PLAYBOOK), 201)["playbook"]["id"]
    run = checked(await client.post(f"/v1/playbooks/{program}/run"), 201)["run"]["id"]
    link = await link_for(services, tenant, program, run)
    async with connect() as reader:
        page = await reader.get(link, headers={"accept-language": "de-CH,de;q=0.9"})
        assert page.status_code == 200
        assert "Keine Mails mehr an robin@acme.example?" in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert (await reader.head(link)).status_code == 200
        assert await suppressed(client) == []
        for _ in range(2):
            done = await reader.post(link, data=ONE_CLICK)
            assert (done.status_code, "gets no more mails" in done.text) == (200, True)
    assert await suppressed(client) == [("robin@acme.example", "unsubscribed", "unsubscribe_link")]
    outcomes = checked(await client.get(f"/v1/playbooks/{program}/runs/{run}/outcomes"), 200)["outcomes"]
    assert [(one["kind"], one["isSuccess"]) for one in outcomes] == [("unsubscribed", False)]


async def test_a_link_works_when_the_playbook_is_gone_and_what_it_says_is_text(
    client: httpx.AsyncClient, connect: Any, tenant: Any, services: Any
):
    link = await link_for(services, tenant, "pb_gone", "run_gone", "o'<b>@acme.example")
    async with connect() as reader:
        assert "<b>" not in (await reader.get(link)).text
        assert (await reader.post(await link_for(services, tenant, "pb_gone", "run_gone"))).status_code == 200
    assert await suppressed(client) == [("robin@acme.example", "unsubscribed", "unsubscribe_link")]


async def test_a_link_that_is_not_ours_says_so_and_changes_nothing(
    client: httpx.AsyncClient, connect: Any, tenant: Any, services: Any
):
    link = await link_for(services, tenant, "pb_gone", "run_gone")
    wrong = [
        link[:-4],
        f"{link}xx",
        "/unsubscribe",
        "/unsubscribe?t=",
        "/unsubscribe?t=%00",
        f"/unsubscribe?t={'a' * 3000}",
    ]
    async with connect() as reader:
        for path in wrong:
            assert "not complete" in (await reader.get(path)).text
            assert (await reader.post(path, data=ONE_CLICK)).status_code == 404
    assert await suppressed(client) == []
