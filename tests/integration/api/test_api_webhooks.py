"""`/v1/webhooks`: endpoints, the log of deliveries, the secret."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest
from recordings import checked

from setpiece.api.app import create_app
from setpiece.events.service import MOST_ENDPOINTS
from setpiece.jobs.model import Callback
from setpiece.jobs.queue import enqueue
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.ids import show
from setpiece.workspaces.model import Member, Role
from setpiece.workspaces.work import Work

ENDPOINTS, DELIVERIES = "/v1/webhooks/endpoints", "/v1/webhooks/deliveries"
HOOK = "https://hooks.example/setpiece"


@pytest.fixture
async def other(connect: Any, new_tenant: Callable[..., Awaitable[Any]]) -> AsyncIterator[httpx.AsyncClient]:
    """The owner of another workspace."""
    async with connect(api_key=(await new_tenant()).secret) as opened:
        yield opened


async def made(client: httpx.AsyncClient, **body: Any) -> Any:
    return checked(await client.post(ENDPOINTS, json={"url": HOOK, **body}), 200)


async def end_report(services: Any, tenant: Any, url: str | None = None) -> str:
    """A report's job that is over; its id as it is shown."""
    async with services.database.transaction(tenant.workspace_id) as scope:
        member = await scope.connection.fetchrow("select id, first_name, last_name from members limit 1")
        work = Work(scope, Member(*member), services.now())
        callback = Callback(url, {"authorization": "Bearer of-the-caller"}) if url else None
        job = await enqueue(work, "report.generate", {}, callback=callback)
        begun = await JobRepository(scope).begin(job.id)
        assert begun
        await JobRepository(scope).succeed(begun, {"reportId": "rpt_1"})
    return show("job", job.id)


async def test_an_endpoint_is_made_read_changed_and_deleted(client: httpx.AsyncClient):
    endpoint = await made(client, events=["report.*", "file.failed"], description="CRM")
    assert endpoint.pop("secret").startswith("whsec_")
    assert endpoint["events"] == ["report.*", "file.failed"]
    assert (endpoint["enabled"], endpoint["disabledReason"], endpoint["formerSecretUntil"]) == (
        True,
        None,
        None,
    )
    path = f"{ENDPOINTS}/{endpoint['id']}"
    assert checked(await client.get(path), 200) == endpoint
    assert checked(await client.get(ENDPOINTS), 200) == {"endpoints": [endpoint]}
    off = checked(await client.patch(path, json={"enabled": False, "events": ["*"]}), 200)
    assert (off["enabled"], off["disabledReason"], off["events"]) == (False, "It was switched off.", ["*"])
    assert (off["url"], off["description"]) == (HOOK, "CRM")
    assert checked(await client.patch(path, json={"enabled": True}), 200)["disabledReason"] is None
    assert checked(await client.delete(path), 200) == {"id": endpoint["id"], "deleted": True}
    assert checked(await client.get(path), 404)["error"]["code"] == "not_found"
    assert checked(await client.get(ENDPOINTS), 200) == {"endpoints": []}


async def test_without_types_it_gets_all(client: httpx.AsyncClient):
    assert (await made(client))["events"] == ["*"]


async def test_a_secret_is_shown_when_it_is_made_and_when_it_is_replaced(client: httpx.AsyncClient):
    endpoint = await made(client)
    path = f"{ENDPOINTS}/{endpoint['id']}"
    rotated = checked(await client.post(f"{path}/rotate-secret"), 200)
    assert rotated["secret"].startswith("whsec_")
    assert rotated["secret"] != endpoint["secret"]
    assert rotated["formerSecretUntil"] > rotated["updatedAt"]
    shown = (await client.get(path)).text + (await client.get(ENDPOINTS)).text
    assert "whsec_" not in shown


