"""The job that hears a recording: its content is fetched, the stages run, and what they made is kept.

The stages run in a thread beside the worker's loop. Whatever ends the job, what was made until then stays: the next attempt
goes on there. A recording that is deleted meanwhile ends the job quietly.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast
from uuid import UUID

import structlog

from setpiece.jobs.model import Handler, Job
from setpiece.jobs.queue import advance, advance_waiting, succeed
from setpiece.kernel.errors import Invalid, NotFound, Unavailable
from setpiece.media.identities.recordings import identify_recording
from setpiece.media.identities.repository import IdentityRepository
from setpiece.media.model import Speakers, Stage
from setpiece.media.recordings.model import Recording
from setpiece.media.recordings.processing import PROCESS_RECORDING
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.stage_results import Made, StageResults
from setpiece.media.results import OptionsByStage, Result, print_of
from setpiece.providers.blobs.store import BlobStore
from setpiece.storage.database import Database, Scope

if TYPE_CHECKING:
    from setpiece.media.pipeline import Heard, PipelineOptions
    from setpiece.providers.speech.ports import SpeechModels

log = structlog.get_logger(__name__)
Value = TypeVar("Value")

_TELL_EVERY_S = 1.0
_LOOK_EVERY_S = 0.2  # how soon a thread that waits for the loop sees that it is to stop
_NOT_TRIED_AGAIN = ("speech_not_installed", "weights_changed")

# The stages in the words of reports-v1, and the part of the whole at which each ends: CPU time on the example calls.
STAGE_SHOWN = {
    Stage.DECODE: "transcoding",
    Stage.SPEECH: "extracting",
    Stage.SPEAKERS: "extracting",
    Stage.WORDS: "extracting",
    Stage.TURNS: "scoring",
    Stage.PITCH: "scoring",
    Stage.MEASURES: "scoring",
}
_ENDS_AT = dict(zip(Stage, (0.03, 0.2, 0.4, 0.92, 0.93, 0.99, 1.0), strict=True))


class _Stopped(Exception):
    """The thread was told to stop."""


class _Deleted(Exception):
    """The recording is no longer there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the job works with.

    Attributes:
        models: Loads them at the first call, and gives the same ones from then on.
        work_dir: On whose disk content and sound lie while a recording is heard, without a name; made when missing.
        turn: One recording at a time is heard: the models are made for that, and memory is.
    """

    database: Database
    blobs: BlobStore
    models: Callable[[], "SpeechModels"]
    work_dir: Path
    now: Callable[[], datetime]
    turn: threading.Lock = field(default_factory=threading.Lock)


def handlers(desk: Desk) -> Mapping[str, Handler]:
    return {PROCESS_RECORDING: partial(process_recording, desk)}


async def process_recording(desk: Desk, job: Job) -> None:
    """Hear the recording that the job names.

    Raises:
        Invalid, LimitExceeded: it cannot be heard; the recording says why.
        Unavailable: database or blob store do not answer, or the disk is full.
        Conflict: another attempt took over.
    """
    recording_id = UUID(job.payload["recordingId"])
    async with desk.database.bound(job.workspace_id) as scope:
        recording = await RecordingRepository(scope).begin_hearing(recording_id)
    if recording is None:
        log.info("recording_deleted", recording=str(recording_id))
        return
    hearing = _Hearing(desk, job, recording)
    try:
        heard = await hearing.hear()
    except _Deleted:
        log.info("recording_deleted", recording=str(recording_id))
        return
    async with desk.database.transaction(job.workspace_id) as scope:
        if await RecordingRepository(scope).end_hearing(
            recording, heard.recording.duration_s, heard.words.language.code
        ):
            await StageResults(scope).make_current(recording.id, hearing.prints)
            await identify_recording(scope, recording, desk.now())
        await succeed(scope, job)
    log.info("recording_heard", recording=str(recording_id), seconds=round(heard.recording.duration_s, 1))


class _Hearing:
    """One run of the stages. `prints` are those of all results, made now or before."""

    def __init__(self, desk: Desk, job: Job, recording: Recording) -> None:
        self._desk = desk
        self._job = job
        self._recording = recording
        self._loop = asyncio.get_running_loop()
        self._is_told_to_stop = threading.Event()
        self._reached = (Stage.DECODE, 0.0)
        self.prints: list[bytes] = []

    async def hear(self) -> "Heard":
        """Run the stages beside the loop, tell how far they are, and look whether the recording is still wanted.

        Cancelled, it leaves at once: the thread ends on its own, at the latest after the piece that it is at.
        """
        running = _in_a_thread(self._run)
        running.add_done_callback(_look_at_error)
        try:
            while not running.done():
                await asyncio.wait({running}, timeout=_TELL_EVERY_S)
                await self._tell()
            return running.result()
        finally:
            self._is_told_to_stop.set()

    async def _tell(self) -> None:
        stage, progress = self._reached
        shown = STAGE_SHOWN[stage], round(progress, 3)
        try:
            async with self._desk.database.bound(self._job.workspace_id) as scope:
                await _require_living(scope, self._recording.id)
                await advance(scope, self._job, *shown)
                await advance_waiting(scope, self._recording.id, *shown)
        except Unavailable as away:
            log.warning("progress_untold", reason=away.message)  # it is only for those who watch

    def _run(self) -> "Heard":
        """In the thread."""
        while not self._desk.turn.acquire(timeout=_LOOK_EVERY_S):
            self._stop_if_told()
        try:
            models = _loaded(self._desk.models)
            from setpiece.media.pipeline import run_pipeline

            self._desk.work_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            return run_pipeline(
                self._fetch,
                self._desk.work_dir,
                models,
                _options(self._recording),
                keep=self._keep,
                recall=self._recall,
                progress=self._note,
            )
        finally:
            self._desk.turn.release()

    def _stop_if_told(self) -> None:
        if self._is_told_to_stop.is_set():
            raise _Stopped

    def _note(self, stage: Stage, done: float, total: float) -> None:
        self._stop_if_told()
        ends_at = _ENDS_AT[stage]
        begins_at = max((end for end in _ENDS_AT.values() if end < ends_at), default=0.0)
        progress = begins_at + (ends_at - begins_at) * min(1.0, done / total if total else 1.0)
        if progress >= self._reached[1]:  # a later stage that needs the sound decodes it again
            self._reached = (stage, progress)

    def _fetch(self) -> BinaryIO:
        """The content, in a file without a name."""
        with ExitStack() as opened:
            file = cast("BinaryIO", opened.enter_context(TemporaryFile(dir=self._desk.work_dir)))
            self._wait(self._copy_into(file))
            opened.pop_all()
        return file

    async def _copy_into(self, file: BinaryIO) -> None:
        assert self._recording.blob_key
        try:
            async for piece in self._desk.blobs.read(self._recording.blob_key):
                file.write(piece)
            file.seek(0)
        except NotFound:
            async with self._desk.database.bound(self._job.workspace_id) as scope:
                await _require_living(scope, self._recording.id)
            raise
        except OSError as full:
            raise Unavailable(
                f"The recording cannot be fetched: {full.strerror}. Make room on the worker's disk.",
                code="no_room",
            ) from full

    def _keep(self, stage: Stage, options: OptionsByStage, model_id: str, result: Result) -> None:
        print_ = print_of(stage, options, model_id)
        made = Made(self._recording.id, stage, print_, model_id, result, self._desk.now())
        self._wait(self._keep_made(made))
        self.prints.append(print_)
        log.info("stage_kept", stage=stage, recording=str(self._recording.id), job=str(self._job.id))

    async def _keep_made(self, made: Made) -> None:
        async with self._desk.database.bound(self._job.workspace_id) as scope:
            if isinstance(made.result, Speakers) and not await IdentityRepository(scope).are_on():
                made = replace(made, result=made.result.without_voices())
            if not await StageResults(scope).keep(made):
                raise _Deleted

    def _recall(self, stage: Stage, options: OptionsByStage, model_id: str) -> Result | None:
        print_ = print_of(stage, options, model_id)
        found = self._wait(self._recalled(stage, print_))
        if found is not None:
            self.prints.append(print_)
        return found

    async def _recalled(self, stage: Stage, print_: bytes) -> Result | None:
        async with self._desk.database.bound(self._job.workspace_id) as scope:
            return await StageResults(scope).recall(self._recording.id, stage, print_)

    def _wait(self, coroutine: Coroutine[Any, Any, Value]) -> Value:
        """What the coroutine gives, which the loop runs for the thread."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        while True:
            try:
                return future.result(timeout=_LOOK_EVERY_S)
            except TimeoutError:
                if future.done():
                    raise
                if self._is_told_to_stop.is_set():
                    future.cancel()
                    raise _Stopped from None


