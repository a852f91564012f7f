"""`/v1/reports`: asked for, written, read, explained; and what is refused."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from recordings import Files, Listener, checked, conversation_wav, wav
from report_examples import Reports

from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, show
from setpiece.media.recordings.service import get_recording
from setpiece.reports import tasks
from setpiece.reports.calls import load_call
from setpiece.reports.offering import facts_for
from setpiece.workspaces.model import Member, Role
from setpiece.workspaces.work import Work

# Voice 1 speaks 33 s, voice 2 speaks 15.
CALL = conversation_wav((0, 1), (1, 25), (0, 1), (2, 15), (0, 1), (1, 8), (0, 1))
CUT_OFF = wav()[:30]
SCHEMA = json.loads((Path(__file__).with_name("seeds") / "report_schema.json").read_text())
UNKNOWN = show("med", new_uuid())


@pytest.fixture
def files(client: httpx.AsyncClient) -> Files:
    return Files(client)


@pytest.fixture
def listener(services: Services, tenant: Any, tmp_path: Path) -> Listener:
    return Listener(services, tenant.workspace_id, tmp_path)


@pytest.fixture
def reports(client: httpx.AsyncClient, services: Services, tenant: Any) -> Reports:
    return Reports(client, services, tenant.workspace_id)


@pytest.fixture
async def heard(files: Files, listener: Listener) -> str:
    media_id: str = (await files.upload(CALL))["mediaId"]
    await listener.hear(media_id)
    return media_id


@pytest.fixture
async def stranger(connect: Any, new_tenant: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(api_key=(await new_tenant()).secret) as client:
        yield client


async def test_a_report_is_asked_for_written_and_read(reports: Reports, heard: str):
    receipt = await reports.ask(heard)
    assert receipt == {
        "jobId": receipt["jobId"],
        "status": "queued",
        "stage": "queued",
        "estimatedWaitSec": receipt["estimatedWaitSec"],
    }
    assert 0 < receipt["estimatedWaitSec"] < 60
    assert await reports.by_job(receipt["jobId"]) is None
    job = await reports.write(receipt["jobId"])
    assert (job["status"], job["stage"], job["type"]) == ("succeeded", "finalizing", "report.generate")
    report = await reports.get(job["reportId"])
    assert await reports.by_job(receipt["jobId"]) == report
    assert (report["id"], report["jobId"]) == (job["reportId"], receipt["jobId"])
    assert report["media"] == {"mediaId": heard}
    assert report["createdAt"].endswith("Z")


@pytest.mark.parametrize("template", ["sales_playbook", "general_report"])
async def test_a_report_is_the_document_that_is_published(reports: Reports, heard: str, template: str):
    report = await reports.made(heard, output={"template": template})
    Draft202012Validator(SCHEMA).validate(report)
    assert report["output"] == {"template": template}
    assert report["json"]["template"] == template
    assert report["json"]["title"] in report["markdown"]


@pytest.mark.parametrize(
    ("template", "begins"), [("sales_playbook", "Sales Playbook - "), ("general_report", "General Report - ")]
)
async def test_a_report_that_nobody_labels_is_labelled_by_its_day(
    reports: Reports, heard: str, template: str, begins: str
):
    today = datetime.now(UTC)
    report = await reports.made(heard, output={"template": template})
    assert report["label"] == f"{begins}{today:%b} {today.day}, {today.year}"


async def test_labels_are_trimmed_and_the_entity_is_called_as_asked(reports: Reports, heard: str):
    report = await reports.made(heard, label="  Example Corp  ", entityLabel=" The buyer ")
    assert report["label"] == "Example Corp"
    assert report["entity"]["label"] == "The buyer"
    again = await reports.made(heard)
    assert again["entity"] == {"id": report["entity"]["id"], "label": None}, "that name was for one report"


@pytest.mark.parametrize("language", ["en", "es", "pt"])
async def test_the_language_that_is_asked_for_is_taken(reports: Reports, heard: str, language: str):
    asked = await reports.ask(heard, language=language)
    assert (await reports.write(asked["jobId"]))["status"] == "succeeded"


async def test_what_the_clients_send_beyond_the_schema_is_ignored(reports: Reports, heard: str):
    body = {"language": "en", "unheardOf": {"a": 1}, "label": None, "entityLabel": None, "webhook": None}
    target = {"strategy": "timerange", "timerange": {"start_seconds": 26, "end_seconds": None}, "hint": None}
    report = await reports.made(heard, target=target, **body)
    assert (await reports.get(report["id"], "/target"))["speakerIndex"] == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"media": {}}, "mediaId"),
        ({"media": {"url": "https://example.com/call.mp3"}}, "url"),
        ({"media": {"mediaId": "x", "url": "https://example.com/call.mp3"}}, "url"),
        ({"output": {}}, "template"),
        ({"output": {"template": "hiring_report"}}, "template"),
        ({"output": {"template": "sales_playbook", "format": "pdf"}}, "format"),
        ({"output": {"template": "sales_playbook", "templateParams": "role"}}, "templateParams"),
        ({"target": {"strategy": "loudest"}}, "strategy"),
        ({"target": {"strategy": "timerange"}}, "timerange"),
        (
            {"target": {"strategy": "timerange", "timerange": {"start_seconds": 9, "end_seconds": 3}}},
            "start_seconds",
        ),
        ({"target": {"strategy": "magic_hint", "hint": "   "}}, "hint"),
        ({"target": {"strategy": "entity_id"}}, "entity_id"),
        ({"target": {"strategy": "dominant", "on_miss": "guess"}}, "on_miss"),
        ({"target": None}, "target"),
        ({"label": "   "}, "label"),
        ({"label": "x" * 65}, "label"),
        ({"entityLabel": ""}, "entityLabel"),
        ({"language": "de"}, "language"),
        ({"webhook": {"headers": {}}}, "url"),
        ({"webhook": {"url": "ftp://example.com"}}, "webhook"),
        ({"webhook": {"url": "https://example.com", "headers": {"a b": "c"}}}, "headers"),
        ({"idempotencyKey": "x" * 256}, "dempotency"),
    ],
    ids=lambda value: "" if isinstance(value, str) else json.dumps(value)[:60],
)
async def test_what_is_wrong_is_named_and_nothing_is_begun(
    reports: Reports, services: Services, heard: str, change: dict[str, Any], named: str
):
    error = (await reports.ask(heard, expect=422, **change))["error"]
    assert error["code"] == "validation_error"
    assert named in error["message"]
    async with services.database.bound(reports.workspace_id) as scope:
        begun = await scope.connection.fetchval(
            "select count(*) from jobs where workspace_id = $1 and kind = 'report.generate'",
            reports.workspace_id,
        )
    assert begun == 0


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


async def test_a_fallback_is_taken_and_told(reports: Reports, heard: str):
    target = {"strategy": "entity_id", "entity_id": show("ent", new_uuid()), "on_miss": "fallback_dominant"}
    report = await reports.made(heard, target=target)
    told = await reports.get(report["id"], "/target")
    assert (told["usedFallback"], told["speakerIndex"], told["confidence"]) == (True, 0, 0)
    assert told["selector"] == target


async def test_the_choice_is_explained_with_the_runner_up(reports: Reports, heard: str):
    report = await reports.made(heard)
    told = await reports.get(report["id"], "/target")
    assert (told["reportId"], told["strategy"], told["speakerIndex"]) == (report["id"], "dominant", 0)
    assert told["runnerUp"]["speakerIndex"] == 1
    assert told["candidates"][0]["score"] > told["runnerUp"]["score"]
    assert told["why"]
    assert not told["usedFallback"]


async def test_the_evidence_names_every_section(reports: Reports, heard: str):
    report = await reports.made(heard)
    told = await reports.get(report["id"], "/evidence")
    assert told["reportId"] == report["id"]
    assert [*told["sections"]] == [one["key"] for one in report["json"]["sections"]]


async def test_a_file_says_that_it_has_reports_and_when_it_was_used(
    reports: Reports, files: Files, heard: str
):
    before = await files.get(heard)
    assert before["hasReports"] is False
    receipt = await reports.ask(heard)
    assert (await files.get(heard))["hasReports"] is False, "it is only asked for"
    await reports.write(receipt["jobId"])
    after = await files.get(heard)
    assert after["hasReports"] is True
    assert after["lastUsedAt"] > before["lastUsedAt"]
    assert [one["hasReports"] for one in (await files.list())["files"]] == [True]


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
        self, reports: Reports, heard: str, stranger: httpx.AsyncClient
    ):
        await reports.ask(heard, key="once")
        body = {
            "media": {"mediaId": heard},
            "output": {"template": "sales_playbook"},
            "target": {"strategy": "dominant"},
        }
        answer = await stranger.post("/v1/reports/jobs", json=body, headers={"Idempotency-Key": "once"})
        assert checked(answer, 404)["error"]["code"] == "not_found"


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


async def test_a_file_that_is_not_there_is_not_found(
    reports: Reports, heard: str, stranger: httpx.AsyncClient
):
    for named in (UNKNOWN, "med_none", "x"):
        assert (await reports.ask(named, expect=404))["error"]["code"] == "not_found"


@pytest.mark.parametrize("what", ["", "/evidence", "/target"])
async def test_a_report_is_nobody_else_s(
    reports: Reports, heard: str, stranger: httpx.AsyncClient, connect: Any, what: str
):
    report = await reports.made(heard)
    path = f"/v1/reports/{report['id']}{what}"
    assert checked(await stranger.get(path), 404)["error"]["code"] == "not_found"
    assert checked(await stranger.get(f"/v1/reports/by-job/{report['jobId']}"), 200) is None
    async with connect() as anyone:
        checked(await anyone.get(path), 401)
        checked(await anyone.get(f"/v1/reports/by-job/{report['jobId']}"), 401)
        checked(await anyone.post("/v1/reports/jobs", json={}), 401)
    await reports.get(show("rpt", new_uuid()), what, expect=404)


async def test_a_viewer_reads_reports_and_asks_for_none(
    reports: Reports, heard: str, connect: Any, new_tenant: Any, tenant: Any
):
    report = await reports.made(heard)
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect(api_key=viewer.secret) as client:
        checked(await client.get(f"/v1/reports/{report['id']}"), 200)
        assert checked(await client.post("/v1/reports/jobs", json={}), 403)["error"]["code"] == "forbidden"


@pytest.mark.parametrize("job", ["job_none", "x", show("job", new_uuid())], ids=["word", "letter", "unknown"])
async def test_the_report_of_a_job_that_is_not_known_is_null(client: httpx.AsyncClient, job: str):
    answer = await client.get(f"/v1/reports/by-job/{job}")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (
        200,
        b"null",
        "application/json",
    )


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


class TestLibrary:
    """Which offering's facts a report may use; what it makes of them is tried in `tests/unit/reports/writing`."""

    async def test_the_offering_that_the_request_names_must_be_there(
        self, reports: Reports, api: Any, heard: str
    ):
        product = await api.create("product", name="Example Product")
        for named in (show("px", new_uuid()), "nonsense", 7):
            output = {"template": "sales_playbook", "templateParams": {"offeringOId": named}}
            error = (await reports.ask(heard, output=output, expect=422))["error"]
            assert "offeringOId" in error["message"]
        output = {
            "template": "sales_playbook",
            "templateParams": {"offeringOId": product["oId"], "role": "free"},
        }
        await reports.made(heard, output=output)

    @pytest.mark.parametrize(
        ("offerings", "named", "expected"),
        [
            (["Alpha"], None, "Alpha"),
            (["Alpha", "Beta"], None, None),
            (["Alpha", "Beta"], "Beta", "Beta"),
            (["One", "Beta"], None, "One"),  # the fake voice says nothing but "one"
            (["One", "Two"], None, None),
            ([], None, None),
        ],
        ids=["the only one", "several", "named", "said", "several said", "none"],
    )
    async def test_facts_are_those_of_the_one_offering_that_is_meant(
        self, services: Services, reports: Reports, jobs: Any, api: Any, heard: str,
        offerings: list[str], named: str | None, expected: str | None,
    ):  # fmt: skip
        oids = {}
        for name in offerings:
            oids[name] = (await api.create("product", name=name))["oId"]
            await api.create("objection", name=f"Doubt about {name}",
                             linkingStrategy={"mode": "SPECIFIC", "offeringOIds": [oids[name]]}, reframeAndResponse=[f"An answer for {name}"])  # fmt: skip
        params = {"offeringOId": oids[named]} if named else {}
        async with services.database.bound(reports.workspace_id) as scope:
            work = Work(scope, Member(jobs.member_id, "Test", "Member"), services.now())
            recording = await get_recording(work, heard)
            call = await load_call(scope, recording)
            assert call
            facts = await facts_for(work, call, params)
        assert [one.text for one in facts] == ([f"An answer for {expected}"] if expected else [])