@pytest.mark.parametrize(
    "body",
    [
        {"url": ""},
        {"url": "hook"},
        {"url": "ftp://hooks.example/"},
        {"url": "https://ada:pw@hooks.example/"},
        {"url": "http://127.0.0.1/"},
        {"url": "http://169.254.169.254/latest"},
        {"url": "https://hooks.example/" + "x" * 2048},
        {"events": []},
        {"events": ["report.done"]},
        {"events": "report.*"},
        {"description": "x" * 256},
    ],
    ids=str,
)
async def test_what_cannot_be_an_endpoint_is_a_422_with_a_sentence(client: httpx.AsyncClient, body: Any):
    error = checked(await client.post(ENDPOINTS, json={"url": HOOK, **body}), 422)["error"]
    assert error["code"] == "validation_error"
    assert error["message"]
    assert checked(await client.get(ENDPOINTS), 200) == {"endpoints": []}


async def test_a_change_is_checked_like_a_creation(client: httpx.AsyncClient):
    path = f"{ENDPOINTS}/{(await made(client))['id']}"
    for body in ({"url": "http://10.0.0.1/"}, {"events": ["none"]}, {"enabled": "yes"}):
        checked(await client.patch(path, json=body), 422)
    assert checked(await client.get(path), 200)["url"] == HOOK


async def test_their_number_is_bounded(client: httpx.AsyncClient):
    for _ in range(MOST_ENDPOINTS):
        await made(client)
    error = checked(await client.post(ENDPOINTS, json={"url": HOOK}), 409)["error"]
    assert str(MOST_ENDPOINTS) in error["message"]


async def test_an_event_is_in_the_log_for_the_address_of_its_job_and_for_each_endpoint(
    client: httpx.AsyncClient, services: Any, tenant: Any
):
    endpoint = await made(client)
    job_id = await end_report(services, tenant, f"{HOOK}?token=hidden")
    page = checked(await client.get(DELIVERIES, params={"jobId": job_id}), 200)
    assert (page["hasMore"], page["nextCursor"]) == (False, None)
    by_endpoint = {one["endpointId"]: one for one in page["deliveries"]}
    assert set(by_endpoint) == {None, endpoint["id"]}
    mine = by_endpoint[None]
    assert (mine["type"], mine["status"], mine["attempts"], mine["lastOutcome"]) == (
        "report.completed",
        "pending",
        0,
        None,
    )
    assert mine["nextAttemptAt"]
    assert mine["url"] == HOOK
    one = await client.get(f"{DELIVERIES}/{mine['id']}")
    assert checked(one, 200)["payload"]["data"] == {
        "jobId": job_id,
        "reportId": "rpt_1",
        "status": "succeeded",
    }
    assert "of-the-caller" not in one.text
    assert "hidden" not in one.text


async def test_the_log_is_filtered_and_walked_by_its_cursor(
    client: httpx.AsyncClient, services: Any, tenant: Any
):
    endpoint = await made(client)
    for _ in range(3):
        await end_report(services, tenant)
    everything = checked(await client.get(DELIVERIES), 200)["deliveries"]
    assert [one["createdAt"] for one in everything] == sorted(
        (one["createdAt"] for one in everything), reverse=True
    )
    first = checked(await client.get(DELIVERIES, params={"limit": 2}), 200)
    rest = checked(await client.get(DELIVERIES, params={"limit": 2, "cursor": first["nextCursor"]}), 200)
    assert [*first["deliveries"], *rest["deliveries"]] == everything
    assert (first["hasMore"], rest["hasMore"]) == (True, False)
    for query, count in (
        ({"status": "dead"}, 0),
        ({"status": "pending"}, 3),
        ({"endpointId": endpoint["id"]}, 3),
        ({"type": "report.failed"}, 0),
        ({"endpointId": show("whe", UUID(int=1))}, 0),
    ):
        assert len(checked(await client.get(DELIVERIES, params=query), 200)["deliveries"]) == count


