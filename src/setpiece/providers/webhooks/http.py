"""The real sender: one POST to the address that was judged, no redirect followed, no answer read beyond its head."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

import httpx

from setpiece import __version__
from setpiece.kernel import clock
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.web.addresses import Resolver, is_public, resolve_with_system
from setpiece.providers.web.links import parse_link
from setpiece.providers.web.pinned import ConnectionBounds, PinnedConnections
from setpiece.providers.webhooks.answer import judge
from setpiece.providers.webhooks.port import Message
from setpiece.providers.webhooks.signing import signed_headers

_LOCAL_NAMES = ("localhost", "localhost.localdomain")


@dataclass(frozen=True, slots=True)
class SendingBounds:
    """How much is sent, and how long is waited.

    Attributes:
        max_bytes: Of one payload.
        connect_timeout_s: For a lookup, and for one connection with its TLS handshake.
        answer_timeout_s: For each piece sent, and for the head of the answer. Receivers are asked to answer fast.
        total_timeout_s: From the call to the answer, whatever happens between. Source: reports-v1, "Webhooks", proposes ten.
    """

    max_bytes: int = 4 * 1024 * 1024
    connect_timeout_s: float = 5.0
    answer_timeout_s: float = 10.0
    total_timeout_s: float = 10.0


class HttpWebhooks:
    """Calls webhooks of the public web.

    Args:
        bounds: Sizes and times.
        resolve: Host to addresses; this machine's resolver unless a test says otherwise.
        tls: Whom to trust; the public authorities unless a test says otherwise.
        allow_private: Also calls loopback and private addresses.
        now: The time that is signed.
    """

    def __init__(
        self,
        bounds: SendingBounds | None = None,
        *,
        resolve: Resolver = resolve_with_system,
        tls: ssl.SSLContext | None = None,
        allow_private: bool = False,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._bounds = bounds or SendingBounds()
        self._allow_private = allow_private
        self._now = now
        self._connections = PinnedConnections(
            ConnectionBounds(
                connect_timeout_s=self._bounds.connect_timeout_s, read_timeout_s=self._bounds.answer_timeout_s
            ),
            resolve=resolve,
            tls=tls,
            allow_private=allow_private,
        )

    def check(self, url: str) -> None:
        """See `WebhookSender.check`."""
        self._link(url)

    async def send(self, message: Message) -> None:
        """See `WebhookSender.send`."""
        link = self._link(message.url)
        headers = self._headers(message)
        if len(message.payload) > self._bounds.max_bytes:
            raise Invalid(f"The payload is larger than {self._bounds.max_bytes:,} bytes.")
        with _failures_named(link.host):
            async with asyncio.timeout(self._bounds.total_timeout_s):
                status = await self._post(link, headers, message.payload)
        judge(status, link.host)

    async def _post(self, link: httpx.URL, headers: httpx.Headers, payload: bytes) -> int:
        async with self._connections.opened("POST", link, headers, payload) as response:
            return response.status_code

    def _headers(self, message: Message) -> httpx.Headers:
        """Ours, those of the message over them, and the signature over all, however their names are spelled."""
        headers = httpx.Headers(
            {
                "User-Agent": f"Setpiece/{__version__}",
                "Content-Type": "application/json",
                "Connection": "close",
            }
        )
        headers.update(message.headers)
        headers.update(signed_headers(message, self._now()))
        return headers

    def _link(self, url: str) -> httpx.URL:
        try:
            link = parse_link(url)
        except Invalid as wrong:
            raise Invalid(
                "The URL of a webhook must be a full address, starting with http:// or https://, without a user name."
            ) from wrong
        if not self._allow_private and _is_plainly_private(link.host):
            raise _not_public(link.host)
        return link


def _is_plainly_private(host: str) -> bool:
    """Whether the host can be told to be private by its spelling; every other one is resolved when it is called."""
    with suppress(ValueError):
        return not is_public(ip_address(host))
    name = host.rstrip(".").lower()
    return name in _LOCAL_NAMES or name.endswith(".localhost")


@contextmanager
def _failures_named(host: str) -> Iterator[None]:
    """Turns all that goes wrong on the way into one sentence, worth another attempt.

    Whether a port was closed, silent or spoke something else, whether a name has no address or a private one: whoever chose
    the URL is not told, or these messages would be a port scanner for everybody with a key.
    """
    try:
        yield
    except (httpx.TransportError, TimeoutError, Invalid) as error:
        raise Unavailable(f"{host} could not be reached, or did not answer in time.") from error


def _not_public(host: str) -> Invalid:
    return Invalid(f"{host} is not a public address; SETPIECE_ALLOW_PRIVATE_WEBHOOKS=1 allows private ones.")
