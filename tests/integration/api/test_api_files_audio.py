"""`GET /v1/files/{mediaId}/audio`: the recording, or a part of it."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from recordings import Files, checked, wav

CONTENT = wav(3.0, b"\x2a")  # some 48 kB


@pytest.fixture
def files(client: httpx.AsyncClient) -> Files:
    return Files(client)


@pytest.fixture
async def media_id(files: Files) -> str:
    uploaded = await files.upload(CONTENT)
    return str(uploaded["mediaId"])


async def test_the_whole_recording_comes_back_byte_for_byte(files: Files, media_id: str):
    answer = await files.audio(media_id)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, len(CONTENT)), ("bytes=-50", len(CONTENT) - 50, len(CONTENT)),
     ("bytes=40-99999999", 40, len(CONTENT))],
)  # fmt: skip
async def test_a_range_is_answered_with_that_part(
    files: Files, media_id: str, asked: str, start: int, end: int
):
    answer = await files.audio(media_id, range=asked)
    assert (answer.status_code, answer.content) == (206, CONTENT[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
async def test_a_range_outside_is_a_416_that_says_how_long_the_file_is(
    files: Files, media_id: str, asked: str
):
    answer = await files.audio(media_id, range=asked)
    assert checked(answer, 416)["error"]["code"] == "range_not_satisfiable"
    assert answer.headers["content-range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=x-y", "seconds=1-2"])
async def test_what_is_no_single_range_is_answered_with_the_whole(files: Files, media_id: str, asked: str):
    answer = await files.audio(media_id, range=asked)
    assert (answer.status_code, answer.content) == (200, CONTENT)


async def test_if_range_gives_the_part_only_of_the_same_content(files: Files, media_id: str):
    whole = await files.audio(media_id)
    for same in (whole.headers["etag"], whole.headers["last-modified"]):
        assert (await files.audio(media_id, range="bytes=0-9", if_range=same)).status_code == 206
    for other in ('"other"', f"W/{whole.headers['etag']}", "Mon, 01 Jan 2001 00:00:00 GMT"):
        answer = await files.audio(media_id, range="bytes=0-9", if_range=other)
        assert (answer.status_code, answer.content) == (200, CONTENT)


async def test_head_tells_the_length_and_sends_nothing(files: Files, media_id: str):
    answer = await files.client.head(f"/v1/files/{media_id}/audio")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(CONTENT))


async def test_a_content_that_is_no_longer_in_the_store_is_a_404_and_no_half_answer(
    files: Files, media_id: str, blob_dir: Path, tenant: Any
):
    (kept,) = (blob_dir / "recordings" / str(tenant.workspace_id)).iterdir()
    kept.unlink()
    error = checked(await files.audio(media_id), 404)["error"]
    assert error["details"] == {"reason": "blob_missing"}