@pytest.mark.parametrize(
    "query", [{"status": "lost"}, {"limit": 0}, {"limit": 101}, {"cursor": "x"}, {"jobId": "job 1"}], ids=str
)
async def test_a_wrong_filter_is_a_422(client: httpx.AsyncClient, query: Any):
    assert checked(await client.get(DELIVERIES, params=query), 422)["error"]["message"]


async def test_a_test_is_queued_and_can_be_sent_again(client: httpx.AsyncClient):
    endpoint = await made(client, events=["file.failed"])
    path = f"{ENDPOINTS}/{endpoint['id']}"
    sent = checked(await client.post(f"{path}/test"), 200)
    assert (sent["type"], sent["status"], sent["endpointId"]) == ("webhook.test", "pending", endpoint["id"])
    again = checked(await client.post(f"{DELIVERIES}/{sent['id']}/redeliver"), 200)
    assert (again["id"], again["eventId"], again["status"]) == (sent["id"], sent["eventId"], "pending")
    checked(await client.patch(path, json={"enabled": False}), 200)
    assert "switch" in checked(await client.post(f"{path}/test"), 409)["error"]["message"]


async def test_another_workspace_finds_none_of_it(
    client: httpx.AsyncClient, other: httpx.AsyncClient, services: Any, tenant: Any
):
    endpoint = await made(client)
    await end_report(services, tenant)
    (delivery,) = checked(await client.get(DELIVERIES), 200)["deliveries"]
    for method, path in (
        ("GET", f"{ENDPOINTS}/{endpoint['id']}"),
        ("DELETE", f"{ENDPOINTS}/{endpoint['id']}"),
        ("POST", f"{ENDPOINTS}/{endpoint['id']}/rotate-secret"),
        ("POST", f"{ENDPOINTS}/{endpoint['id']}/test"),
        ("GET", f"{DELIVERIES}/{delivery['id']}"),
        ("POST", f"{DELIVERIES}/{delivery['id']}/redeliver"),
    ):
        checked(await other.request(method, path), 404)
    checked(await other.patch(f"{ENDPOINTS}/{endpoint['id']}", json={"enabled": False}), 404)
    assert checked(await other.get(DELIVERIES), 200)["deliveries"] == []
    assert checked(await client.get(f"{ENDPOINTS}/{endpoint['id']}"), 200)["enabled"]


async def test_each_workspace_has_its_secret_and_admins_see_it(
    client: httpx.AsyncClient, other: httpx.AsyncClient, connect: Any, new_tenant: Any, tenant: Any
):
    mine = checked(await client.get("/v1/webhooks/secret"), 200)
    assert mine["source"] == "workspace"
    assert mine["secret"].startswith("whsec_")
    assert checked(await client.get("/v1/webhooks/secret"), 200) == mine
    assert checked(await other.get("/v1/webhooks/secret"), 200)["secret"] != mine["secret"]
    member = await new_tenant(Role.MEMBER, tenant.name)
    async with connect(api_key=member.secret) as lower:
        checked(await lower.get("/v1/webhooks/secret"), 403)


async def test_the_workspace_s_secret_is_replaced(client: httpx.AsyncClient, other: httpx.AsyncClient):
    before = checked(await client.get("/v1/webhooks/secret"), 200)
    others = checked(await other.get("/v1/webhooks/secret"), 200)
    assert before["formerSecretUntil"] is None
    after = checked(await client.post("/v1/webhooks/secret/rotate"), 200)
    assert after["secret"].startswith("whsec_")
    assert after["secret"] != before["secret"]
    assert after["formerSecretUntil"]
    assert checked(await client.get("/v1/webhooks/secret"), 200) == after
    assert checked(await other.get("/v1/webhooks/secret"), 200) == others


