"""What was heard on a file: speakers, transcript, timeline, exports, and hearing it again with what people know."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from recordings import Files, Listener, conversation_wav, wav

from setpiece.api.services import Services
from setpiece.workspaces.model import Role

CALL = conversation_wav((0, 1), (1, 12), (0, 1), (2, 12), (0, 1), (1, 6), (0, 1))
READS = ("speakers", "transcript", "timeline")


@pytest.fixture
def files(client: httpx.AsyncClient) -> Files:
    return Files(client)


@pytest.fixture
def listener(services: Services, tenant: Any, tmp_path: Path) -> Listener:
    return Listener(services, tenant.workspace_id, tmp_path)


@pytest.fixture
async def heard(files: Files, listener: Listener) -> str:
    media_id: str = (await files.upload(CALL))["mediaId"]
    await listener.hear(media_id)
    return media_id


@pytest.fixture
async def stranger_files(connect: Any, new_tenant: Any) -> AsyncIterator[Files]:
    async with connect(api_key=(await new_tenant()).secret) as client:
        yield Files(client)


async def test_speakers_are_those_of_the_contract(files: Files, heard: str):
    answer = await files.read(heard, "speakers")
    assert set(answer) == {"mediaId", "status", "durationSeconds", "speakers"}
    assert (answer["mediaId"], answer["status"], answer["durationSeconds"]) == (heard, "COMPLETED", 34)
    first, second = answer["speakers"]
    assert set(first) == {"speakerIndex", "speechSeconds", "transcript"}
    assert (first["speakerIndex"], second["speakerIndex"]) == (0, 1)
    assert first["speechSeconds"] == pytest.approx(18, abs=0.3)
    assert set(second["transcript"].split()) == {"two"}


async def test_the_file_says_how_it_fared(files: Files, heard: str):
    found = await files.get(heard)
    assert (found["processingStatus"], found["processingError"], found["durationSeconds"]) == (
        "COMPLETED",
        None,
        34,
    )


async def test_the_transcript_has_turns_and_their_words_on_demand(files: Files, heard: str):
    answer = await files.read(heard, "transcript")
    assert (answer["status"], answer["error"], answer["language"], answer["speakerCount"]) == (
        "COMPLETED",
        None,
        "en",
        2,
    )
    assert [one["speakerIndex"] for one in answer["utterances"]] == [0, 1, 0]
    assert set(answer["utterances"][0]) == {"speakerIndex", "startSeconds", "endSeconds", "text"}
    (word, *_), _, _ = [
        one["words"] for one in (await files.read(heard, "transcript", words="true"))["utterances"]
    ]
    assert word == {
        "text": "one",
        "startSeconds": pytest.approx(1, abs=0.5),
        "endSeconds": word["startSeconds"] + 0.5,
        "probability": 0.9,
    }


async def test_the_timeline_has_segments_and_measures(files: Files, heard: str):
    answer = await files.read(heard, "timeline")
    assert [one["speakerIndex"] for one in answer["segments"]] == [0, 1, 0]
    assert answer["segments"][1]["startSeconds"] == pytest.approx(14, abs=0.3)
    assert answer["overlaps"] == []
    assert answer["measures"]["durationSeconds"] == 34
    first, second = answer["speakers"]
    assert first["talkShareRatio"] + second["talkShareRatio"] == pytest.approx(1)
    assert (second["speakerIndex"], second["turnCount"], second["pitchMedianHz"]) == (1, 1, 200)
    assert {"longestMonologueSeconds", "questionCount", "interruptionCount", "responseDelayMedianSeconds",
            "wordsPerMinute", "fillerCount", "pauseCount"} <= set(first)  # fmt: skip


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [
        ("srt", "application/x-subrip", "1\n00:00:0"),
        ("vtt", "text/vtt", "WEBVTT\n\n00:00:0"),
        ("rttm", "text/plain", "SPEAKER med_"),
    ],
)
async def test_exports_are_files_of_their_kind(
    files: Files, heard: str, form: str, media_type: str, begins: str
):
    answer = await files.export(heard, form)
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{media_type}; charset=utf-8")
    assert answer.headers["content-disposition"] == f'attachment; filename="{heard}.{form}"'
    assert answer.text.startswith(begins)


async def test_before_it_is_heard_there_is_a_status_and_nothing_else(files: Files):
    media_id = (await files.upload(CALL))["mediaId"]
    assert await files.read(media_id, "speakers") == {
        "mediaId": media_id, "status": "PENDING", "durationSeconds": None, "speakers": [],
    }  # fmt: skip
    assert (await files.read(media_id, "transcript"))["utterances"] == []
    timeline = await files.read(media_id, "timeline")
    assert (timeline["status"], timeline["measures"], timeline["segments"]) == ("PENDING", None, [])
    refused = await files.export(media_id, "srt")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    assert "PENDING" in refused.json()["error"]["message"]


async def test_what_cannot_be_heard_says_why(files: Files, listener: Listener):
    media_id = (await files.upload(wav()[:30]))["mediaId"]
    await listener.hear(media_id)
    found = await files.get(media_id)
    assert (found["processingStatus"], found["processingError"]["code"]) == ("FAILED", "not_decodable")
    assert "cannot be decoded" in found["processingError"]["message"]
    answer = await files.read(media_id, "transcript")
    assert (answer["status"], answer["error"]) == ("FAILED", found["processingError"])


async def test_what_is_known_at_upload_is_heeded(files: Files, listener: Listener):
    media_id = (await files.upload(CALL, speakers="1", language="ES"))["mediaId"]
    await listener.hear(media_id)
    answer = await files.read(media_id, "transcript")
    assert (answer["speakerCount"], answer["speakersGiven"]) == (1, 1)
    assert (answer["language"], answer["languageGiven"]) == ("es", "es")


@pytest.mark.parametrize(
    "fields", [{"speakers": "0"}, {"speakers": "many"}, {"language": "klingon"}], ids=str
)
async def test_an_upload_with_an_impossible_wish_leaves_nothing(files: Files, fields: dict[str, str]):
    refused = await files.upload(CALL, expect=422, **fields)
    assert next(iter(fields)) in refused["error"]["message"]
    assert (await files.list())["files"] == []


async def test_the_same_key_with_another_wish_is_another_request(files: Files):
    await files.upload(CALL, key="k", speakers="2")
    await files.upload(CALL, key="k", speakers="2")
    assert (await files.upload(CALL, key="k", speakers="3", expect=409))["error"][
        "code"
    ] == "idempotency_conflict"


async def test_a_number_that_is_learned_later_redoes_the_speakers(
    files: Files, listener: Listener, heard: str
):
    before = await files.read(heard, "transcript")
    answer = await files.process(heard, {"speakers": 1})
    assert (answer["status"], answer["speakersGiven"]) == ("PENDING", 1)
    assert (await files.read(heard, "transcript"))["utterances"] == before["utterances"], (
        "until then the old one"
    )
    await listener.hear(heard)
    assert (await files.read(heard, "transcript"))["speakerCount"] == 1
    await files.process(heard, {"language": "es"})
    assert (await files.read(heard, "transcript"))["speakersGiven"] == 1, "what is left out stays"
    await files.process(heard, {"speakers": None})
    await listener.hear(heard)
    answer = await files.read(heard, "transcript")
    assert (answer["speakerCount"], answer["language"]) == (2, "es")


@pytest.mark.parametrize(
    "body", [{"speakers": 0}, {"speakers": 2.5}, {"speakers": "2"}, {"language": "xx"}], ids=str
)
async def test_an_impossible_wish_is_refused(files: Files, heard: str, body: Any):
    refused = await files.process(heard, body, expect=422)
    assert next(iter(body)) in refused["error"]["message"]
    assert (await files.get(heard))["processingStatus"] == "COMPLETED"


async def test_an_unknown_format_is_refused(files: Files, heard: str):
    assert (await files.read(heard, "transcript", format="docx", expect=422))["error"][
        "code"
    ] == "validation_error"


@pytest.mark.parametrize("what", READS)
async def test_no_key_and_another_workspace_hear_nothing(
    files: Files, heard: str, stranger_files: Files, connect: Any, what: str
):
    await stranger_files.read(heard, what, expect=404)
    async with connect() as nobody:
        assert (await nobody.get(f"/v1/files/{heard}/{what}")).status_code == 401


async def test_only_who_may_write_has_it_heard_again(
    files: Files, heard: str, stranger_files: Files, connect: Any, new_tenant: Any, tenant: Any
):
    await stranger_files.process(heard, {"speakers": 2}, expect=404)
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect(api_key=viewer.secret) as client:
        await Files(client).process(heard, {"speakers": 2}, expect=403)
        await Files(client).read(heard, "speakers")
    async with connect() as nobody:
        assert (await nobody.post(f"/v1/files/{heard}/process", json={})).status_code == 401


@pytest.mark.parametrize("what", READS)
async def test_what_was_heard_goes_with_the_file(files: Files, heard: str, what: str):
    await files.delete(heard)
    answer = await files.client.get(f"/v1/files/{heard}/{what}")
    assert (answer.status_code, answer.json()["error"]) == (410, "gone")
    await files.process(heard, {}, expect=410)
