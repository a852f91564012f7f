"""What the stages made of a recording: kept, taken back, current, and gone with the recording."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hearing_bench import HearingBench

from setpiece.kernel.ids import show
from setpiece.media.model import Measures, Speakers, SpeakerSpan, Stage, Turns
from setpiece.media.recordings.heard import heard_call
from setpiece.media.recordings.service import delete_recording
from setpiece.media.recordings.stage_results import Made, StageResults
from setpiece.providers.speech.values import Span
from setpiece.workspaces.work import OpenWork

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SPEAKERS = Speakers((SpeakerSpan(0, Span(0.5, 2.25)),), (), ())
TURNS, MEASURES = Turns((), ()), Measures(3.0, 1.75, 0.0, 1.25, ())


@pytest.fixture
def open_work(hearing: HearingBench) -> OpenWork:
    return hearing.open_work


@pytest.fixture
async def recording(hearing: HearingBench) -> UUID:
    return (await hearing.upload()).id


def made(recording: UUID, stage: Stage, result: Any, print_: bytes | None = None) -> Made:
    return Made(recording, stage, print_ or stage.encode(), "model", result, NOW)


async def keep_all(
    open_work: OpenWork, recording: UUID, salt: bytes = b"", speakers: Speakers = SPEAKERS
) -> None:
    """A complete run."""
    results = {Stage.SPEAKERS: speakers, Stage.TURNS: TURNS, Stage.MEASURES: MEASURES}
    async with open_work() as work:
        shelf = StageResults(work.scope)
        for stage, result in results.items():
            assert await shelf.keep(made(recording, stage, result, stage.encode() + salt))
        await shelf.make_current(recording, [stage.encode() + salt for stage in results])
        await work.connection.execute("update recordings set language = 'en'")


async def test_a_result_is_taken_back_under_its_print_and_no_other(open_work: OpenWork, recording: UUID):
    async with open_work() as work:
        shelf = StageResults(work.scope)
        assert await shelf.keep(made(recording, Stage.SPEAKERS, SPEAKERS, b"two speakers"))
        assert await shelf.recall(recording, Stage.SPEAKERS, b"two speakers") == SPEAKERS
        assert await shelf.recall(recording, Stage.SPEAKERS, b"three speakers") is None
        assert await shelf.recall(recording, Stage.TURNS, b"two speakers") is None


async def test_what_is_heard_is_what_the_last_complete_run_made(open_work: OpenWork, recording: UUID):
    other = replace(SPEAKERS, spans=())
    async with open_work() as work:
        assert await heard_call(work.scope, recording) is None
    await keep_all(open_work, recording)
    await keep_all(open_work, recording, b" again", other)
    async with open_work() as work:
        heard = await heard_call(work.scope, recording)
        assert heard is not None
        assert (heard.speakers, heard.turns, heard.measures, heard.language) == (other, TURNS, MEASURES, "en")
        assert await StageResults(work.scope).recall(recording, Stage.SPEAKERS, b"speakers") == SPEAKERS


async def test_results_go_with_the_recording_and_none_comes_after(
    hearing: HearingBench, open_work: OpenWork, recording: UUID
):
    await keep_all(open_work, recording)
    await delete_recording(open_work, hearing.blobs, show("med", recording))
    async with open_work() as work:
        assert await heard_call(work.scope, recording) is None
        assert not await StageResults(work.scope).keep(made(recording, Stage.TURNS, TURNS))
        assert await work.connection.fetchval("select count(*) from stage_results") == 0


async def test_another_workspace_sees_nothing_and_keeps_nothing_there(
    hearing: HearingBench, open_work: OpenWork, recording: UUID, new_tenant: Callable[..., Any]
):
    await keep_all(open_work, recording)
    stranger = replace(hearing, workspace_id=(await new_tenant()).workspace_id)
    async with stranger.open_work() as work:
        shelf = StageResults(work.scope)
        assert await shelf.recall(recording, Stage.SPEAKERS, b"speakers") is None
        assert await heard_call(work.scope, recording) is None
        assert not await shelf.keep(made(recording, Stage.TURNS, TURNS, b"theirs"))
        assert await work.connection.fetchval("select count(*) from stage_results") == 0


async def test_a_tombstone_holds_no_language_and_no_wish(
    hearing: HearingBench, open_work: OpenWork, recording: UUID
):
    await delete_recording(open_work, hearing.blobs, show("med", recording))
    async with open_work() as work:
        with pytest.raises(asyncpg.CheckViolationError):
            await work.connection.execute("update recordings set language = 'en'")
