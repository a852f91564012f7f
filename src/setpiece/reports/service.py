"""Reports are asked for and read; the writing is in `tasks`."""

import hashlib
from collections.abc import Collection, Mapping
from math import ceil
from typing import Any
from uuid import UUID

import orjson

from setpiece.jobs.model import Callback, Job
from setpiece.jobs.queue import enqueue, get_job
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.media.recordings.model import Gone, ProcessingStatus, Recording
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.service import get_recording
from setpiece.reports.offering import PARAMETER, named_offering
from setpiece.reports.report import Report, default_label
from setpiece.reports.repository import ReportRepository
from setpiece.reports.schemas import ReportRequest
from setpiece.workspaces.receipts import Receipt, claim
from setpiece.workspaces.work import Work

GENERATE_REPORT = "report.generate"
"""The kind of job, and the contract's type of it."""
OPERATION = "POST /v1/reports/jobs"
_WRITING_S = 2.0
"""Writing takes a tenth of that on one core; the rest is for those before it."""
_HEARING_PER_S = 0.08
"""Processing time by audio time, from above: docs/speech.md."""
_LOADING_S = 4.0
"""The models, which a worker loads once."""
_BYTES_PER_S = {"audio/wav": 32_000}  # 16 kHz mono
_COMPRESSED_BYTES_PER_S = 8_000  # 64 kbit/s; the length of what was not heard is not known


async def ask_for_report(
    work: Work,
    request: ReportRequest,
    *,
    key: str | None,
    callback: Callback | None,
    request_id: str | None = None,
) -> tuple[Job, int]:
    """Have a report written, and about how many seconds that takes; the job waits while the recording is heard.

    The same request under the same idempotency key is the same job, whatever became of it.

    Raises:
        NotFound: there is no such recording, or it was deleted.
        Invalid: the recording cannot be heard, or the request names an offering that is not there.
        Conflict: the key was sent with another request.
    """
    report_id = new_uuid()
    if key:
        receipt = Receipt(report_id, _fingerprint(request))
        if before := await claim(work, OPERATION, key, receipt):
            before.require(receipt.fingerprint)
            return await _again(work, before)
    recording = await _recording(work, request.media.mediaId)
    await _require_offering(work, request.output.templateParams or {})
    job = await enqueue(
        work,
        GENERATE_REPORT,
        {"recordingId": str(recording.id), "report": str(report_id)},
        request_id=request_id,
        waits_on=recording.id if _is_unheard(recording) else None,
        callback=callback,
    )
    await ReportRepository(work.scope).insert(_asked(work, request, recording, job, report_id))
    return job, estimated_wait_s(recording)


async def get_report(work: Work, shown_id: str) -> Report:
    """Raises NotFound when the workspace has no such report, or it is not written yet."""
    report_id = parse(shown_id)
    found = await ReportRepository(work.scope).find(report_id) if report_id else None
    if found is None or found.written_at is None:
        raise NotFound(f"There is no report '{shown_id[:64]}' in this workspace.")
    return found


async def report_of_job(work: Work, shown_job_id: str) -> Report | None:
    """None until it is written, and for what is no job that writes one."""
    job_id = parse(shown_job_id)
    found = await ReportRepository(work.scope).of_job(job_id) if job_id else None
    return found if found and found.written_at else None


async def recordings_with_reports(work: Work, recording_ids: Collection[UUID]) -> frozenset[UUID]:
    return await ReportRepository(work.scope).recordings_with_any(recording_ids)


def estimated_wait_s(recording: Recording) -> int:
    """Whole seconds until the report is there, when nothing else is to be done."""
    if not _is_unheard(recording):
        return ceil(_WRITING_S)
    bytes_per_s = _BYTES_PER_S.get(recording.content_type, _COMPRESSED_BYTES_PER_S)
    length_s = recording.duration_s or recording.size_bytes / bytes_per_s
    return ceil(_LOADING_S + _HEARING_PER_S * length_s + _WRITING_S)


def _is_unheard(recording: Recording) -> bool:
    return recording.processing_status in (ProcessingStatus.PENDING, ProcessingStatus.PROCESSING)


async def _recording(work: Work, media_id: str) -> Recording:
    """The recording, used now and held until the transaction ends: it cannot be heard between a look and a job that waits."""
    try:
        found = await get_recording(work, media_id)
    except Gone as gone:
        raise NotFound(gone.message, details=gone.details) from gone
    recording = await RecordingRepository(work.scope).use(found.id, work.at)
    if recording is None:
        raise NotFound("The file was deleted a moment ago.")
    if recording.processing_status is ProcessingStatus.FAILED:
        reason = recording.failure.message if recording.failure else "It cannot be heard."
        raise Invalid(f"The file has no transcript to report on. {reason}", code="media_processing_failed")
    return recording


async def _require_offering(work: Work, params: Mapping[str, Any]) -> None:
    if PARAMETER in params and await named_offering(work, params) is None:
        shown = str(params[PARAMETER])[:64]
        raise Invalid(
            f"'output.templateParams.{PARAMETER}': there is no product or service '{shown}' in this workspace."
        )


async def _again(work: Work, receipt: Receipt) -> tuple[Job, int]:
    """The report's row goes only with its recording, and takes the receipt along."""
    report = await ReportRepository(work.scope).find(receipt.subject_id)
    assert report is not None
    recording = await RecordingRepository(work.scope).find(report.recording_id)
    job = await get_job(work, show("job", report.job_id), GENERATE_REPORT, called="job")
    return job, estimated_wait_s(recording) if recording else 0


def _asked(work: Work, request: ReportRequest, recording: Recording, job: Job, report_id: UUID) -> Report:
    label = request.label or default_label(request.output.template, work.at)
    return Report(
        report_id, job.id, recording.id, request.asked(), label, None, None, None, None, None, None, work.at, None
    )  # fmt: skip


def _fingerprint(request: ReportRequest) -> bytes:
    """Of all but the key itself."""
    asked = request.model_dump(mode="json", exclude={"idempotencyKey"}, exclude_none=True)
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).digest()
