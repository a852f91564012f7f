"""The job that writes a report: load the call, choose the speaker, write, keep."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from setpiece.jobs.model import Handler, Job, TryLater
from setpiece.jobs.queue import advance, succeed
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import show
from setpiece.media.identities.model import IDENTITY_PREFIX
from setpiece.media.identities.service import label_identity
from setpiece.media.recordings.model import ProcessingStatus, Recording
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.reports.calls import load_call
from setpiece.reports.model import Call
from setpiece.reports.offering import facts_for
from setpiece.reports.report import REPORT_PREFIX, Report, explanation
from setpiece.reports.repository import About, ReportRepository
from setpiece.reports.service import GENERATE_REPORT
from setpiece.reports.targets.choose import choose_speaker
from setpiece.reports.targets.model import Chosen
from setpiece.reports.targets.schemas import TargetSelector
from setpiece.reports.writing import Ask, LibraryFact, Tools, Written, write_report
from setpiece.reports.writing.model import Language
from setpiece.storage.database import Database
from setpiece.workspaces.work import Work

_HEARD_AGAIN_S = 5.0
"""Wait for a recording that is being heard once more at this moment."""
_LANGUAGES: Mapping[str, Language] = {"en": "en", "es": "es", "pt": "pt"}
_DELETED = "The file was deleted, and its reports with it."


@dataclass(frozen=True, slots=True)
class Desk:
    """What the job works with."""

    database: Database
    tools: Tools
    now: Callable[[], datetime]


def handlers(desk: Desk) -> Mapping[str, Handler]:
    return {GENERATE_REPORT: partial(generate_report, desk)}


async def generate_report(desk: Desk, job: Job) -> None:
    """Write the report that the job names. No connection is held while something is thought about.

    Raises:
        Invalid: nobody on the call was meant, the recording cannot be heard, or it was deleted.
        Unavailable: the database does not answer.
        Conflict: the job was canceled, or another attempt took over.
    """
    report, call, facts = await _material(desk, job)
    await _advance(desk, job, "scoring", 0.3)
    selector = TargetSelector.model_validate(report.asked["target"])
    language = _language(report, call)
    chosen = await choose_speaker(call, selector, desk.tools.embedder, language=language)
    await _advance(desk, job, "rendering", 0.5)
    written = await write_report(
        call, chosen.speaker, Ask(report.template, language, library=facts), desk.tools
    )
    await _advance(desk, job, "finalizing", 0.9)
    await _keep(desk, job, report, _about(report, call, chosen), written)


async def _material(desk: Desk, job: Job) -> tuple[Report, Call, tuple[LibraryFact, ...]]:
    """All that is read, before anything slow."""
    if job.stage is None:  # else it has come further, with its recording or in an attempt before
        await _advance(desk, job, "extracting", 0.1)
    async with desk.database.bound(job.workspace_id) as scope:
        report_id = job.payload.get("report")  # gone with a recording that was deleted
        report = await ReportRepository(scope).find(UUID(report_id)) if report_id else None
        recording = await RecordingRepository(scope).find(report.recording_id) if report else None
        if report is None or recording is None or recording.deleted_at:
            raise NotFound(_DELETED, code="media_deleted")
        call = await load_call(scope, recording)
        if call is None or recording.processing_status is not ProcessingStatus.COMPLETED:
            raise _unheard(recording)
        work = Work(scope, job.author, desk.now())
        facts = await facts_for(work, call, report.asked["output"].get("templateParams") or {})
    return report, call, facts


def _unheard(recording: Recording) -> Exception:
    if recording.processing_status is ProcessingStatus.FAILED:
        reason = recording.failure.message if recording.failure else ""
        message = f"The file could not be processed. {reason}".strip()
        return Invalid(message, code="media_processing_failed")
    return TryLater("The file is being processed once more.", _HEARD_AGAIN_S)


def _language(report: Report, call: Call) -> Language:
    """What was asked for, else the call's own, else English."""
    return _LANGUAGES.get(report.asked.get("language") or call.language, "en")


def _about(report: Report, call: Call, chosen: Chosen) -> About:
    person = next((one for one in call.people if one.speaker == chosen.speaker), None)
    label = report.asked.get("entityLabel") or (person.entity_label or person.name if person else None)
    return About(person.entity_id if person else None, label, explanation(chosen, report.asked["target"]))


async def _advance(desk: Desk, job: Job, stage: str, progress: float) -> None:
    async with desk.database.bound(job.workspace_id) as scope:
        await advance(scope, job, stage, progress)


async def _keep(desk: Desk, job: Job, report: Report, about: About, written: Written) -> None:
    """The report and the job's success, both or neither."""
    async with desk.database.transaction(job.workspace_id) as scope:
        if not await ReportRepository(scope).write(report.id, about, written, desk.now()):
            raise NotFound(_DELETED, code="media_deleted")
        await _call_as_asked(Work(scope, job.author, desk.now()), report, about)
        await succeed(scope, job, {"reportId": show(REPORT_PREFIX, report.id)})


async def _call_as_asked(work: Work, report: Report, about: About) -> None:
    """The contract's `entityLabel` overrides the label of the voice, wherever that is heard."""
    label = report.asked.get("entityLabel")
    if label and about.entity_id:
        with suppress(NotFound):  # the voice was forgotten meanwhile
            await label_identity(work, show(IDENTITY_PREFIX, about.entity_id), label)
