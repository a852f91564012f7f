"""`/v1/jobs`: how a job fares, and its cancellation."""

from typing import Any

import httpx
import pytest
from job_examples import Jobs
from recordings import checked

from setpiece.kernel.ids import new_uuid, show


async def test_a_job_that_waits_has_what_applies_to_it_and_no_nulls(client: httpx.AsyncClient, jobs: Jobs):
    job = await jobs.ask()
    found = checked(await client.get(f"/v1/jobs/{job}"), 200)
    assert found == {
        "id": job,
        "type": "report.generate",
        "status": "queued",
        "stage": "queued",
        "createdAt": found["createdAt"],
        "updatedAt": found["createdAt"],
        "requestId": "req_test",
        "credits": {"reservedCredits": 10, "reservationStatus": "active"},
    }
    assert found["createdAt"].endswith("Z")


async def test_a_job_shows_how_far_it_is_and_what_came_of_it(client: httpx.AsyncClient, jobs: Jobs):
    job = await jobs.ask()
    begun = await jobs.begin(job)
    await jobs.advance(begun, "rendering", 0.82)
    found = checked(await client.get(f"/v1/jobs/{job}"), 200)
    assert (found["status"], found["stage"], found["progress"]) == ("running", "rendering", 0.82)
    await jobs.succeed(begun, {"reportId": "rpt_example"})
    ended = checked(await client.get(f"/v1/jobs/{job}"), 200)
    assert (ended["status"], ended["reportId"]) == ("succeeded", "rpt_example")
    assert "error" not in ended


async def test_a_failed_job_says_why_and_whether_trying_again_may_help(client: httpx.AsyncClient, jobs: Jobs):
    job = await jobs.ask()
    await jobs.fail(await jobs.begin(job), "Could not identify the target speaker.", "target_not_found")
    found = checked(await client.get(f"/v1/jobs/{job}"), 200)
    assert found["error"] == {
        "code": "target_not_found",
        "message": "Could not identify the target speaker.",
        "retryable": False,
    }
    assert "reportId" not in found


@pytest.mark.parametrize("stage", ["waiting", "running"])
async def test_a_job_is_canceled_and_stays_so(client: httpx.AsyncClient, jobs: Jobs, stage: str):
    job = await jobs.ask()
    if stage == "running":
        await jobs.begin(job)
    for _ in range(2):
        canceled = checked(await client.post(f"/v1/jobs/{job}/cancel"), 200)
        assert (canceled["id"], canceled["status"]) == (job, "canceled")
    assert checked(await client.get(f"/v1/jobs/{job}"), 200)["status"] == "canceled"


async def test_a_job_that_is_over_is_answered_unchanged_by_cancel(client: httpx.AsyncClient, jobs: Jobs):
    job = await jobs.ask()
    await jobs.succeed(await jobs.begin(job), {"reportId": "rpt_example"})
    before = checked(await client.get(f"/v1/jobs/{job}"), 200)
    assert checked(await client.post(f"/v1/jobs/{job}/cancel"), 200) == before


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("POST", "/cancel"), ("GET", "/stream")],
    ids=["get", "cancel", "stream"],
)
class TestWhoMay:
    async def test_nobody_without_a_key(self, connect: Any, jobs: Jobs, method: str, path: str):
        job = await jobs.ask()
        async with connect() as anyone:
            answer = await anyone.request(method, f"/v1/jobs/{job}{path}")
        assert checked(answer, 401)["error"]["code"] == "unauthorized"

    async def test_nobody_of_another_workspace(
        self, connect: Any, jobs: Jobs, new_tenant: Any, method: str, path: str
    ):
        job = await jobs.ask()
        async with connect(api_key=(await new_tenant()).secret) as stranger:
            answer = await stranger.request(method, f"/v1/jobs/{job}{path}")
        assert checked(answer, 404)["error"]["code"] == "not_found"

    @pytest.mark.parametrize(
        "named", [show("job", new_uuid()), "job_none", "x"], ids=["unknown", "word", "letter"]
    )
    async def test_of_no_such_job(self, client: httpx.AsyncClient, method: str, path: str, named: str):
        answer = await client.request(method, f"/v1/jobs/{named}{path}")
        assert checked(answer, 404)["error"]["code"] == "not_found"

    async def test_of_jobs_that_are_not_of_this_surface(
        self, client: httpx.AsyncClient, jobs: Jobs, method: str, path: str
    ):
        job = await jobs.ask(kind="create_playbook")
        checked(await client.request(method, f"/v1/jobs/{job}{path}"), 404)


async def test_a_viewer_may_look_and_not_cancel(connect: Any, jobs: Jobs, tenant: Any, new_tenant: Any):
    job = await jobs.ask()
    viewer = await new_tenant(role="viewer", name=tenant.name)
    async with connect(api_key=viewer.secret) as client:
        assert checked(await client.get(f"/v1/jobs/{job}"), 200)["status"] == "queued"
        assert checked(await client.post(f"/v1/jobs/{job}/cancel"), 403)["error"]["code"] == "forbidden"
