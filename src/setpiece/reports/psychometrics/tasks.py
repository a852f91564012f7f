"""The job that analyses a recording once it is heard and then deletes it, and the clock that takes analyses away."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from setpiece.jobs.model import Chore, Handler, Job, TryLater
from setpiece.jobs.queue import advance, succeed
from setpiece.jobs.work import work_for
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import show
from setpiece.media.recordings.model import RECORDING_PREFIX, Gone, ProcessingStatus, Recording
from setpiece.media.recordings.service import delete_recording, get_recording
from setpiece.providers.blobs.store import BlobStore
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.reports.calls import load_call
from setpiece.reports.model import Call
from setpiece.reports.psychometrics.model import ANALYSE, KEPT_FOR, Analysis, Failure
from setpiece.reports.psychometrics.repository import AnalysisRepository
from setpiece.reports.psychometrics.scores import Score, score
from setpiece.reports.targets.choose import choose_speaker
from setpiece.reports.targets.model import Chosen
from setpiece.reports.targets.schemas import TargetSelector
from setpiece.storage.database import Database
from setpiece.workspaces.directory import all_workspaces
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import OpenWork, Work

LOOK_AGAIN_S = 5.0
_NOBODY = Member(UUID(int=0), "Psychometrics", "clock")
_EVERY_HOUR = "27 * * * *"  # apart from the clock of recordings


@dataclass(frozen=True, slots=True)
class Desk:
    """What the job and the clock work with: `owner` sees which workspaces there are, `tenants` is bound to one."""

    tenants: Database
    owner: Database
    blobs: BlobStore
    embedder: Embedder | None
    now: Callable[[], datetime]


def handlers(desk: Desk) -> Mapping[str, Handler]:
    return {ANALYSE: partial(analyse, desk)}


def chores(desk: Desk) -> list[Chore]:
    return [Chore("analyses", _EVERY_HOUR, partial(forget_expired, desk))]


async def analyse(desk: Desk, job: Job) -> None:
    """Count, keep the numbers or why there are none, and delete the recording whatever came of it.

    Raises:
        TryLater: the recording is still being processed.
    """
    open_work = work_for(desk.tenants, job, desk.now)
    shown_id = show(RECORDING_PREFIX, UUID(job.payload["recordingId"]))
    async with open_work() as work:
        await advance(work.scope, job, "scoring")
        is_done = await AnalysisRepository(work.scope).find(job.id, work.at) is not None
    if not is_done:
        await _keep(desk, open_work, job, await _outcome(desk, open_work, job, shown_id))
    with suppress(NotFound, Gone):  # an attempt before this one deleted it
        await delete_recording(open_work, desk.blobs, shown_id)
    async with open_work() as work:
        await succeed(work.scope, job)


Outcome = tuple[Chosen, Call, tuple[Score, ...]]


async def _outcome(desk: Desk, open_work: OpenWork, job: Job, shown_id: str) -> Outcome | Failure:
    try:
        async with open_work() as work:
            recording = await get_recording(work, shown_id)
            call = await load_call(work.scope, recording)
        if call is None:
            return _unheard(recording)
        selector = TargetSelector.model_validate(job.payload["selector"])
        chosen = await choose_speaker(call, selector, desk.embedder, language="en")
        return chosen, call, score(call, chosen.speaker)
    except (Invalid, NotFound, Gone) as error:
        return Failure(error.code, error.message)


def _unheard(recording: Recording) -> Failure:
    if recording.processing_status is not ProcessingStatus.FAILED:
        raise TryLater("The recording is still being processed.", LOOK_AGAIN_S)
    if recording.failure is None:
        return Failure("media_processing_failed", "The recording could not be processed.")
    return Failure(recording.failure.code, recording.failure.message)


async def _keep(desk: Desk, open_work: OpenWork, job: Job, outcome: Outcome | Failure) -> None:
    at = desk.now()
    failure = outcome if isinstance(outcome, Failure) else None
    scores = {} if isinstance(outcome, Failure) else {one.name: one.value for one in outcome[2]}
    inputs = {} if isinstance(outcome, Failure) else _inputs(*outcome)
    async with open_work() as work:
        await AnalysisRepository(work.scope).insert(
            Analysis(job.id, scores, inputs, failure, at, at + KEPT_FOR)
        )


def _inputs(chosen: Chosen, call: Call, scores: tuple[Score, ...]) -> dict[str, object]:
    """Numbers only: the reason for the choice quotes what was said, and the recording is to leave nothing."""
    spoken = next(one for one in call.measures.speakers if one.speaker == chosen.speaker)
    return {
        "language": call.language,
        "durationSeconds": round(call.duration_s, 3),
        "speaker": {
            "speakerIndex": chosen.speaker,
            "speechSeconds": round(spoken.speech_s, 3),
            "strategy": chosen.strategy,
            "confidence": chosen.confidence,
            "speakers": len(call.people),
        },
        "scores": [
            {
                "name": one.name,
                "value": one.value,
                "formula": one.formula,
                "inputs": {given.name: given.value for given in one.inputs},
            }
            for one in scores
        ],
    }


async def forget_expired(desk: Desk) -> None:
    """One round over all workspaces.

    Raises:
        Unavailable: the database does not answer.
    """
    for workspace in await all_workspaces(desk.owner):
        await _forget_in(desk, workspace.id)


async def _forget_in(desk: Desk, workspace_id: UUID) -> None:
    """What has expired, and the recordings of analyses that were canceled or given up."""
    open_work = partial(_work, desk, workspace_id)
    async with open_work() as work:
        await AnalysisRepository(work.scope).forget_expired(work.at)
        left = await AnalysisRepository(work.scope).left_recordings()
    for recording_id in left:
        with suppress(NotFound, Gone):
            await delete_recording(open_work, desk.blobs, show(RECORDING_PREFIX, recording_id))


@asynccontextmanager
async def _work(desk: Desk, workspace_id: UUID) -> AsyncIterator[Work]:
    async with desk.tenants.transaction(workspace_id) as scope:
        yield Work(scope, _NOBODY, desk.now())
