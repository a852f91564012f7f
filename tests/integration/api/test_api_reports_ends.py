"""Report jobs that wait, fail, are cut short or canceled, and reports that go with their file."""

from typing import Any

import httpx
import pytest
from recordings import Files, Listener, checked, wav
from report_examples import CALL, Reports

from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, show
from setpiece.reports import tasks

CUT_OFF = wav()[:30]


async def test_a_job_for_a_file_that_is_still_being_heard_waits_for_it(
    reports: Reports, files: Files, listener: Listener
):
    media_id = (await files.upload(CALL))["mediaId"]
    receipt = await reports.ask(media_id)
    early = await reports.write(receipt["jobId"])
    assert early["status"] == "queued", "nothing has been done"
    await listener.hear(media_id)
    followed = await reports.job(receipt["jobId"])
    assert followed["status"] == "queued"
    assert "progress" in followed, "it showed how far the hearing was"
    assert (await reports.write(receipt["jobId"]))["status"] == "succeeded"


async def test_a_job_that_waits_for_a_file_that_cannot_be_heard_says_why(
    reports: Reports, files: Files, listener: Listener
):
    media_id = (await files.upload(CUT_OFF))["mediaId"]
    receipt = await reports.ask(media_id)
    await listener.hear(media_id)
    job = await reports.write(receipt["jobId"])
    assert (job["status"], job["error"]["code"]) == ("failed", "media_processing_failed")
    assert not job["error"]["retryable"]
    error = (await reports.ask(media_id, expect=422))["error"]
    assert error["details"]["reason"] == "media_processing_failed"


async def test_a_report_waits_for_a_file_that_is_heard_once_more(
    reports: Reports, files: Files, listener: Listener, heard: str
):
    receipt = await reports.ask(heard)
    await files.process(heard, {"speakers": 1})
    put_off = await reports.write(receipt["jobId"])
    assert put_off["status"] == "queued"
    await listener.hear(heard)
    assert (await reports.write(receipt["jobId"]))["status"] == "succeeded"


async def test_nobody_who_is_meant_fails_the_job_for_good(reports: Reports, heard: str):
    target = {"strategy": "entity_id", "entity_id": show("ent", new_uuid())}
    job = await reports.write((await reports.ask(heard, target=target))["jobId"])
    assert (job["status"], job["error"]["code"], job["error"]["retryable"]) == (
        "failed",
        "target_not_found",
        False,
    )
    assert job["error"]["message"]
    assert "reportId" not in job
    assert await reports.by_job(job["id"]) is None


class TestDeleted:
    async def test_reports_go_with_their_file(
        self, reports: Reports, files: Files, services: Services, heard: str
    ):
        report = await reports.made(
            heard, target={"strategy": "magic_hint", "hint": "Jane", "on_miss": "fallback_dominant"}
        )
        await files.delete(heard)
        for what in ("", "/evidence", "/target"):
            await reports.get(report["id"], what, expect=404)
        assert await reports.by_job(report["jobId"]) is None
        assert (await reports.job(report["jobId"]))["status"] == "succeeded"
        async with services.database.bound(reports.workspace_id) as scope:
            kept = await scope.connection.fetch("select payload::text, result::text from jobs")
        assert "Jane" not in str(kept)

    async def test_a_report_on_a_deleted_file_is_not_begun(self, reports: Reports, files: Files, heard: str):
        await files.delete(heard)
        error = (await reports.ask(heard, expect=404))["error"]
        assert "deleted" in error["message"]

    async def test_a_job_whose_file_is_deleted_meanwhile_fails_and_says_so(
        self, reports: Reports, files: Files
    ):
        media_id = (await files.upload(CALL))["mediaId"]
        receipt = await reports.ask(media_id)
        await files.delete(media_id)
        job = await reports.write(receipt["jobId"])
        assert (job["status"], job["error"]["code"]) == ("failed", "media_deleted")

    async def test_a_repeated_request_finds_the_file_gone(self, reports: Reports, files: Files, heard: str):
        await reports.ask(heard, key="once")
        await files.delete(heard)
        await reports.ask(heard, key="once", expect=404)


async def test_a_canceled_job_writes_no_report(reports: Reports, client: httpx.AsyncClient, heard: str):
    receipt = await reports.ask(heard)
    checked(await client.post(f"/v1/jobs/{receipt['jobId']}/cancel"), 200)
    assert (await reports.write(receipt["jobId"]))["status"] == "canceled"
    assert await reports.by_job(receipt["jobId"]) is None


class Killed(BaseException):
    """What no handler of a worker sees: its process is gone."""


@pytest.mark.parametrize("stage", ["extracting", "scoring", "rendering", "finalizing"])
class TestCutShort:
    @pytest.fixture
    def at_stage(self, stage: str, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Has something done right after the stage was told."""

        def arrange(happens: Any) -> None:
            told = tasks._advance

            async def advance_and_happen(desk: Any, job: Any, reached: str, progress: float) -> None:
                await told(desk, job, reached, progress)
                if reached == stage:
                    await happens()

            monkeypatch.setattr(tasks, "_advance", advance_and_happen)

        return arrange

    async def test_a_worker_that_is_killed_leaves_one_report_to_its_successor(
        self,
        reports: Reports,
        services: Services,
        heard: str,
        at_stage: Any,
        monkeypatch: pytest.MonkeyPatch,
        stage: str,
    ):
        async def die() -> None:
            raise Killed

        receipt = await reports.ask(heard)
        at_stage(die)
        with pytest.raises(Killed):
            await reports.write(receipt["jobId"])
        left = await reports.job(receipt["jobId"])
        assert (left["status"], left["stage"]) == ("running", stage)
        monkeypatch.undo()
        job = await reports.write(receipt["jobId"])
        assert job["status"] == "succeeded"
        assert (await reports.get(job["reportId"]))["jobId"] == receipt["jobId"]
        async with services.database.bound(reports.workspace_id) as scope:
            assert await scope.connection.fetchval("select count(*) from reports") == 1

    async def test_a_job_that_is_canceled_goes_no_further_and_keeps_nothing(
        self,
        reports: Reports,
        client: httpx.AsyncClient,
        services: Services,
        heard: str,
        at_stage: Any,
        stage: str,
    ):
        receipt = await reports.ask(heard)

        async def cancel() -> None:
            checked(await client.post(f"/v1/jobs/{receipt['jobId']}/cancel"), 200)

        at_stage(cancel)
        job = await reports.write(receipt["jobId"])
        assert (job["status"], job["stage"]) == ("canceled", stage)
        assert await reports.by_job(receipt["jobId"]) is None
        async with services.database.bound(reports.workspace_id) as scope:
            assert await scope.connection.fetchval("select count(document) from reports") == 0
