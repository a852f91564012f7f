from ipaddress import ip_address

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.providers.web.addresses import is_public, resolve_public


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("8.8.8.8", id="IPv4"),
        pytest.param("2606:4700::1111", id="IPv6"),
        pytest.param("::ffff:8.8.8.8", id="mapped public"),
        pytest.param("64:ff9b::808:808", id="NAT64 public"),
    ],
)
def test_a_public_address_is_public(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.255.255.254", id="end of loopback"),
        pytest.param("0.0.0.0", id="this host"),
        pytest.param("0.1.2.3", id="this network"),
        pytest.param("10.1.2.3", id="10/8"),
        pytest.param("172.16.0.1", id="172.16/12"),
        pytest.param("192.168.1.1", id="192.168/16"),
        pytest.param("100.64.0.1", id="carrier-grade NAT"),
        pytest.param("169.254.169.254", id="cloud metadata"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarking"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("239.255.255.250", id="local multicast"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::", id="IPv6 unspecified"),
        pytest.param("::1", id="IPv6 loopback"),
        pytest.param("::127.0.0.1", id="IPv4-compatible"),
        pytest.param("::ffff:127.0.0.1", id="mapped loopback"),
        pytest.param("::ffff:10.0.0.1", id="mapped private"),
        pytest.param("::ffff:0:127.0.0.1", id="translated loopback"),
        pytest.param("64:ff9b::7f00:1", id="NAT64 loopback"),
        pytest.param("64:ff9b::a9fe:a9fe", id="NAT64 metadata"),
        pytest.param("64:ff9b:1::808:808", id="local NAT64"),
        pytest.param("2002:7f00:1::", id="6to4 loopback"),
        pytest.param("2002:a00:1::1", id="6to4 private"),
        pytest.param("2001:0:4136:e378:8000:63bf:80ff:fffe", id="Teredo loopback"),
        pytest.param("fd00::1", id="unique local"),
        pytest.param("fd00:ec2::254", id="IPv6 cloud metadata"),
        pytest.param("fe80::1", id="link-local"),
        pytest.param("fe80::1%2", id="link-local with scope"),
        pytest.param("fec0::1", id="site-local"),
        pytest.param("ff02::1", id="IPv6 multicast"),
        pytest.param("ff0e::1", id="global multicast"),
        pytest.param("2001:db8::1", id="IPv6 documentation"),
        pytest.param("100::1", id="discard"),
        pytest.param("2606:4700::1111%2", id="public with scope"),
    ],
)
def test_every_other_address_is_not(address: str):
    assert not is_public(ip_address(address))


def answers(*addresses: str):
    async def resolve(host: str, port: int) -> list[str]:
        return list(addresses)

    return resolve


def fails(error: Exception):
    async def resolve(host: str, port: int) -> list[str]:
        raise error

    return resolve


async def test_public_addresses_keep_their_order_and_come_once():
    found = await resolve_public(
        "shop.example", 443, answers("2606:4700::1", "8.8.8.8", "2606:4700::1"), timeout_s=1
    )
    assert found == ["2606:4700::1", "8.8.8.8"]


@pytest.mark.parametrize(
    "resolve",
    [
        pytest.param(answers(), id="no address"),
        pytest.param(answers("10.0.0.1"), id="private"),
        pytest.param(answers("8.8.8.8", "10.0.0.1"), id="public and private"),
        pytest.param(answers("8.8.8.8", "::1"), id="public and loopback"),
        pytest.param(answers("nonsense"), id="not an address"),
        pytest.param(fails(OSError("no such name")), id="unknown name"),
        pytest.param(fails(TimeoutError()), id="lookup too slow"),
        pytest.param(fails(UnicodeError("label too long")), id="not a DNS name"),
    ],
)
async def test_whatever_is_wrong_with_an_address_has_the_same_answer(resolve):
    with pytest.raises(Invalid) as refused:
        await resolve_public("shop.example", 443, resolve, timeout_s=1)
    assert refused.value.message == "shop.example does not resolve to a public address."


async def test_private_addresses_pass_only_when_allowed():
    found = await resolve_public("shop.example", 80, answers("127.0.0.1"), timeout_s=1, allow_private=True)
    assert found == ["127.0.0.1"]
