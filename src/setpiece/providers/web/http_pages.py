"""The real reader: one GET over HTTP, without following the page's wishes.

The road of a page: `links` (may this URL be read), `addresses` (is its host public), `pinned` (a connection to the judged
address), `body` (bounded), `charset`, then `isolation` or `plain_text`. A redirect starts over at `links`.
"""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from setpiece import __version__
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.web.addresses import Resolver, resolve_with_system
from setpiece.providers.web.body import ACCEPTED_ENCODING, read_body
from setpiece.providers.web.charset import decode_page
from setpiece.providers.web.isolation import Extracted, IsolatedExtraction
from setpiece.providers.web.links import follow_link, parse_link
from setpiece.providers.web.page import WebPage
from setpiece.providers.web.pinned import ConnectionBounds, PinnedConnections
from setpiece.providers.web.plain_text import tidy

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
PLAIN_TYPES = frozenset({"text/plain", "text/markdown"})
HEADERS = {
    "User-Agent": f"Setpiece/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain",
    "Accept-Encoding": ACCEPTED_ENCODING,
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class ReadingBounds:
    """How much of a page is read, and for how long.

    Attributes:
        max_bytes: Body after decompression, and also before it.
        max_text_characters: What is kept of the text; the rest is cut off and the page says so.
        max_redirects: Hops after the first request.
        max_addresses: Addresses of one name that are tried before it counts as unreachable.
        connect_timeout_s: For a lookup, and for one connection with its TLS handshake.
        read_timeout_s: For each piece of an answer.
        total_timeout_s: From the call to the finished text, whatever happens between.
    """

    max_bytes: int = 2 * 1024 * 1024
    max_text_characters: int = 50_000
    max_redirects: int = 3
    max_addresses: int = 3
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 5.0
    total_timeout_s: float = 15.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """One response: where it leads, or its body."""

    link: httpx.URL
    leads_to: httpx.URL | None = None
    media_type: str = ""
    charset: str | None = None
    body: bytes = b""


class HttpPages:
    """Reads pages of the public web.

    Args:
        bounds: Sizes and times.
        resolve: Host to addresses; this machine's resolver unless a test says otherwise.
        tls: Whom to trust; the public authorities unless a test says otherwise.
        allow_private: Also reads loopback and private addresses. For tests against a local server only.
    """

    def __init__(
        self,
        bounds: ReadingBounds | None = None,
        *,
        resolve: Resolver = resolve_with_system,
        tls: ssl.SSLContext | None = None,
        allow_private: bool = False,
    ) -> None:
        self._bounds = bounds or ReadingBounds()
        self._connections = PinnedConnections(
            ConnectionBounds(
                self._bounds.max_addresses, self._bounds.connect_timeout_s, self._bounds.read_timeout_s
            ),
            resolve=resolve,
            tls=tls,
            allow_private=allow_private,
        )
        self._extraction = IsolatedExtraction()

    async def read(self, url: str) -> WebPage:
        """See `PageReader.read`."""
        link = parse_link(url)
        try:
            async with asyncio.timeout(self._bounds.total_timeout_s):
                answer = await self._last_answer(link)
                read = await self._text_of(answer)
        except TimeoutError as error:
            raise _too_slow(link.host) from error
        return WebPage(
            url=url,
            final_url=str(answer.link),
            title=read.title,
            text=read.text[: self._bounds.max_text_characters].rstrip(),
            fetched_bytes=len(answer.body),
            is_cut=len(read.text) > self._bounds.max_text_characters,
            about=read.about,
        )

    async def _last_answer(self, link: httpx.URL) -> _Answer:
        for _ in range(1 + self._bounds.max_redirects):
            answer = await self._get(link)
            if answer.leads_to is None:
                return answer
            link = answer.leads_to
        raise Invalid(f"{link.host} redirects more than {self._bounds.max_redirects} times.")

    async def _get(self, link: httpx.URL) -> _Answer:
        with _failures_named(link.host):
            async with self._connections.opened("GET", link, HEADERS) as response:
                if response.has_redirect_location:
                    return _Answer(link, leads_to=follow_link(link, response.headers["location"]))
                if not response.is_success:
                    raise Invalid(f"{link.host} answered with status {response.status_code}.")
                media_type = _readable_type(response, link.host)
                body = await read_body(response, link.host, max_bytes=self._bounds.max_bytes)
                return _Answer(link, None, media_type, response.charset_encoding, body)

    async def _text_of(self, answer: _Answer) -> Extracted:
        is_html = answer.media_type in HTML_TYPES
        page = decode_page(answer.body, answer.charset, is_html=is_html)
        if not is_html:
            return Extracted("", tidy(page))
        return await self._extraction.extract(page, answer.link.host)


@contextmanager
def _failures_named(host: str) -> Iterator[None]:
    """Turns what the transport raises into sentences about the host."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise _too_slow(host) from error
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        raise Unavailable(f"{host} stopped before the page was complete.") from error
    except httpx.TransportError as error:
        raise Unavailable(f"{host} cannot be reached, or its certificate is not valid.") from error


def _too_slow(host: str) -> Unavailable:
    return Unavailable(f"{host} did not answer in time.")


def _readable_type(response: httpx.Response, host: str) -> str:
    media_type: str = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in HTML_TYPES | PLAIN_TYPES:
        raise Invalid(f"The page at {host} is not HTML, plain text or Markdown.")
    return media_type
