"""Reads from a real server on the loopback interface, which is allowed here and nowhere else."""

import asyncio
import gzip
from dataclasses import replace

import pytest

from setpiece import __version__
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.web.http_pages import HttpPages, ReadingBounds

SMALL = ReadingBounds(max_bytes=100_000, max_text_characters=1000)


@pytest.fixture
def pages() -> HttpPages:
    return HttpPages(SMALL, allow_private=True)


async def test_a_page_is_read_as_text(site, reply, pages):
    site.answer_by_path["/about?x=1"] = reply("<title>Über uns</title><p>Räder<script>x</script>".encode())
    page = await pages.read(site.url("/about?x=1#team"))
    assert (page.title, page.text, page.is_cut) == ("Über uns", "Räder", False)
    assert page.url == site.url("/about?x=1#team")
    assert page.final_url == site.url("/about?x=1")
    assert page.fetched_bytes == len("<title>Über uns</title><p>Räder<script>x</script>".encode())


async def test_the_reader_says_who_it_is_and_brings_nothing_else(site, reply, pages, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    site.answer_by_path["/"] = reply(b"hi")
    await pages.read(site.url())
    assert site.asked_for("user-agent") == [f"Setpiece/{__version__}"]
    assert site.asked_for("host") == [f"127.0.0.1:{site.port}"]
    assert site.asked_for("cookie") == site.asked_for("authorization") == []


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("<p>Grüße".encode("latin1"), "text/html; charset=ISO-8859-1", "Grüße"),
        ("<meta charset=koi8-r><p>цена".encode("koi8-r"), "text/html", "цена"),
        ("<p>Grüße".encode(), "application/xhtml+xml", "Grüße"),
        ("# Räder\n\n<b>kept</b>".encode(), "text/markdown", "# Räder\n<b>kept</b>"),
        (b"a\x00b  c\r\nd", 'Text/Plain; charset="utf-8"', "ab c\nd"),
    ],
    ids=["charset in header", "charset in meta", "xhtml", "markdown", "plain"],
)
async def test_text_in_any_common_form_is_read(site, reply, pages, body: bytes, content_type: str, text: str):
    site.answer_by_path["/"] = reply(body, content_type)
    assert (await pages.read(site.url())).text == text


async def test_a_compressed_page_is_read_and_counted_expanded(site, reply, pages):
    html = b"<p>hello</p>" * 50
    site.answer_by_path["/"] = reply(gzip.compress(html), "text/html", "Content-Encoding: gzip")
    page = await pages.read(site.url())
    assert page.fetched_bytes == len(html)
    assert page.text == "\n".join(["hello"] * 50)


async def test_a_long_text_is_cut_and_says_so(site, reply, pages):
    site.answer_by_path["/"] = reply(b"word " * 1000, "text/plain")
    page = await pages.read(site.url())
    assert page.is_cut
    assert page.text == ("word " * 200).rstrip()


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/json", "text/css", ""])
async def test_what_is_not_a_text_page_is_refused(site, reply, pages, content_type: str):
    site.answer_by_path["/"] = reply(b"anything", content_type)
    with pytest.raises(Invalid, match=r"127\.0\.0\.1 is not HTML, plain text or Markdown"):
        await pages.read(site.url())


@pytest.mark.parametrize("status", [304, 401, 404, 500, 503])
async def test_an_answer_that_is_no_page_names_its_status(site, reply, pages, status: int):
    site.answer_by_path["/"] = reply(b"", status=status)
    with pytest.raises(Invalid, match=f"status {status}"):
        await pages.read(site.url())


async def test_a_page_over_the_bound_is_refused(site, reply, pages):
    site.answer_by_path["/"] = reply(b"a" * 100_001, "text/plain")
    with pytest.raises(Invalid, match="larger than 100,000 bytes"):
        await pages.read(site.url())


async def test_a_page_without_end_is_refused(site, pages):
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"a" * 10_000)
            await writer.drain()

    site.answer_by_path["/"] = endless
    with pytest.raises(Invalid, match="larger than"):
        await pages.read(site.url())


async def test_a_gzip_bomb_is_refused(site, reply, pages):
    bomb = gzip.compress(b"<p>boom" * 3_000_000)
    site.answer_by_path["/"] = reply(bomb, "text/html", "Content-Encoding: gzip")
    with pytest.raises(Invalid, match="larger than"):
        await pages.read(site.url())


async def test_a_body_that_stops_early_is_not_taken_for_a_page(site, pages):
    site.answer_by_path["/"] = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50\r\n\r\nhalf a"
    )
    with pytest.raises(Unavailable, match="before the page was complete"):
        await pages.read(site.url())


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"], ids=["nothing", "another protocol"])
async def test_a_port_that_does_not_speak_http_is_unavailable(site, pages, answer: bytes):
    site.answer_by_path["/"] = answer
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
        await pages.read(site.url())


async def drip(writer: asyncio.StreamWriter) -> None:
    """Each piece is in time, the page as a whole never is."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.02)


async def drip_header(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-Wait: 1\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def silence(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(1)


@pytest.mark.parametrize(
    ("answer", "bounds"),
    [
        pytest.param(drip, replace(SMALL, total_timeout_s=0.2), id="body drips past the total"),
        pytest.param(drip_header, replace(SMALL, total_timeout_s=0.2), id="header drips past the total"),
        pytest.param(silence, replace(SMALL, read_timeout_s=0.1), id="silent longer than one read may take"),
    ],
)
async def test_a_site_that_is_too_slow_is_unavailable(site, answer, bounds: ReadingBounds):
    site.answer_by_path["/"] = answer
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1 did not answer in time"):
        await HttpPages(bounds, allow_private=True).read(site.url())


async def test_the_total_time_covers_parsing_too(site, reply):
    site.answer_by_path["/"] = reply(b"<div>" * 60_000)
    bounds = ReadingBounds(total_timeout_s=0.3)
    with pytest.raises(Unavailable, match="in time"):
        await HttpPages(bounds, allow_private=True).read(site.url())


async def test_a_refused_connection_is_unavailable(pages, unused_port: int):
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1 cannot be reached"):
        await pages.read(f"http://127.0.0.1:{unused_port}/")


async def test_the_next_address_of_a_name_is_tried_when_one_is_refused(site, reply):
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    site.answer_by_path["/"] = reply(b"hi")
    page = await HttpPages(SMALL, resolve=resolve, allow_private=True).read(site.url(host="shop.example"))
    assert page.text == "hi"


async def test_redirects_are_followed_and_cookies_are_not_kept(site, reply, redirect, pages):
    site.answer_by_path |= {
        "/": redirect("/2", "Set-Cookie: a=1"),
        "/2": redirect("/3"),
        "/3": reply(b"there"),
    }
    page = await pages.read(site.url())
    assert (page.url, page.final_url, page.text) == (site.url(), site.url("/3"), "there")
    assert site.asked_for("cookie") == []


async def test_a_redirect_loop_ends(site, redirect, pages):
    site.answer_by_path["/"] = redirect("/")
    with pytest.raises(Invalid, match="more than 3 times"):
        await pages.read(site.url())
    assert len(site.requests) == 1 + SMALL.max_redirects


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://ada:pw@127.0.0.1/", "http://[::1/", "gopher://x/"]
)
async def test_a_redirect_to_what_is_not_a_page_is_refused(site, redirect, pages, location: str):
    site.answer_by_path["/"] = redirect(location)
    with pytest.raises(Invalid):
        await pages.read(site.url())
    assert len(site.requests) == 1
