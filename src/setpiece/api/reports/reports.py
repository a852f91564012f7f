"""`/v1/reports`: reports are asked for, read, and explained."""

from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from setpiece.api.gtm.answers import BOOLEAN, INTEGER, Schema, array, maybe, obj, string
from setpiece.api.operation import Call, Operation, json_response
from setpiece.api.reports import jobs
from setpiece.api.reports.rates import OTHER, REPORTS
from setpiece.api.reports.report_shapes import REPORT
from setpiece.jobs.model import Job, JobStatus
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.media.identities.model import IDENTITY_PREFIX
from setpiece.media.recordings.model import RECORDING_PREFIX
from setpiece.reports.report import REPORT_PREFIX, Report
from setpiece.reports.schemas import ReportRequest
from setpiece.reports.service import ask_for_report, get_report, report_of_job
from setpiece.workspaces.audit import note
from setpiece.workspaces.model import Permission
from setpiece.workspaces.receipts import check_key

_TAG = "Reports: reports"
RECEIPT: Schema = obj(
    "jobId status",
    jobId=string("job_0AbCdEfGhIjKlMnOpQrStU"),
    status=string("queued", enum=["queued", "running"]),
    stage=string("queued", enum=[*jobs.STAGES]),
    estimatedWaitSec={"type": "number", "example": 4},
)
_REPORT_ID = string("rpt_0AbCdEfGhIjKlMnOpQrStU")
_NUMBER: Schema = {"type": "number"}
_CANDIDATE = obj("*", speakerIndex=INTEGER, score=_NUMBER, because=array(string()))
_TARGET = obj(
    "*",
    reportId=_REPORT_ID,
    strategy=string("magic_hint"),
    selector={"type": "object", "description": "As it was sent"},
    speakerIndex=INTEGER,
    why=string("Speaker 1 asks most of the questions."),
    confidence=_NUMBER,
    margin=_NUMBER | {"description": "How far the chosen one is ahead of the next"},
    usedFallback=BOOLEAN,
    runnerUp=maybe(_CANDIDATE),
    candidates=array(_CANDIDATE),
)
_STATEMENTS = array({"type": "object"})
_EVIDENCE = obj(
    "reportId",
    reportId=_REPORT_ID,
    speakerIndex=INTEGER,
    speechSeconds=_NUMBER,
    isEnoughSpeech=BOOLEAN,
    writer=string("setpiece-embedded/0.1.0"),
    notes=array(string("Without likeness in meaning: the model's files are missing.")),
    summary=obj("", statements=_STATEMENTS),
    sections={
        "type": "object",
        "additionalProperties": obj("", hasEvidence=BOOLEAN, note=string(), statements=_STATEMENTS),
    },
)
_EXAMPLE = {
    "media": {"mediaId": "med_0AbCdEfGhIjKlMnOpQrStU"},
    "output": {"template": "sales_playbook"},
    "target": {"strategy": "magic_hint", "hint": "the buyer", "on_miss": "fallback_dominant"},
}


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/v1/reports/jobs", ask, Permission.WRITE, "Have a report written", _TAG, RECEIPT,
        body=ReportRequest, example=_EXAMPLE, is_idempotent=True, rate=REPORTS,
        also_answers={404: "There is no such file", 409: "The idempotency key was sent with another request"},
        description="The file may still be being processed: the job waits for it. `GET /v1/jobs/{jobId}` and its stream say how far it is.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/reports/{reportId}", read, Permission.READ, "Get a report", _TAG, REPORT, rate=OTHER,
        audited="report.read",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/reports/by-job/{jobId}", read_by_job, Permission.READ, "Get the report of a job", _TAG, maybe(REPORT),
        rate=OTHER, description="`null` until the job has succeeded, and for a job that is not known.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/reports/{reportId}/evidence", evidence, Permission.READ, "See what a report rests on", _TAG, _EVIDENCE,
        rate=OTHER, audited="report.evidence.read", description="For each section its statements with quotations, their seconds, and the measures behind them.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/reports/{reportId}/target", target, Permission.READ, "See why a report is about this speaker", _TAG,
        _TARGET, rate=OTHER, audited="report.target.read",
    )  # fmt: skip


async def ask(call: Call[None, ReportRequest]) -> dict[str, Any]:
    body = call.body
    key = check_key(body.idempotencyKey) or check_key(call.request.headers.get("idempotency-key"))
    callback = body.webhook.callback(call.services.webhooks.check) if body.webhook else None
    async with call.transaction() as work:
        job, wait_s = await ask_for_report(work, body, key=key, callback=callback, request_id=call.request_id)
    return receipt(job, wait_s)


async def read(call: Call[None, None]) -> dict[str, Any]:
    return shown_report(await _find(call))


async def read_by_job(call: Call[None, None]) -> Response:
    async with call.bound() as work:
        if found := await report_of_job(work, call.path["jobId"]):
            await note(work, "report.read", found.id)
    return json_response(shown_report(found) if found else None)


async def evidence(call: Call[None, None]) -> dict[str, Any]:
    report = await _find(call)
    return {"reportId": show(REPORT_PREFIX, report.id), **(report.evidence or {})}


async def target(call: Call[None, None]) -> dict[str, Any]:
    report = await _find(call)
    return {"reportId": show(REPORT_PREFIX, report.id), **(report.target or {})}


def receipt(job: Job, wait_s: int) -> dict[str, Any]:
    """A receipt knows two states only; a repeated request may find its job over, and the job itself says so."""
    waits = job.status is JobStatus.QUEUED
    told = {"jobId": show(jobs.PREFIX, job.id), "status": JobStatus.QUEUED if waits else JobStatus.RUNNING}
    stage = jobs.stage_of(job)
    return (
        told
        | ({"stage": stage} if stage else {})
        | {"estimatedWaitSec": 0 if job.status.is_final else wait_s}
    )


def shown_report(report: Report) -> dict[str, Any]:
    """The closed document of the contract: evidence and choice are told elsewhere.

    Source: reports-v1, §5.
    """
    told = {
        "id": show(REPORT_PREFIX, report.id),
        "createdAt": show_instant(report.written_at or report.created_at),
        "jobId": show(jobs.PREFIX, report.job_id),
        "label": report.label,
        "media": {"mediaId": show(RECORDING_PREFIX, report.recording_id)},
        "output": {"template": report.template},
        "markdown": report.markdown,
        "json": report.document,
    }
    if report.entity_id:
        told["entity"] = {"id": show(IDENTITY_PREFIX, report.entity_id), "label": report.entity_label}
    return told


async def _find(call: Call[None, None]) -> Report:
    async with call.bound() as work:
        return await get_report(work, call.path["reportId"])
