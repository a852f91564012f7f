"""The official Python client asks for reports on a real call: heard by the real models, chosen, written, streamed, canceled.

It needs Python 3.12, as `test_official_client.py` says.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from product import Server, new_key, wait_for

conduit = pytest.importorskip("conduit", reason="mappa-conduit needs Python 3.12")

from conduit.errors import ApiError, JobCanceledError, JobFailedError, ValidationError  # noqa: E402 - only where it is installed

ROOT = Path(__file__).parents[2]
CALL = ROOT / "examples" / "calls" / "call-mf.mp3"  # Joe sells, Maria buys and speaks most
SCHEMA = json.loads((ROOT / "tests" / "integration" / "api" / "seeds" / "report_schema.json").read_text())
SALES: Any = {"template": "sales_playbook"}
DOMINANT: Any = {"strategy": "dominant"}
NOBODY: Any = {"strategy": "entity_id", "entity_id": "ent_0000000000000000000001"}
STAGES = ["transcoding", "extracting", "scoring", "rendering", "finalizing"]


@pytest.fixture(scope="module")
def key(shared_server: Server) -> str:
    return new_key(shared_server.data_dir, workspace="Reports")


@pytest.fixture(scope="module")
def client(shared_server: Server, key: str) -> Iterator[Any]:
    with conduit.Conduit(api_key=key, base_url=shared_server.base_url, max_retries=0) as opened:
        yield opened


@pytest.fixture(scope="module")
def first(client: Any) -> tuple[Any, list[Any]]:
    """A report on a file that is sent along, and what was told until it was there."""
    receipt = client.reports.create(
        source={"path": str(CALL)}, output=SALES, target=DOMINANT, idempotency_key="the first"
    )
    return receipt, list(receipt.handle.stream(timeout_ms=280_000))


@pytest.fixture(scope="module")
def media_id(first: tuple[Any, list[Any]]) -> str:
    return str(first[0].media_id)


def test_a_report_on_a_file_that_is_sent_along_is_followed_through_every_stage(
    client: Any, first: tuple[Any, list[Any]]
):
    receipt, events = first
    assert (receipt.status, receipt.stage) == ("queued", "queued")
    assert receipt.estimated_wait_sec > 0
    assert events[0].type == "status"
    assert [one.type for one in events].count("terminal") == 1
    assert (events[-1].type, events[-1].job.status) == ("terminal", "succeeded")
    stages = [one.stage for one in events if one.type == "stage"]
    assert {*stages} <= {*STAGES}
    assert list(dict.fromkeys(stages))[-3:] == STAGES[-3:], (
        "a hearing that is begun again goes back, and no further"
    )
    progress = [one.progress for one in events if one.progress is not None]
    assert progress == sorted(progress)
    report = client.reports.get(events[-1].job.report_id)
    assert report.job_id == receipt.job_id
    assert client.reports.get_by_job(receipt.job_id).id == report.id


def test_the_report_is_the_published_document_and_quotes_the_call(
    shared_server: Server, key: str, first: tuple[Any, list[Any]]
):
    report_id = first[1][-1].job.report_id
    _, raw = shared_server.ask("GET", f"/v1/reports/{report_id}", key)
    Draft202012Validator(SCHEMA).validate(raw)
    _, evidence = shared_server.ask("GET", f"/v1/reports/{report_id}/evidence", key)
    quotes = [one for one in walk(evidence) if isinstance(one, dict) and "startSeconds" in one]
    assert quotes
    _, transcript = shared_server.ask("GET", f"/v1/files/{raw['media']['mediaId']}/transcript", key)
    said = plain(json.dumps(transcript))
    assert all(plain(one["text"]) in said for one in quotes), "every quotation is what was heard"


@pytest.mark.parametrize(
    ("target", "speaker"),
    [
        (DOMINANT, "buyer"),
        ({"strategy": "timerange", "time_range": {"start_seconds": 1, "end_seconds": 6}}, "seller"),
        ({"strategy": "timerange", "time_range": {"end_seconds": 6}}, "seller"),
        ({"strategy": "magic_hint", "hint": "the buyer"}, "buyer"),
        ({"strategy": "magic_hint", "hint": "the one asking the questions"}, "seller"),
        ({"strategy": "magic_hint", "hint": "who asked about the price"}, "buyer"),
        ({"strategy": "magic_hint", "hint": "Maria"}, "buyer"),
        ({"strategy": "entity_id"}, "seller"),
        ({**NOBODY, "on_miss": "fallback_dominant"}, "buyer"),
    ],
    ids=[
        "dominant",
        "stretch",
        "open stretch",
        "role",
        "description",
        "question",
        "name",
        "voice",
        "fallback",
    ],
)
def test_each_strategy_finds_whom_it_means(
    client: Any, shared_server: Server, key: str, media_id: str, target: dict[str, Any], speaker: str
):
    """The seller speaks first."""
    _, timeline = shared_server.ask("GET", f"/v1/files/{media_id}/timeline", key)
    seller = first_speaker(timeline)
    if target["strategy"] == "entity_id" and "entity_id" not in target:
        target = target | {"entity_id": entity_of(shared_server, key, media_id, seller)}
    receipt = client.reports.create(source={"media_id": media_id}, output=SALES, target=target)
    report = receipt.handle.wait(timeout_ms=60_000)
    assert report.output.template == "sales_playbook"
    _, told = shared_server.ask("GET", f"/v1/reports/{report.id}/target", key)
    assert (told["speakerIndex"] == seller) is (speaker == "seller"), told["why"]
    assert told["usedFallback"] is ("on_miss" in target)


def test_a_speaker_who_is_not_there_fails_the_job_for_good(client: Any, media_id: str):
    receipt = client.reports.create(source={"media_id": media_id}, output=SALES, target=NOBODY)
    with pytest.raises(JobFailedError) as failed:
        receipt.handle.wait(timeout_ms=60_000)
    assert failed.value.code == "target_not_found"
    job = receipt.handle.job()
    assert (job.status, job.error.code, job.error.retryable) == ("failed", "target_not_found", False)
    assert client.reports.get_by_job(receipt.job_id) is None


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("template", ["sales_playbook", "general_report"])
def test_each_template_is_written_in_each_language(client: Any, media_id: str, template: str, language: str):
    receipt = client.reports.create(
        source={"media_id": media_id}, output={"template": template}, target=DOMINANT, language=language
    )
    report = receipt.handle.wait(timeout_ms=60_000)
    assert report.output.json["template"] == report.output.template == template
    assert report.output.json["title"] in report.output.markdown


def test_a_request_that_is_sent_again_is_the_same_job(
    client: Any, media_id: str, first: tuple[Any, list[Any]]
):
    """Upload and job were sent under one key; sending both again makes neither twice."""
    again = client.reports.create(
        source={"path": str(CALL)}, output=SALES, target=DOMINANT, idempotency_key="the first"
    )
    assert (again.job_id, again.media_id) == (first[0].job_id, media_id)
    with pytest.raises(ApiError) as conflict:
        client.reports.create(
            source={"media_id": media_id},
            output={"template": "general_report"},
            target=DOMINANT,
            idempotency_key="the first",
        )
    assert (conflict.value.status, conflict.value.code) == (409, "idempotency_conflict")


def test_a_job_is_canceled_while_its_file_is_heard(client: Any, shared_server: Server):
    receipt = client.reports.create(
        source={"file": CALL.read_bytes(), "label": "Again"}, output=SALES, target=DOMINANT
    )
    wait_for(lambda: receipt.handle.job().stage in ("transcoding", "extracting"))
    assert receipt.handle.cancel().status == "canceled"
    with pytest.raises(JobCanceledError):
        receipt.handle.wait(timeout_ms=30_000)
    assert receipt.handle.job().status == "canceled"


def test_what_the_server_refuses_is_the_client_s_own_error(client: Any, media_id: str):
    with pytest.raises(ApiError) as unknown:
        client.reports.create(source={"media_id": "med_none"}, output=SALES, target=DOMINANT)
    assert (unknown.value.status, unknown.value.code) == (404, "not_found")
    with pytest.raises(ValidationError) as too_long:
        client.reports.create(
            source={"media_id": media_id}, output=SALES, target=DOMINANT, idempotency_key="x" * 256
        )
    assert too_long.value.status == 422
    with pytest.raises(ApiError) as no_job:
        client.primitives.jobs.get("job_none")
    assert no_job.value.code == "not_found"
    with pytest.raises(ApiError) as no_report:
        client.reports.get("rpt_none")
    assert no_report.value.code == "not_found"


def walk(value: Any) -> Iterator[Any]:
    yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inside:
        yield from walk(one)


def plain(text: str) -> str:
    """Words alone: a quotation may lose the comma at its end."""
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in text.lower()).split())


def first_speaker(timeline: dict[str, Any]) -> int:
    segments = [
        one
        for one in walk(timeline)
        if isinstance(one, dict) and {"startSeconds", "speakerIndex"} <= set(one)
    ]
    return int(min(segments, key=lambda one: one["startSeconds"])["speakerIndex"])


def entity_of(server: Server, key: str, media_id: str, speaker: int) -> str:
    target = {"strategy": "speaker_index", "speaker_index": speaker}
    body = {"media": {"mediaId": media_id}, "output": SALES, "target": target}
    status, receipt = server.ask("POST", "/v1/reports/jobs", key, body)
    assert status == 200, receipt
    report = wait_for(lambda: server.ask("GET", f"/v1/reports/by-job/{receipt['jobId']}", key)[1])
    return str(report["entity"]["id"])