async def test_a_secret_of_the_installation_is_neither_shown_nor_replaced(services: Any, tenant: Any):
    ours = replace(services, webhook_secret="whsec_ZXhhbXBsZSBleGFtcGxlIGV4YW1wbGU=")
    transport = httpx.ASGITransport(create_app(ours), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://setpiece.test", headers={"api_key": tenant.secret}
    ) as client:
        shown = checked(await client.get("/v1/webhooks/secret"), 200)
        assert (shown["secret"], shown["source"]) == (None, "installation")
        refused = checked(await client.post("/v1/webhooks/secret/rotate"), 409)
    assert "SETPIECE_WEBHOOK_SECRET" in refused["error"]["message"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
async def test_lower_roles_read_and_change_nothing(
    client: httpx.AsyncClient, connect: Any, new_tenant: Any, tenant: Any, role: Role
):
    path = f"{ENDPOINTS}/{(await made(client))['id']}"
    lower = await new_tenant(role, tenant.name)
    async with connect(api_key=lower.secret) as client_of_lower:
        for method, where in (("POST", ENDPOINTS), ("PATCH", path), ("DELETE", path)):
            checked(await client_of_lower.request(method, where, json={"url": HOOK}), 403)
        checked(await client_of_lower.post(f"{path}/rotate-secret"), 403)
        checked(await client_of_lower.post(f"{path}/test"), 403 if role is Role.VIEWER else 200)
        assert len(checked(await client_of_lower.get(ENDPOINTS), 200)["endpoints"]) == 1
        checked(await client_of_lower.get(DELIVERIES), 200)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ENDPOINTS),
        ("POST", ENDPOINTS),
        ("GET", f"{ENDPOINTS}/whe_x"),
        ("PATCH", f"{ENDPOINTS}/whe_x"),
        ("DELETE", f"{ENDPOINTS}/whe_x"),
        ("POST", f"{ENDPOINTS}/whe_x/rotate-secret"),
        ("POST", f"{ENDPOINTS}/whe_x/test"),
        ("GET", DELIVERIES),
        ("GET", f"{DELIVERIES}/dlv_x"),
        ("POST", f"{DELIVERIES}/dlv_x/redeliver"),
        ("GET", "/v1/webhooks/secret"),
        ("POST", "/v1/webhooks/secret/rotate"),
    ],
)
async def test_without_a_key_nothing_is_answered(connect: Any, method: str, path: str):
    async with connect() as anyone:
        assert checked(await anyone.request(method, path), 401)["error"]["code"] == "unauthorized"


async def test_a_recording_is_told_of_and_what_was_told_goes_with_it(
    client: httpx.AsyncClient, services: Any, tenant: Any
):
    await made(client, events=["file.*"])
    file = {
        "file": (
            "call.wav",
            b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00".ljust(
                20_000, b"\x00"
            ),
        )
    }
    media = checked(await client.post("/v1/files", files=file), 200)["mediaId"]
    async with services.database.bound(tenant.workspace_id) as scope:
        for status in ("PROCESSING", "COMPLETED", "FAILED"):
            await scope.connection.execute("update recordings set processing_status = $1", status)
    log = checked(await client.get(DELIVERIES), 200)["deliveries"]
    assert [one["type"] for one in log] == ["file.failed", "file.processed"]
    told = checked(await client.get(f"{DELIVERIES}/{log[1]['id']}"), 200)["payload"]["data"]
    assert (told["mediaId"], told["processingStatus"]) == (media, "COMPLETED")
    checked(await client.delete(f"/v1/files/{media}"), 200)
    assert checked(await client.get(DELIVERIES), 200)["deliveries"] == []


async def test_a_run_is_told_of(client: httpx.AsyncClient):
    await made(client, events=["sequence.*"])
    await client.post("/api/v2/product/create", json={"name": "Product"})
    run = (await client.post("/api/v2/agents/sequence/run", json={"jobTitle": "Controller"})).json()
    (delivery,) = checked(await client.get(DELIVERIES), 200)["deliveries"]
    told = checked(await client.get(f"{DELIVERIES}/{delivery['id']}"), 200)["payload"]
    assert told["type"] == "sequence.run"
    assert told["data"]["requestId"] == run["_metadata"]["requestId"]
    assert (told["data"]["agentType"], told["data"]["found"]) == ("EMAIL", run["found"])
