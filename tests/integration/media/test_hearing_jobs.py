"""The job that hears a recording: how it ends, what it keeps, and what it does not do twice. With fake models."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hearing_bench import CALL, Gate, HearingBench, reached, until, wav_of

from setpiece.jobs.queue import cancel, enqueue
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import NotFound, Unavailable
from setpiece.media.model import Stage
from setpiece.media.recordings.model import Failure, ProcessingStatus, Recording, Wish
from setpiece.providers.blobs.memory import MemoryBlobs
from setpiece.providers.speech.fakes import conversation, fake_speech_models
from setpiece.providers.speech.ports import SpeechModels


async def test_an_upload_is_heard(hearing: HearingBench):
    recording = await hearing.upload()
    assert (recording.processing_status, recording.duration_s) == (ProcessingStatus.PENDING, None)
    await hearing.attempt(recording)
    heard = await hearing.look(recording)
    assert (heard.processing_status, heard.failure, heard.language) == (
        ProcessingStatus.COMPLETED,
        None,
        "en",
    )
    assert heard.duration_s == pytest.approx(34)
    call = await hearing.heard(recording)
    assert [turn.speaker for turn in call.turns.turns] == [0, 1, 0]
    assert call.measures.speakers[1].pitch_median_hz == 200
    (job,) = await hearing.jobs(recording)
    assert (job["status"], job["error"]) == ("succeeded", None)
    assert set(await hearing.prints(recording)) == set(Stage)
    assert list(hearing.work_dir.iterdir()) == []


async def test_the_status_and_the_stage_can_be_watched(hearing: HearingBench, gate: Gate):
    recording = await hearing.upload()
    async with hearing.open_work() as work:
        waiting = await enqueue(work, "make_report", {}, waits_on=recording.id)
    attempt = asyncio.create_task(hearing.attempt(recording))
    await reached(gate)
    assert (await hearing.look(recording)).processing_status is ProcessingStatus.PROCESSING

    async def told() -> bool:
        (job,) = await hearing.jobs(recording)
        (row,) = await hearing.rows("select stage, waits_on from jobs where id = $1", waiting.id)
        assert row["waits_on"] == recording.id
        return (job["stage"], row["stage"]) == ("extracting", "extracting") and 0 < job["progress"] < 1

    await until(told)
    gate.is_open.set()
    await attempt
    (row,) = await hearing.rows("select waits_on from jobs where id = $1", waiting.id)
    assert row["waits_on"] is None, "who waits for the recording goes on"


@pytest.mark.parametrize(
    ("wish", "redone"),
    [
        (Wish(speakers=1), {Stage.SPEAKERS, Stage.TURNS, Stage.PITCH, Stage.MEASURES}),
        (Wish(language="es"), {Stage.WORDS, Stage.TURNS, Stage.MEASURES}),
        (Wish(), set()),
    ],
    ids=["speakers", "language", "nothing"],
)
async def test_a_wish_redoes_what_depends_on_it(hearing: HearingBench, wish: Wish, redone: set[Stage]):
    recording = await hearing.upload()
    await hearing.attempt(recording)
    before = await hearing.prints(recording)
    await hearing.wish(recording, wish)
    assert (await hearing.look(recording)).processing_status is ProcessingStatus.PENDING
    assert await hearing.prints(recording) == before, "until then, what was heard before is what is heard"
    await hearing.attempt(recording)
    after = await hearing.prints(recording)
    assert {stage for stage in Stage if before[stage] != after[stage]} == redone
    assert (await hearing.look(recording)).processing_status is ProcessingStatus.COMPLETED
    if wish.speakers:
        assert len((await hearing.heard(recording)).measures.speakers) == wish.speakers


async def test_a_wish_that_comes_while_it_is_heard_is_heard_next(hearing: HearingBench, gate: Gate):
    recording = await hearing.upload()
    attempt = asyncio.create_task(hearing.attempt(recording))
    await reached(gate)
    await hearing.wish(recording, Wish(speakers=1))
    gate.is_open.set()
    await attempt
    assert (await hearing.look(recording)).processing_status is ProcessingStatus.PENDING
    assert len(await hearing.jobs(recording)) == 2
    await hearing.attempt(recording)
    assert (await hearing.look(recording)).processing_status is ProcessingStatus.COMPLETED
    assert len((await hearing.heard(recording)).measures.speakers) == 1


async def test_wishes_that_come_before_it_is_heard_are_one_job(hearing: HearingBench):
    recording = await hearing.upload(wish=Wish(speakers=3))
    await hearing.wish(recording, Wish(speakers=2))
    await hearing.wish(recording, Wish(speakers=1))
    assert len(await hearing.jobs(recording)) == 1
    await hearing.attempt(recording)
    assert len((await hearing.heard(recording)).measures.speakers) == 1


async def test_a_wish_at_upload_is_heeded(hearing: HearingBench):
    recording = await hearing.upload(wish=Wish(1, "es"))
    await hearing.attempt(recording)
    assert len((await hearing.heard(recording)).measures.speakers) == 1
    assert (await hearing.look(recording)).language == "es"


def missing(code: str) -> Any:
    def load() -> SpeechModels:
        raise Unavailable("Recordings need packages. Install the speech extra.", code=code)

    return load


async def test_without_the_speech_extra_it_fails_at_once_and_says_what_to_install(hearing: HearingBench):
    hearing.models, hearing.retry_waits_s = missing("speech_not_installed"), (5.0,)
    recording = await hearing.upload()
    assert await hearing.attempt(recording) is None
    failure = (await hearing.look(recording)).failure
    assert failure == Failure("speech_not_installed", "Recordings need packages. Install the speech extra.")
    hearing.models = fake_speech_models
    await hearing.wish(recording, Wish())
    await hearing.attempt(recording)
    assert (await hearing.look(recording)).failure is None


async def test_what_does_not_answer_is_tried_again_and_then_fails(hearing: HearingBench):
    hearing.models, hearing.retry_waits_s = missing("somewhere"), (5.0,)
    recording = await hearing.upload()
    assert await hearing.attempt(recording) == 5.0
    assert (await hearing.look(recording)).processing_status is ProcessingStatus.PROCESSING
    assert await hearing.attempt(recording) is None
    looked = await hearing.look(recording)
    assert (looked.processing_status, looked.failure and looked.failure.code) == (
        ProcessingStatus.FAILED,
        "somewhere",
    )


async def test_a_failed_recording_keeps_nobody_waiting(hearing: HearingBench):
    recording = await hearing.upload(b"RIFF\x24\x00\x00\x00WAVEfmt ")
    async with hearing.open_work() as work:
        waiting = await enqueue(work, "make_report", {}, waits_on=recording.id)
    await hearing.attempt(recording)
    looked = await hearing.look(recording)
    assert (looked.processing_status, looked.failure and looked.failure.code) == (
        ProcessingStatus.FAILED,
        "not_decodable",
    )
    (row,) = await hearing.rows("select waits_on from jobs where id = $1", waiting.id)
    assert row["waits_on"] is None


async def test_one_that_is_given_up_because_its_workers_died_has_failed(hearing: HearingBench):
    recording = await hearing.upload()
    (job,) = await hearing.jobs(recording)
    async with hearing.open_work() as work:
        assert await JobRepository(work.scope).take_back(job["id"], 0, "Its worker died.")
    assert (await hearing.look(recording)).failure == Failure("worker_lost", "Its worker died.")


async def test_a_recording_that_is_deleted_meanwhile_ends_quietly(hearing: HearingBench, gate: Gate):
    recording = await hearing.upload()
    attempt = asyncio.create_task(hearing.attempt(recording))
    await reached(gate)
    await hearing.delete(recording)
    await asyncio.wait_for(attempt, 120)  # though the recogniser still hears
    gate.is_open.set()
    (job,) = await hearing.jobs(recording)
    assert (job["status"], job["error"]) == ("succeeded", None)
    assert await hearing.rows("select stage from stage_results") == []


@pytest.mark.parametrize("moment", ["before it is begun", "before its content is read"])
async def test_one_that_is_deleted_before_ends_quietly_too(
    hearing: HearingBench, moment: str, monkeypatch: pytest.MonkeyPatch
):
    recording = await hearing.upload()
    if moment == "before it is begun":
        await hearing.delete(recording)
    else:

        async def gone(_blobs: Any, _key: str) -> Any:
            await hearing.delete(recording)
            raise NotFound("The content is no longer in the blob store.", code="blob_missing")
            yield b""

        monkeypatch.setattr(MemoryBlobs, "read", gone)
    await hearing.attempt(recording)
    (job,) = await hearing.jobs(recording)
    assert (job["status"], job["error"]) == ("succeeded", None)


async def test_a_content_that_is_lost_is_a_failure(hearing: HearingBench):
    recording = await hearing.upload()
    assert isinstance(hearing.blobs, MemoryBlobs)
    hearing.blobs.content_by_key.clear()
    await hearing.attempt(recording)
    failure = (await hearing.look(recording)).failure
    assert failure is not None
    assert failure.code == "blob_missing"


async def test_canceled_it_ends_within_two_seconds_and_goes_on_where_it_was(
    hearing: HearingBench, gate: Gate
):
    recording = await hearing.upload()
    attempt = asyncio.create_task(hearing.attempt(recording))
    await reached(gate)
    (job,) = await hearing.jobs(recording)
    async with hearing.open_work() as work:
        found = await JobRepository(work.scope).find(job["id"])
        assert found is not None
        await cancel(work, found)
    attempt.cancel()  # as the worker does when it is notified
    await asyncio.wait({attempt}, timeout=2)
    assert attempt.done(), "though the recogniser still hears"
    looked = await hearing.look(recording)
    assert (looked.processing_status, looked.failure and looked.failure.code) == (
        ProcessingStatus.FAILED,
        "canceled",
    )
    gate.is_open.set()
    kept = await hearing.rows(
        "select stage, made_at from stage_results where recording_id = $1", recording.id
    )
    assert {row["stage"] for row in kept} == {Stage.DECODE, Stage.SPEECH, Stage.SPEAKERS}
    await hearing.wish(recording, Wish())
    await hearing.attempt(recording)
    again = await hearing.prints(recording)
    assert all(again[row["stage"]][1] == row["made_at"] for row in kept), "what was done is not done again"


async def test_models_are_not_touched_before_a_recording_is_heard(hearing: HearingBench):
    loaded: list[int] = []

    def load() -> SpeechModels:
        loaded.append(1)
        return fake_speech_models()

    hearing.models = load
    recording = await hearing.upload()
    await hearing.delete(recording)
    await hearing.attempt(recording)
    assert loaded == []


async def test_another_workspace_cannot_have_it_heard(hearing: HearingBench, new_tenant: Any):
    recording = await hearing.upload()
    stranger = replace(hearing, workspace_id=(await new_tenant()).workspace_id)
    with pytest.raises(NotFound):
        await stranger.wish(recording, Wish(speakers=1))
    assert (await hearing.look(recording)).wish == Wish()


ODD: dict[str, tuple[bytes, Any]] = {
    "silence": (wav_of(conversation((0, 10))), 10),
    "a moment": (wav_of(conversation((1, 0.02))), 0.02),
    "one second": (wav_of(conversation((1, 1))), 1),
    "cut off": (CALL[: len(CALL) // 2], 17),
}


@pytest.mark.parametrize("name", ODD)
async def test_odd_recordings_are_heard_as_far_as_they_go(hearing: HearingBench, name: str):
    content, seconds = ODD[name]
    recording = await hearing.upload(content)
    await hearing.attempt(recording)
    looked: Recording = await hearing.look(recording)
    assert looked.processing_status is ProcessingStatus.COMPLETED, looked.failure
    assert looked.duration_s == pytest.approx(seconds, abs=0.05)
