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
from setpiece.providers.webhooks.signing import check_secret, signed_headers

_LOCAL_NAMES = ("localhost", "localhost.localdomain")


@dataclass(frozen=True, slots=True)
class SendingBounds:
    """How much is sent, and how long is waited.

    Attributes:
        max_bytes: Of one payload.
        connect_timeout_s: For a lookup, and for one connection with its TLS handshake.
        answer_timeout_s: For each piece sent, and for the head of the answer. Receivers are asked to answer fast.
        total_timeout_s: From the call to the answer, whatever happens between.
    """

    max_bytes: int = 4 * 1024 * 1024
    connect_timeout_s: float = 5.0
    answer_timeout_s: float = 10.0
    total_timeout_s: float = 20.0


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
        check_secret(message.secret)
        if len(message.payload) > self._bounds.max_bytes:
            raise Invalid(f"The payload is larger than {self._bounds.max_bytes:,} bytes.")
        with _failures_named(link.host):
            async with asyncio.timeout(self._bounds.total_timeout_s):
                status = await self._post(link, message)
        judge(status, link.host)

    async def _post(self, link: httpx.URL, message: Message) -> int:
        signed = signed_headers(message.secret, message.id, self._now(), message.payload)
        headers = {
            "User-Agent": f"Setpiece/{__version__}",
            "Content-Type": "application/json",
            "Connection": "close",
            **message.headers,
            **signed,
        }
        async with self._connections.opened("POST", link, headers, message.payload) as response:
            return response.status_code

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
    """Turns what goes wrong on the way into sentences about the host, all of them worth another attempt.

    A name without an address may have one later. One that leads to a private address gets the same sentence, so that
    nothing is told about names inside the network.
    """
    try:
        yield
    except (httpx.TimeoutException, TimeoutError) as error:
        raise Unavailable(f"{host} did not answer in time.") from error
    except httpx.TransportError as error:
        raise Unavailable(f"{host} cannot be reached, or its certificate is not valid.") from error
    except Invalid as error:
        raise Unavailable(error.message) from error


def _not_public(host: str) -> Invalid:
    return Invalid(f"{host} is not a public address; SETPIECE_ALLOW_PRIVATE_WEBHOOKS=1 allows private ones.")
