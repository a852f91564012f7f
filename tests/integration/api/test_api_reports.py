"""`/v1/reports`: asked for, written, read, explained; and what is refused."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from recordings import Files, checked
from report_examples import Reports

from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, show
from setpiece.workspaces.model import Role

SCHEMA = json.loads((Path(__file__).with_name("seeds") / "report_schema.json").read_text())
UNKNOWN = show("med", new_uuid())


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
    assert again["entity"] == report["entity"], "the voice is called so from then on"


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


async def test_a_file_that_is_not_there_is_not_found(
    reports: Reports, heard: str, outsider: httpx.AsyncClient
):
    for named in (UNKNOWN, "med_none", "x"):
        assert (await reports.ask(named, expect=404))["error"]["code"] == "not_found"


@pytest.mark.parametrize("what", ["", "/evidence", "/target"])
async def test_a_report_is_nobody_else_s(
    reports: Reports, heard: str, outsider: httpx.AsyncClient, connect: Any, what: str
):
    report = await reports.made(heard)
    path = f"/v1/reports/{report['id']}{what}"
    assert checked(await outsider.get(path), 404)["error"]["code"] == "not_found"
    assert checked(await outsider.get(f"/v1/reports/by-job/{report['jobId']}"), 200) is None
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
