"""From a host name to addresses that are safe to connect to.

The threat: a URL that leads the server to itself, to its neighbours or to a cloud's metadata service. So names
are resolved here, once; every address is judged; and the connection is made to the address that was judged,
never to the name again (a second lookup could answer differently: DNS rebinding).
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from setpiece.kernel.errors import Invalid

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port to addresses in the order to try them; raises OSError or UnicodeError when there are none."""

# The only IPv6 block that holds public addresses (IANA IPv6 address space registry).
GLOBAL_UNICAST = IPv6Network("2000::/3")
# RFC 6052: an IPv6-only network reaches an IPv4 site through the IPv4 address in the last 32 bits.
NAT64 = IPv6Network("64:ff9b::/96")


async def resolve_with_system(host: str, port: int) -> Sequence[str]:
    """What this machine's resolver says, in its order of preference."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


async def resolve_public(
    host: str, port: int, resolve: Resolver, *, timeout_s: float, allow_private: bool = False
) -> list[str]:
    """The addresses of `host`, each of them public.

    One private address among public ones refuses the name. Whatever is wrong has the same message, and nothing
    was connected to, so an answer tells nothing about what exists or listens inside the network.

    Raises:
        Invalid: No address, or one that is not public.
    """
    try:
        async with asyncio.timeout(timeout_s):
            addresses = [ip_address(text) for text in await resolve(host, port)]
    except (OSError, ValueError) as error:
        raise _not_public(host) from error
    if not addresses or not (allow_private or all(map(is_public, addresses))):
        raise _not_public(host)
    return list(dict.fromkeys(str(address) for address in addresses))


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether the address, and an IPv4 address it carries inside, belongs to the public internet."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address.sixtofour is not None and not is_public(address.sixtofour):
        return False
    # Teredo is not global by itself, so what it carries need not be looked at.
    return address.scope_id is None and address in GLOBAL_UNICAST and address.is_global


def _not_public(host: str) -> Invalid:
    return Invalid(f"{host} does not resolve to a public address.")
