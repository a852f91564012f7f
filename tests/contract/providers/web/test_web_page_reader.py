"""What every `PageReader` does: the fake that ships, and the real one against a server on a loopback port."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.providers.web.canned import CannedPages
from setpiece.providers.web.http_pages import HttpPages
from setpiece.providers.web.page import PageReader

TEXT_BY_PATH = {"/about": "We make  wheels.\r\n\r\nSince\x00 1901.", "/empty": " \n "}


@dataclass(frozen=True)
class Subject:
    reader: PageReader
    origin: str


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
    status = 200 if path in TEXT_BY_PATH else 404
    head = f"HTTP/1.1 {status} Status\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
    writer.write((head + TEXT_BY_PATH.get(path, "")).encode())
    await writer.drain()
    writer.close()


@pytest.fixture(params=["canned", "http"])
async def subject(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    if request.param == "canned":
        origin = "https://shop.example"
        yield Subject(CannedPages({origin + path: text for path, text in TEXT_BY_PATH.items()}), origin)
        return
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield Subject(HttpPages(allow_private=True), origin)


async def test_a_page_comes_back_as_clean_text(subject: Subject):
    url = subject.origin + "/about"
    page = await subject.reader.read(url)
    assert (page.url, page.final_url, page.title, page.is_cut) == (url, url, "", False)
    assert page.text == "We make wheels.\nSince 1901."
    assert page.fetched_bytes == len(TEXT_BY_PATH["/about"])


async def test_a_page_cannot_be_changed(subject: Subject):
    page = await subject.reader.read(subject.origin + "/about")
    with pytest.raises(dataclasses.FrozenInstanceError):
        page.text = "other"


async def test_reading_twice_gives_the_same(subject: Subject):
    url = subject.origin + "/about"
    assert await subject.reader.read(url) == await subject.reader.read(url)


async def test_a_page_without_text_is_empty(subject: Subject):
    assert (await subject.reader.read(subject.origin + "/empty")).text == ""


async def test_a_page_that_does_not_exist_names_host_and_status(subject: Subject):
    host = subject.origin.partition("://")[2].partition(":")[0]
    with pytest.raises(Invalid, match=f"{host} answered with status 404"):
        await subject.reader.read(subject.origin + "/missing")


@pytest.mark.parametrize(
    "url", ["", "about", "ftp://shop.example/", "https://ada:pw@shop.example/", "http:///"]
)
async def test_what_is_not_the_url_of_a_page_is_refused(subject: Subject, url: str):
    with pytest.raises(Invalid):
        await subject.reader.read(url)
