"""What every `BlobStore` does: the fake that ships, a local folder, and S3 against a server on a loopback port."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from s3_server import BUCKET, S3Server, s3_server

from setpiece.kernel.errors import Invalid, NotFound, Unavailable
from setpiece.providers.blobs.address import open_blobs
from setpiece.providers.blobs.memory import MemoryBlobs
from setpiece.providers.blobs.object_store import PART_BYTES
from setpiece.providers.blobs.store import BlobStore

MIB = 1024 * 1024


@dataclass(frozen=True)
class Subject:
    blobs: BlobStore
    leftovers: Callable[[], list[str]]
    """All that can be found in the place itself, unfinished uploads included."""


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    with s3_server() as server:
        yield server


@pytest.fixture(params=["memory", "folder", "s3"])
def subject(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Subject:
    if request.param == "memory":
        memory = MemoryBlobs()
        return Subject(memory, lambda: sorted(memory.content_by_key))
    if request.param == "folder":
        folder = tmp_path / "blobs"
        return Subject(open_blobs(folder.as_uri()), lambda: _files(folder))
    server: S3Server = request.getfixturevalue("s3")
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    prefix = request.node.name.partition("[")[0]
    return Subject(open_blobs(f"s3://{BUCKET}/{prefix}"), lambda: server.objects(prefix))


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def pieces(*contents: bytes) -> AsyncIterator[bytes]:
    for content in contents:
        yield content


async def whole(blobs: BlobStore, key: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in blobs.read(key, start, end)])


async def test_what_was_put_in_pieces_comes_back_whole(subject: Subject):
    sent = [bytes([number]) * MIB for number in range(20)]  # more than two parts
    await subject.blobs.put("a/b", pieces(*sent))
    assert await whole(subject.blobs, "a/b") == b"".join(sent)
    assert await subject.blobs.size("a/b") == 20 * MIB
    assert subject.leftovers() == ["a/b"]


async def test_an_empty_content_is_kept_too(subject: Subject):
    await subject.blobs.put("empty", pieces())
    assert (await subject.blobs.size("empty"), await whole(subject.blobs, "empty")) == (0, b"")


async def test_putting_again_replaces(subject: Subject):
    await subject.blobs.put("twice", pieces(b"first"))
    await subject.blobs.put("twice", pieces(b"second"))
    assert await whole(subject.blobs, "twice") == b"second"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 3, b"012"), (4, None, b"456789"), (9, 100, b"9"), (10, None, b""), (50, 60, b""), (3, 3, b"")],
)
async def test_a_range_is_the_bytes_from_start_up_to_end(
    subject: Subject, start: int, end: int | None, expected: bytes
):
    await subject.blobs.put("digits", pieces(b"0123456789"))
    assert await whole(subject.blobs, "digits", start, end) == expected


async def test_what_is_not_there_has_no_size_and_cannot_be_read(subject: Subject):
    assert await subject.blobs.size("none") is None
    with pytest.raises(NotFound):
        await whole(subject.blobs, "none")


async def test_what_was_deleted_is_gone_and_deleting_again_is_fine(subject: Subject):
    await subject.blobs.put("gone", pieces(b"x"))
    await subject.blobs.delete("gone")
    await subject.blobs.delete("gone")
    assert await subject.blobs.size("gone") is None
    assert subject.leftovers() == []


class _Broken(Exception):
    pass


@pytest.mark.parametrize("size", [10, 3 * PART_BYTES], ids=["within-a-part", "after-parts"])
async def test_a_content_that_breaks_off_leaves_nothing_and_its_reason_comes_through(
    subject: Subject, size: int
):
    async def broken() -> AsyncIterator[bytes]:
        for begin in range(0, size, MIB):
            yield bytes(min(MIB, size - begin))
        raise _Broken

    with pytest.raises(_Broken):
        await subject.blobs.put("cut", broken())
    assert await subject.blobs.size("cut") is None
    assert subject.leftovers() == []


async def test_a_cancelled_upload_leaves_nothing(subject: Subject):
    written = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        for number in range(100_000):
            yield bytes(MIB)
            if number == 2 * PART_BYTES // MIB:
                written.set()
            await asyncio.sleep(0.005)

    putting = asyncio.create_task(subject.blobs.put("cancelled", endless()))
    await written.wait()
    putting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await putting
    assert subject.leftovers() == []


async def test_nothing_can_be_read_before_the_last_piece_is_there(subject: Subject):
    seen: list[int | None] = []

    async def looking() -> AsyncIterator[bytes]:
        yield bytes(2 * PART_BYTES)
        seen.append(await subject.blobs.size("late"))
        yield b"end"

    await subject.blobs.put("late", looking())
    assert seen == [None]
    assert await subject.blobs.size("late") == 2 * PART_BYTES + 3


async def test_deleting_takes_what_a_killed_upload_left_in_the_folder(tmp_path: Path):
    blobs = open_blobs(tmp_path.as_uri())
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "key#1").write_bytes(b"half")
    (tmp_path / "a" / "key2").write_bytes(b"another")
    await blobs.delete("a/key")
    assert _files(tmp_path) == ["a/key2"]


async def test_a_store_that_does_not_answer_is_unavailable(tmp_path: Path):
    (tmp_path / "blobs").write_text("a file where the folder should be")
    with pytest.raises(Unavailable):
        await open_blobs((tmp_path / "blobs" / "inside").as_uri()).put("a", pieces(b"x"))


@pytest.mark.parametrize("url", ["ftp://host/path", "blobs", "s3://"])
def test_an_address_that_is_none_is_refused(url: str):
    with pytest.raises(Invalid, match="SETPIECE_BLOB_URL"):
        open_blobs(url)
