"""What every `WebhookSender` does: the fake that ships, and the real one against a receiver on a loopback port."""

import hashlib
import hmac
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from standardwebhooks import Webhook

from receiver import receiving
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.webhooks.http import HttpWebhooks
from setpiece.providers.webhooks.kept import KeptWebhooks
from setpiece.providers.webhooks.port import Message, Scheme, WebhookSender
from setpiece.providers.webhooks.signing import new_signing_secret

SECRET = new_signing_secret()
PAYLOAD = '{"status":"completed","text":"größer"}'.encode()


@dataclass(frozen=True)
class Subject:
    sender: WebhookSender
    message: Message
    heads: Callable[[], list[dict[str, str]]]

    async def send(self) -> None:
        await self.sender.send(self.message)


Start = Callable[..., AbstractAsyncContextManager[Subject]]


@pytest.fixture(params=["kept", "http"])
def subject(request: pytest.FixtureRequest) -> Start:
    """A sender whose receiver answers the given statuses, then a good one."""

    @asynccontextmanager
    async def started(*statuses: int) -> AsyncIterator[Subject]:
        if request.param == "kept":
            kept = KeptWebhooks(statuses)
            yield Subject(
                kept, Message("msg_1", "https://hooks.example/hook", PAYLOAD, SECRET), lambda: kept.headers
            )
            return
        async with receiving(statuses) as receiver:
            message = Message("msg_1", receiver.url, PAYLOAD, SECRET)
            yield Subject(
                HttpWebhooks(allow_private=True), message, lambda: [one.headers for one in receiver.arrived]
            )

    return started


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_a_2xx_ends_it(subject: Start, status: int):
    async with subject(status) as sending:
        await sending.send()
        assert len(sending.heads()) == 1


async def test_what_arrives_is_signed_by_standard_webhooks(subject: Start):
    async with subject() as sending:
        await sending.send()
        (headers,) = sending.heads()
    assert headers["webhook-id"] == "msg_1"
    assert Webhook(SECRET).verify(PAYLOAD, headers) == {"status": "completed", "text": "größer"}


async def test_while_two_secrets_are_good_either_verifies_it(subject: Start):
    former = new_signing_secret()
    async with subject() as sending:
        await sending.sender.send(replace(sending.message, former_secret=former))
        (headers,) = sending.heads()
    for secret in (SECRET, former):
        assert Webhook(secret).verify(PAYLOAD, headers)


async def test_the_other_scheme_signs_time_and_body_with_the_secret_s_text(subject: Start):
    async with subject() as sending:
        await sending.sender.send(replace(sending.message, scheme=Scheme.CONDUIT))
        (headers,) = sending.heads()
    shown = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["conduit-signature"])
    assert shown
    signed = hmac.new(SECRET.encode(), shown[1].encode() + b"." + PAYLOAD, hashlib.sha256).hexdigest()
    assert shown[2] == signed
    assert not [name for name in headers if name.startswith("webhook-")]


async def test_no_header_of_the_message_stands_over_the_signature(subject: Start):
    async with subject() as sending:
        mine = {"Webhook-Signature": "v1,mine", "X-Further": "one"}
        await sending.sender.send(replace(sending.message, headers=mine))
        (headers,) = sending.heads()
    lowered = {name.lower(): value for name, value in headers.items()}
    assert lowered["x-further"] == "one"
    assert Webhook(SECRET).verify(PAYLOAD, lowered)


async def test_another_secret_does_not_verify_it(subject: Start):
    async with subject() as sending:
        await sending.send()
        (headers,) = sending.heads()
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(new_signing_secret()).verify(PAYLOAD, headers)


@pytest.mark.parametrize("status", [301, 307, 400, 404, 429, 500, 503])
async def test_every_other_status_is_worth_another_attempt(subject: Start, status: int):
    async with subject(status) as sending:
        with pytest.raises(Unavailable, match=f"answered with status {status}"):
            await sending.send()
        await sending.send()
        assert len(sending.heads()) == 2


async def test_410_is_not(subject: Start):
    async with subject(410) as sending:
        with pytest.raises(Invalid, match="wants no more"):
            await sending.send()


@pytest.mark.parametrize(
    "url", ["", "hook", "ftp://hooks.example/", "https://ada:pw@hooks.example/", "http:///"]
)
async def test_what_is_not_a_url_is_refused(subject: Start, url: str):
    async with subject() as sending:
        with pytest.raises(Invalid):
            sending.sender.check(url)
        with pytest.raises(Invalid):
            await sending.sender.send(replace(sending.message, url=url))
        assert sending.heads() == []


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "hunter2", "whsec_dG9vIHNob3J0", "dGhpcyBpcyBsb25nIGVub3VnaCBidXQgYmFyZQ=="]
)
async def test_nothing_is_sent_with_a_secret_that_is_none(subject: Start, secret: str):
    async with subject() as sending:
        with pytest.raises(Invalid, match="whsec_"):
            await sending.sender.send(replace(sending.message, secret=secret))
        assert sending.heads() == []


async def test_a_secret_is_not_printed(subject: Start):
    async with subject() as sending:
        assert SECRET not in repr(sending.message)
