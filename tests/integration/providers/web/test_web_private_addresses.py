"""No spelling of a private address is read, with this machine's own resolver; nothing is connected to."""

import pytest

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.web.http_pages import HttpPages, ReadingBounds

QUICK = ReadingBounds(connect_timeout_s=0.2, total_timeout_s=2)

SPELLINGS = [
    "127.0.0.1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "017700000001",
    "127。0。0。1",
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "2852039166",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[fd00::]",
    "[fe80::1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
]


@pytest.mark.parametrize("host", SPELLINGS)
async def test_a_private_address_is_refused_however_it_is_written(site, reply, host: str):
    site.answer_by_path["/"] = reply(b"secret")
    with pytest.raises(Invalid, match="does not resolve to a public address"):
        await HttpPages(QUICK).read(site.url(host=host))
    assert site.requests == []


async def test_an_open_and_a_closed_port_get_the_same_answer(site, unused_port: int):
    answers = set()
    for port in (site.port, unused_port):
        with pytest.raises(Invalid) as refused:
            await HttpPages(QUICK).read(f"http://127.0.0.1:{port}/")
        answers.add((refused.value.message, refused.value.code))
    assert len(answers) == 1


class Names:
    """A resolver with one list of answers for each name, used up in turn."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(f"{host}:{port}")
        return self.answers[host.partition(".")[0]].pop(0)


async def test_a_name_with_one_private_address_among_public_ones_is_refused(site):
    names = Names(mixed=[["8.8.8.8", "127.0.0.1"]])
    with pytest.raises(Invalid, match=r"mixed\.example does not resolve to a public address"):
        await HttpPages(QUICK, resolve=names).read(site.url(host="mixed.example"))
    assert site.requests == []


async def test_a_name_is_looked_up_once_so_a_second_answer_is_never_used(site, reply):
    """127.0.0.2 stands for a public address, at which nothing listens; the second answer would reach the server."""
    site.answer_by_path["/"] = reply(b"secret")
    names = Names(rebinding=[["127.0.0.2"], ["127.0.0.1"]])
    reader = HttpPages(QUICK, resolve=names, allow_private=True)
    with pytest.raises(Unavailable):
        await reader.read(site.url(host="rebinding.example"))
    assert names.asked == [f"rebinding.example:{site.port}"]
    assert site.requests == []


async def test_the_connection_goes_to_the_first_answer_under_its_own_name(site, reply):
    site.answer_by_path["/"] = reply(b"hi")
    names = Names(pinned=[["127.0.0.1"], ["127.0.0.2"]])
    page = await HttpPages(QUICK, resolve=names, allow_private=True).read(site.url(host="pinned.example"))
    assert page.text == "hi"
    assert names.asked == [f"pinned.example:{site.port}"]
    assert site.asked_for("host") == [f"pinned.example:{site.port}"]


@pytest.mark.parametrize("second", [["10.0.0.1"], ["127.0.0.1"], ["8.8.8.8", "::1"], []])
async def test_each_redirect_is_judged_again(site, redirect, second: list[str]):
    """The first hop is let through by a resolver that answers for the test, the second is judged as always."""
    site.answer_by_path["/"] = redirect(site.url("/secret", host="inside.example"))
    names = Names(outside=[["127.0.0.1"]], inside=[second])
    reader = FirstHopOnly(QUICK, resolve=names)
    with pytest.raises(Invalid, match=r"inside\.example does not resolve to a public address"):
        await reader.read(site.url(host="outside.example"))
    assert len(site.requests) == 1


class FirstHopOnly(HttpPages):
    """Allows a private address for the first lookup alone, as if the test's server were a public one."""

    async def _get(self, link):
        self._connections._allow_private = link.host == "outside.example"
        return await super()._get(link)
