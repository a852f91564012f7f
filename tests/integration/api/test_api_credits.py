"""`/v1/credits` and `/v1/feedback`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from recordings import Files, checked, wav

from setpiece.jobs.queue import enqueue
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.workspaces.model import Member, Role
from setpiece.workspaces.work import Work

QUOTA = 1_000_000
FEEDBACK = "/v1/feedback"


@pytest.fixture
async def other(connect: Any, new_tenant: Callable[..., Awaitable[Any]]) -> AsyncIterator[httpx.AsyncClient]:
    """The owner of another workspace."""
    async with connect(api_key=(await new_tenant()).secret) as opened:
        yield opened


@pytest.fixture
def end(services: Any, tenant: Any) -> Callable[..., Awaitable[dict[str, str]]]:
    """Makes a job that succeeded; its ids as clients know them."""

    async def ended(kind: str = "report.generate", field: str = "reportId") -> dict[str, str]:
        made = show("rpt" if field == "reportId" else "mat", new_uuid())
        async with services.database.transaction(tenant.workspace_id) as scope:
            row = await scope.connection.fetchrow("select id, first_name, last_name from members limit 1")
            job = await enqueue(Work(scope, Member(*row), services.now()), kind, {})
            begun = await JobRepository(scope).begin(job.id)
            assert begun
            await JobRepository(scope).succeed(begun, {field: made})
        return {"jobId": show("job", job.id), field: made}

    return ended


async def balance(client: httpx.AsyncClient) -> Any:
    return checked(await client.get("/v1/credits/balance"), 200)


async def journal(client: httpx.AsyncClient, **query: Any) -> Any:
    return checked(await client.get("/v1/credits/transactions", params=query), 200)


async def say(client: httpx.AsyncClient, expect: int = 200, key: str = "", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    answer = await client.post(FEEDBACK, json={"rating": "thumbs_up", **body}, headers=headers)
    return checked(answer, expect)


async def test_a_report_is_in_balance_transactions_and_usage(client: httpx.AsyncClient, end: Any):
    ids = await end()
    assert await balance(client) == {"balance": QUOTA - 10, "reserved": 0, "available": QUOTA - 10}
    found = await journal(client)
    (entry,) = found["transactions"]
    assert (entry["type"], entry["amount"], entry["jobId"], entry["expiresAt"]) == (
        "USAGE",
        -10,
        ids["jobId"],
        None,
    )
    assert entry["effectiveAt"] == entry["createdAt"]
    assert found["pagination"] == {"limit": 50, "offset": 0, "total": 1}
    usage = checked(await client.get(f"/v1/credits/usage/{ids['jobId']}"), 200)
    assert usage.pop("durationMs") >= 0
    assert usage == {"jobId": ids["jobId"], "creditsUsed": 10, "creditsNetUsed": 10, "creditsDiscounted": 0}


async def test_a_job_shows_what_it_used_and_what_it_reserved(client: httpx.AsyncClient, end: Any):
    ids = await end()
    job = checked(await client.get(f"/v1/jobs/{ids['jobId']}"), 200)
    assert job["credits"] == {"reservedCredits": 10, "reservationStatus": "applied"}
    assert (job["usage"]["creditsUsed"], job["usage"]["creditsNetUsed"]) == (10, 10)
    assert "releasedCredits" not in job
    await say(client, jobId=ids["jobId"])
    job = checked(await client.get(f"/v1/jobs/{ids['jobId']}"), 200)
    assert (job["usage"]["creditsNetUsed"], job["usage"]["creditsDiscounted"]) == (5, 5)


async def test_a_job_that_is_canceled_releases_what_it_reserved(
    client: httpx.AsyncClient, services: Any, tenant: Any
):
    async with services.database.transaction(tenant.workspace_id) as scope:
        row = await scope.connection.fetchrow("select id, first_name, last_name from members limit 1")
        asked = await enqueue(Work(scope, Member(*row), services.now()), "report.generate", {})
    path = f"/v1/jobs/{show('job', asked.id)}"
    waiting = checked(await client.get(path), 200)
    assert waiting["credits"] == {"reservedCredits": 10, "reservationStatus": "active"}
    assert not {"usage", "releasedCredits"} & set(waiting)
    canceled = checked(await client.post(f"{path}/cancel"), 200)
    assert canceled["credits"] == {"reservedCredits": 10, "reservationStatus": "released"}
    assert canceled["releasedCredits"] == 10
    assert (canceled["usage"]["creditsUsed"], canceled["usage"]["creditsNetUsed"]) == (0, 0)
    assert await balance(client) == {"balance": QUOTA, "reserved": 0, "available": QUOTA}


async def test_feedback_goes_with_the_recording_that_it_is_about(
    client: httpx.AsyncClient, services: Any, tenant: Any
):
    media = (await Files(client).upload(wav()))["mediaId"]
    async with services.database.transaction(tenant.workspace_id) as scope:
        row = await scope.connection.fetchrow("select id, first_name, last_name from members limit 1")
        payload = {"recordingId": str(parse(media))}
        job = await enqueue(Work(scope, Member(*row), services.now()), "report.generate", payload)
        begun = await JobRepository(scope).begin(job.id)
        assert begun
        await JobRepository(scope).succeed(begun, {"reportId": show("rpt", new_uuid())})
    await say(client, jobId=show("job", job.id), comment="She said it at 0:12.")
    await Files(client).delete(media)
    async with services.database.bound(tenant.workspace_id) as scope:
        assert await scope.connection.fetchval("select count(*) from feedback") == 0
    assert (await balance(client))["balance"] == QUOTA - 5


async def test_what_a_job_under_way_reserves_is_not_available(
    client: httpx.AsyncClient, services: Any, tenant: Any
):
    async with services.database.transaction(tenant.workspace_id) as scope:
        row = await scope.connection.fetchrow("select id, first_name, last_name from members limit 1")
        await enqueue(Work(scope, Member(*row), services.now()), "report.generate", {})
    assert await balance(client) == {"balance": QUOTA, "reserved": 10, "available": QUOTA - 10}


@pytest.mark.parametrize(("seconds", "credits"), [(0.5, 1), (59.9, 1), (60, 1), (60.1, 2), (600, 10), (0, 0)])
async def test_a_recording_costs_a_credit_for_each_begun_minute_once(
    client: httpx.AsyncClient, services: Any, tenant: Any, seconds: float, credits: int
):
    media = (await Files(client).upload(wav()))["mediaId"]
    async with services.database.bound(tenant.workspace_id) as scope:
        for status in ("PROCESSING", "COMPLETED", "PROCESSING", "COMPLETED", "FAILED"):
            await scope.connection.execute(
                "update recordings set processing_status = $1, duration_s = $2", status, float(seconds)
            )
    assert (await balance(client))["balance"] == QUOTA - credits
    assert sum(one["amount"] for one in (await journal(client))["transactions"]) == -credits
    await Files(client).delete(media)
    assert (await balance(client))["balance"] == QUOTA - credits


async def test_a_run_of_an_agent_is_in_the_same_journal(client: httpx.AsyncClient):
    await client.post("/api/v2/product/create", json={"name": "Product"})
    await client.post(
        "/api/v2/persona/create", json={"name": "Controller", "painPoints": ["Answers take a week"]}
    )
    run = (await client.post("/api/v2/agents/sequence/run", json={"jobTitle": "Controller"})).json()
    counted = (await client.get("/api/v2/api-key/validate")).json()["credits"]["totalUsed"]
    assert run["_metadata"]["usage"] == counted > 0
    assert sum(one["amount"] for one in (await journal(client))["transactions"]) == -counted
    assert (await balance(client))["balance"] == QUOTA - counted


async def test_transactions_are_paged_newest_first(client: httpx.AsyncClient, end: Any):
    jobs = [(await end())["jobId"] for _ in range(3)]
    first, second = await journal(client, limit=2), await journal(client, limit=2, offset=2)
    shown = [one["jobId"] for page in (first, second) for one in page["transactions"]]
    assert shown == jobs[::-1]
    assert second["pagination"] == {"limit": 2, "offset": 2, "total": 3}
    for wrong in ({"limit": 0}, {"limit": 101}, {"offset": -1}, {"limit": "many"}):
        answer = await client.get("/v1/credits/transactions", params=wrong)
        assert checked(answer, 422)["error"]["code"] == "validation_error"


@pytest.mark.parametrize(
    ("kind", "made", "named"),
    [
        ("report.generate", "reportId", "reportId"),
        ("report.generate", "reportId", "jobId"),
        ("matching.generate", "matchingId", "matchingId"),
        ("matching.generate", "matchingId", "matchingAnalysisId"),
        ("matching.generate", "matchingId", "jobId"),
    ],
)
async def test_feedback_names_a_report_a_matching_or_their_job(
    client: httpx.AsyncClient, end: Any, kind: str, made: str, named: str
):
    ids = await end(kind, made)
    shown_id = ids["jobId"] if named == "jobId" else ids[made]
    given = await say(client, **{named: shown_id, "comment": "Fits.", "rating": "thumbs_down"})
    half = 5 if kind == "report.generate" else 0
    assert given["target"] == {named: shown_id}
    assert (given["rating"], given["comment"]) == ("thumbs_down", "Fits.")
    assert (given["credits"]["eligible"], given["credits"]["discountApplied"]) == (half > 0, half)
    assert given["credits"]["netUsed"] == half
    assert ("reason" in given["credits"]) is (half == 0)
    assert (await balance(client))["balance"] == QUOTA - half


async def test_a_second_feedback_is_kept_and_gives_nothing_back(client: httpx.AsyncClient, end: Any):
    ids = await end()
    await say(client, reportId=ids["reportId"])
    again = await say(client, jobId=ids["jobId"], corrections=[{"path": "summary", "expected": "Yes"}])
    assert again["credits"] == {
        "eligible": False,
        "reason": "Half of its credits were given back for an earlier feedback.",
        "discountApplied": 0,
        "netUsed": 5,
    }
    assert [one["amount"] for one in (await journal(client))["transactions"]] == [5, -10]
    assert (await journal(client))["transactions"][0]["type"] == "FEEDBACK_DISCOUNT"


@pytest.mark.parametrize("where", ["header", "body"])
async def test_sent_again_under_its_key_it_is_answered_as_the_first_time(
    client: httpx.AsyncClient, end: Any, where: str
):
    ids = await end()
    keyed: dict[str, Any] = {"key": "k1"} if where == "header" else {"idempotencyKey": "k1"}
    first = await say(client, reportId=ids["reportId"], **keyed)
    assert await say(client, reportId=ids["reportId"], **keyed) == first
    conflict = await say(client, 409, reportId=ids["reportId"], rating="thumbs_down", **keyed)
    assert conflict["error"]["code"] == "idempotency_conflict"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reportId": "rpt_1", "jobId": "job_1"},
        {"reportId": ""},
        {"reportId": 7},
        {"reportId": "rpt_1", "rating": "meh"},
        {"reportId": "rpt_1", "rating": None},
        {"reportId": "rpt_1", "comment": "x" * 10_001},
        {"reportId": "rpt_1", "corrections": [{"expected": "no path"}]},
        {"reportId": "rpt_1", "corrections": "all"},
        {"reportId": "rpt_1", "corrections": [{"path": "p"}] * 101},
        {"reportId": "rpt_1", "idempotencyKey": "x" * 256},
    ],
    ids=lambda body: str(body)[:60],
)
async def test_what_is_no_feedback_is_a_422_with_a_sentence(client: httpx.AsyncClient, body: Any):
    error = (await say(client, 422, **body))["error"]
    assert error["code"] == "validation_error"
    assert error["message"]


async def test_ids_that_are_unknown_or_another_workspace_s_are_404(
    client: httpx.AsyncClient, other: httpx.AsyncClient, end: Any
):
    ids = await end()
    for who, name, shown_id in (
        (client, "reportId", "rpt_none"),
        (client, "jobId", show("job", new_uuid())),
        (client, "matchingId", ids["reportId"]),
        (other, "reportId", ids["reportId"]),
        (other, "jobId", ids["jobId"]),
    ):
        assert (await say(who, 404, **{name: shown_id}))["error"]["code"] == "not_found"
    checked(await other.get(f"/v1/credits/usage/{ids['jobId']}"), 404)
    checked(await client.get("/v1/credits/usage/job_none"), 404)
    assert await balance(other) == {"balance": QUOTA, "reserved": 0, "available": QUOTA}
    assert (await journal(other))["transactions"] == []


async def test_a_viewer_reads_and_judges_nothing(
    connect: Any, new_tenant: Callable[..., Awaitable[Any]], tenant: Any, end: Any
):
    ids = await end()
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect(api_key=viewer.secret) as client:
        await say(client, 403, reportId=ids["reportId"])
        assert (await balance(client))["balance"] == QUOTA - 10


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/credits/transactions"),
        ("GET", "/v1/credits/usage/job_x"),
        ("POST", FEEDBACK),
    ],
)
async def test_without_a_key_nothing_is_answered(connect: Any, method: str, path: str):
    async with connect() as anyone:
        checked(await anyone.request(method, path), 401)


async def test_feedback_is_not_read_back(client: httpx.AsyncClient):
    checked(await client.get(FEEDBACK), 405)
