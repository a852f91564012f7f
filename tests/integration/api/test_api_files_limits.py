"""Uploads that are too large, too slow or broken off."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from recordings import Files, checked, wav

from setpiece.api import body
from setpiece.api.app import create_app
from setpiece.api.services import Services

MOST = 10_000
BOUNDARY = "call"
HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="call.wav"\r\n\r\n'.encode()
END = f"\r\n--{BOUNDARY}--\r\n".encode()
FORM_TYPE = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


@pytest.fixture
async def files(services: Services, tenant: Any) -> AsyncIterator[Files]:
    """A server that takes small files only."""
    bounded = replace(services, settings=replace(services.settings, max_upload_bytes=MOST))
    transport = httpx.ASGITransport(create_app(bounded), raise_app_exceptions=False)
    headers = {"Mappa-Api-Key": tenant.secret}
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client:
        yield Files(client)


@pytest.fixture
def kept(blob_dir: Path, tenant: Any) -> Callable[[], int]:
    folder = blob_dir / "recordings" / str(tenant.workspace_id)
    return lambda: sum(path.is_file() for path in folder.rglob("*"))


def sized(size: int) -> bytes:
    return wav().ljust(size, b"\x00")[:size]


async def test_a_file_of_exactly_the_bound_is_taken_and_one_byte_more_is_not(files: Files, kept: Any):
    assert (await files.upload(sized(MOST)))["sizeBytes"] == MOST
    error = (await files.upload(sized(MOST + 1), expect=413))["error"]
    assert error["code"] == "payload_too_large"
    assert "10,000 bytes" in error["message"]
    assert kept() == 1


async def test_a_body_that_declares_too_much_is_refused_before_it_is_read(files: Files):
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was asked for")
        yield b""

    headers = {**FORM_TYPE, "content-length": str(10**12)}
    answer = await files.client.post("/v1/files", content=never(), headers=headers)
    assert checked(answer, 413)["error"]["code"] == "payload_too_large"


async def test_a_body_that_declares_nothing_is_counted(files: Files, kept: Any):
    async def long() -> AsyncIterator[bytes]:
        yield HEAD + wav()
        for _ in range(100):
            yield bytes(1000)

    answer = await files.client.post("/v1/files", content=long(), headers=FORM_TYPE)
    assert checked(answer, 413)["error"]["code"] == "payload_too_large"
    assert kept() == 0


async def test_pieces_of_any_size_make_the_same_file(files: Files):
    whole = HEAD + wav() + END

    async def trickling() -> AsyncIterator[bytes]:
        for start in range(0, len(whole), 7):
            yield whole[start : start + 7]

    answer = checked(await files.client.post("/v1/files", content=trickling(), headers=FORM_TYPE), 200)
    assert (await files.audio(answer["mediaId"])).content == wav()


async def test_a_client_that_stops_sending_is_told_so_and_nothing_is_kept(
    files: Files, kept: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(body, "_PATIENCE_S", 0.05)

    async def stalling() -> AsyncIterator[bytes]:
        yield HEAD + sized(8000)
        await asyncio.sleep(30)

    answer = await files.client.post("/v1/files", content=stalling(), headers=FORM_TYPE)
    assert checked(answer, 408)["error"]["code"] == "body_too_slow"
    assert kept() == 0
    assert (await files.list())["files"] == []
