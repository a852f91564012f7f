"""One request to an address that was judged: what reading pages and calling webhooks have in common."""

import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from setpiece.providers.web.addresses import Resolver, resolve_public, resolve_with_system

PORT_BY_SCHEME = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ConnectionBounds:
    """How far one request goes.

    Attributes:
        max_addresses: Addresses of one name that are tried before it counts as unreachable.
        connect_timeout_s: For a lookup, and for one connection with its TLS handshake.
        read_timeout_s: For each piece sent or received.
    """

    max_addresses: int = 3
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 5.0


class PinnedConnections:
    """Opens connections to judged addresses only.

    Args:
        bounds: Numbers and times.
        resolve: Host to addresses; this machine's resolver unless a test says otherwise.
        tls: Whom to trust; the public authorities unless a test says otherwise.
        allow_private: Also connects to loopback and private addresses.
    """

    def __init__(
        self,
        bounds: ConnectionBounds,
        *,
        resolve: Resolver = resolve_with_system,
        tls: ssl.SSLContext | None = None,
        allow_private: bool = False,
    ) -> None:
        self._bounds = bounds
        self._resolve = resolve
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._allow_private = allow_private

    @asynccontextmanager
    async def opened(
        self, method: str, link: httpx.URL, headers: Mapping[str, str], content: bytes | None = None
    ) -> AsyncIterator[httpx.Response]:
        """A response whose body was not read yet.

        A bare transport has no cookies, no proxies and no redirects of its own. It serves one request: a kept
        connection would be reused by address, and thus for another name than its certificate was checked for.

        Raises:
            Invalid: the host has no address, or one that is not public.
            httpx.TransportError: no connection, or it broke.
        """
        requests = [
            self._request(method, link, address, headers, content) for address in await self._addresses(link)
        ]
        async with httpx.AsyncHTTPTransport(verify=self._tls, trust_env=False) as transport:
            response = await _first_to_answer(transport, requests)
            try:
                yield response
            finally:
                await response.aclose()

    async def _addresses(self, link: httpx.URL) -> list[str]:
        addresses = await resolve_public(
            _wire_name(link),
            link.port or PORT_BY_SCHEME[link.scheme],
            self._resolve,
            timeout_s=self._bounds.connect_timeout_s,
            allow_private=self._allow_private,
        )
        return addresses[: self._bounds.max_addresses]

    def _request(
        self, method: str, link: httpx.URL, address: str, headers: Mapping[str, str], content: bytes | None
    ) -> httpx.Request:
        """Goes to the address; the header, and the certificate's check, keep the name."""
        timeout = httpx.Timeout(self._bounds.read_timeout_s, connect=self._bounds.connect_timeout_s)
        return httpx.Request(
            method,
            link.copy_with(host=address),
            headers={"Host": link.netloc.decode("ascii"), **headers},
            content=content,
            extensions={"timeout": timeout.as_dict(), "sni_hostname": _wire_name(link).rstrip(".")},
        )


async def _first_to_answer(
    transport: httpx.AsyncHTTPTransport, requests: Sequence[httpx.Request]
) -> httpx.Response:
    *earlier, last = requests
    for request in earlier:
        try:
            return await transport.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            continue  # the next address of the same name, judged like this one
    return await transport.handle_async_request(last)


def _wire_name(link: httpx.URL) -> str:
    """The host as resolvers and certificates spell it: in ASCII (IDNA)."""
    return link.raw_host.decode("ascii")
