"""The real sender: public addresses only, pinned; no redirect followed; never longer than its bounds."""

from collections.abc import Sequence

import pytest

from receiver import receiving
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.webhooks.http import HttpWebhooks, SendingBounds
from setpiece.providers.webhooks.port import Message
from setpiece.providers.webhooks.signing import new_signing_secret

NO_ANSWER = "could not be reached, or did not answer in time"
"""All there is to be heard of a receiver without an answer: no port scanner, no look at names inside the network."""
QUICK = SendingBounds(connect_timeout_s=0.5, answer_timeout_s=0.3, total_timeout_s=1)


def message(url: str, payload: bytes = b"{}") -> Message:
    return Message("msg_1", url, payload, new_signing_secret(), {"X-Further": "one"})


class Names:
    """A resolver that answers each lookup with the next of its lists."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, *_: object) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/hook",
        "http://localhost:5432/",
        "http://api.localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.1.2.3/",
        "http://[::ffff:10.0.0.1]/",
    ],
)
async def test_a_private_address_is_refused_when_it_is_named(url: str):
    sender = HttpWebhooks(QUICK)
    with pytest.raises(Invalid, match="not a public address"):
        sender.check(url)
    with pytest.raises(Invalid, match="not a public address"):
        await sender.send(message(url))


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["127.0.0.1"], ["8.8.8.8", "::1"], []])
async def test_a_name_that_leads_to_one_is_not_called(addresses: list[str]):
    async with receiving() as receiver:
        sender = HttpWebhooks(QUICK, resolve=Names(addresses))
        with pytest.raises(Unavailable, match=NO_ANSWER):
            await sender.send(message(f"http://hooks.example:{receiver.port}/"))
        assert receiver.arrived == []


async def test_a_name_is_looked_up_once_and_a_second_answer_is_never_used():
    async with receiving() as receiver:
        names = Names(["127.0.0.2"], ["127.0.0.1"])
        sender = HttpWebhooks(QUICK, resolve=names, allow_private=True)
        with pytest.raises(Unavailable):
            await sender.send(message(f"http://hooks.example:{receiver.port}/"))
        assert (names.asked, receiver.arrived) == (1, [])


async def test_the_request_keeps_the_name_and_carries_further_headers():
    async with receiving() as receiver:
        sender = HttpWebhooks(QUICK, resolve=Names(["127.0.0.1"]), allow_private=True)
        await sender.send(message(f"http://hooks.example:{receiver.port}/hook"))
        (arrived,) = receiver.arrived
    assert arrived.headers["host"] == f"hooks.example:{receiver.port}"
    assert arrived.headers["x-further"] == "one"
    assert arrived.headers["content-type"] == "application/json"


async def test_a_redirect_is_not_followed():
    async with receiving([302]) as receiver:
        with pytest.raises(Unavailable, match=r"302\. Redirects are not followed"):
            await HttpWebhooks(QUICK, allow_private=True).send(message(receiver.url))
        assert len(receiver.arrived) == 1


async def test_a_receiver_that_does_not_answer_is_not_waited_for():
    async with receiving(hangs=True) as receiver:
        with pytest.raises(Unavailable, match=NO_ANSWER):
            await HttpWebhooks(QUICK, allow_private=True).send(message(receiver.url))


async def test_nobody_listening_is_worth_another_attempt():
    async with receiving() as receiver:
        url = receiver.url
    with pytest.raises(Unavailable, match=NO_ANSWER):
        await HttpWebhooks(QUICK, allow_private=True).send(message(url))


async def test_a_payload_that_is_too_large_is_not_sent():
    async with receiving() as receiver:
        with pytest.raises(Invalid, match="larger than 10 bytes"):
            await HttpWebhooks(SendingBounds(max_bytes=10), allow_private=True).send(
                message(receiver.url, b'{"long": true}')
            )
        assert receiver.arrived == []