async def _require_living(scope: Scope, recording_id: UUID) -> None:
    found = await RecordingRepository(scope).find(recording_id)
    if found is None or found.deleted_at:
        raise _Deleted


def _options(recording: Recording) -> "PipelineOptions":
    from setpiece.media.pipeline import PipelineOptions
    from setpiece.media.speakers import SpeakersOptions
    from setpiece.media.words import WordsOptions

    return PipelineOptions(
        speakers=SpeakersOptions(speakers=recording.wish.speakers),
        words=WordsOptions(language=recording.wish.language),
    )


def _loaded(load: Callable[[], "SpeechModels"]) -> "SpeechModels":
    """The models; what is not installed does not come by waiting, so it is no reason to try again."""
    try:
        return load()
    except Unavailable as missing:
        if missing.code not in _NOT_TRIED_AGAIN:
            raise
        raise Invalid(missing.message, code=missing.code) from missing


def _in_a_thread(work: Callable[[], Value]) -> "asyncio.Future[Value]":
    """In a thread of its own: the end of the loop waits for those of `to_thread`, and this one may be inside a model for seconds."""
    done: Future[Value] = Future()
    context = copy_context()

    def run() -> None:
        try:
            done.set_result(context.run(work))
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, name="hearing", daemon=True).start()
    return asyncio.wrap_future(done)


def _look_at_error(running: "asyncio.Future[Any]") -> None:
    """A thread that was left alone has an error that nobody asks for."""
    if not running.cancelled():
        running.exception()
