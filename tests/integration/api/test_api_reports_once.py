"""`/v1/reports/jobs`: the same request again, under an idempotency key."""

import asyncio

import httpx
import pytest
from recordings import Files, checked
from report_examples import CALL, Reports

from setpiece.kernel.ids import new_uuid, show

UNKNOWN = show("med", new_uuid())


class TestSentAgain:
    @pytest.mark.parametrize("place", ["header", "body", "both"])
    async def test_the_same_request_is_the_same_job(self, reports: Reports, heard: str, place: str):
        body = {"idempotencyKey": "once"} if place != "header" else {}
        keys = {"header": ("once", "once"), "body": (None, None), "both": ("made-up-1", "made-up-2")}[place]
        first, again = [await reports.ask(heard, key=key, **body) for key in keys]
        assert first == again
        await reports.write(first["jobId"])
        late = await reports.ask(heard, key=keys[0], **body)
        assert (late["jobId"], late["status"], late["estimatedWaitSec"]) == (first["jobId"], "running", 0)

    async def test_another_request_under_the_key_is_a_conflict(self, reports: Reports, heard: str):
        first = await reports.ask(heard, key="once")
        error = (await reports.ask(heard, key="once", label="Another", expect=409))["error"]
        assert error["code"] == "idempotency_conflict"
        assert (await reports.ask(heard, key="once"))["jobId"] == first["jobId"]

    async def test_a_key_that_uploaded_the_file_is_free_for_its_report(self, reports: Reports, files: Files):
        media_id = (await files.upload(CALL, key="one for both"))["mediaId"]
        receipt = await reports.ask(media_id, key="one for both")
        assert receipt["jobId"].startswith("job_")
        assert (await files.upload(CALL, key="one for both"))["mediaId"] == media_id

    async def test_a_refused_request_leaves_its_key_free(self, reports: Reports, heard: str):
        await reports.ask(UNKNOWN, key="once", expect=404)
        assert (await reports.ask(heard, key="once"))["status"] == "queued"

    async def test_of_many_at_once_one_job_is_made(self, reports: Reports, heard: str):
        receipts = await asyncio.gather(*(reports.ask(heard, key="once") for _ in range(6)))
        assert len({one["jobId"] for one in receipts}) == 1

    async def test_the_key_of_another_workspace_is_another_key(
        self, reports: Reports, heard: str, outsider: httpx.AsyncClient
    ):
        await reports.ask(heard, key="once")
        body = {
            "media": {"mediaId": heard},
            "output": {"template": "sales_playbook"},
            "target": {"strategy": "dominant"},
        }
        answer = await outsider.post("/v1/reports/jobs", json=body, headers={"Idempotency-Key": "once"})
        assert checked(answer, 404)["error"]["code"] == "not_found"
