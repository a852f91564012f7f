"""One suite over the fake and SMTP; then what only a server can do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.mail_server import MailServer, mail_server

from setpiece.kernel.errors import Invalid, SetpieceError, Unavailable
from setpiece.providers.mail.address import MailServer as Address
from setpiece.providers.mail.address import read_sender, read_server
from setpiece.providers.mail.kept import KeptMail
from setpiece.providers.mail.port import Mail, MailSender, Uncertain
from setpiece.providers.mail.smtp import SmtpMail

MAIL = Mail(
    "one@example.com", "dana@example.org", "A subject – with a dash", "Hello.\n.\nA line.", "Dana Example"
)


@asynccontextmanager
async def smtp(*answers: tuple[str, str]) -> AsyncIterator[tuple[MailSender, MailServer]]:
    async with mail_server(*answers) as server:
        address = Address("127.0.0.1", server.port, "off")
        yield SmtpMail(address, read_sender("Example Team <team@example.com>"), timeout_s=5), server


@pytest.mark.parametrize("kind", ["fake", "smtp"])
async def test_a_sender_sends_to_one_address_and_refuses_what_is_none(kind: str):
    async with smtp() as (real, server):
        fake = KeptMail()
        sender: MailSender = real if kind == "smtp" else fake
        await sender.send(MAIL)
        for wrong in ("", "nobody", "a@b.c, d@e.f", "a@example.com\nBcc: d@example.com"):
            with pytest.raises(Invalid, match="not one email address"):
                await sender.send(Mail("two@example.com", wrong, "Subject", "Body"))
        assert len(server.taken if kind == "smtp" else fake.sent) == 1
        assert "@" in sender.address


async def test_what_arrives_is_the_mail_as_it_was_written():
    headers = {
        "List-Unsubscribe": f"<https://example.com/u?t={'x' * 120}>, <mailto:team@example.com?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail = Mail(
        MAIL.id,
        MAIL.to,
        "Break\r\nBcc: x@example.com",
        MAIL.body,
        MAIL.name,
        "reply@example.com",
        f"zero@{'z' * 60}.example.com",
        headers,
    )
    async with smtp() as (sender, server):
        await sender.send(mail)
    (taken,) = server.taken
    message = taken.message
    assert (taken.sender, taken.recipient) == ("team@example.com", "dana@example.org")
    assert message["From"] == "Example Team <team@example.com>"
    assert message["To"] == "Dana Example <dana@example.org>"
    assert message["Subject"] == "Break Bcc: x@example.com"
    assert message["Bcc"] is None
    assert (message["Message-ID"], message["In-Reply-To"]) == ("<one@example.com>", f"<{mail.follows}>")
    assert {name: message[name] for name in headers} == headers
    # In so many letters: no mail program decodes an address.
    assert f"<{mail.follows}>\r\n".encode() in taken.content
    assert headers["List-Unsubscribe"].partition(",")[0].encode() in taken.content
    text, shown = message.iter_parts()
    assert text.get_content().splitlines() == ["Hello.", ".", "A line."]
    assert "Hello.<br>" in shown.get_content()


@pytest.mark.parametrize(
    ("verb", "answer", "kind"),
    [
        ("GREETING", "554 not you", Unavailable),
        ("GREETING", "", Unavailable),
        ("MAIL", "451 later", Unavailable),
        ("MAIL", "550 not you", Invalid),
        ("RCPT", "450 greylisted", Unavailable),
        ("RCPT", "550 no such user", Invalid),
        ("RCPT", "", Unavailable),
        ("DATA", "451 later", Unavailable),
        ("DATA", "554 no", Invalid),
        (".", "452 full", Unavailable),
        (".", "554 spam", Invalid),
        (".", "", Uncertain),
    ],
)
async def test_a_failure_says_whether_the_mail_may_be_sent_again(
    verb: str, answer: str, kind: type[SetpieceError]
):
    async with smtp((verb, answer)) as (sender, server):
        with pytest.raises(kind) as told:
            await sender.send(MAIL)
        assert type(told.value) is kind
        if kind is Invalid:
            assert answer in told.value.message.replace(": ", " ")
        assert len(server.taken) == (1 if kind is Uncertain else 0)


async def test_a_server_that_cannot_encrypt_is_given_no_mail_and_no_password():
    async with mail_server() as server:
        address = Address("127.0.0.1", server.port, "starttls", "someone", "s3cret")
        with pytest.raises(Unavailable) as told:
            await SmtpMail(address, read_sender("team@example.com"), timeout_s=5).send(MAIL)
    assert not server.taken
    assert "s3cret" not in str(told.value) + repr(address)


def test_a_server_is_named_by_one_address():
    assert read_server("smtp://mail.example.com") == Address("mail.example.com", 587, "starttls")
    assert read_server("smtps://a:b%40@mail.example.com:4465") == Address(
        "mail.example.com", 4465, "tls", "a", "b@"
    )
    for wrong in (
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://x:99999",
        "smtp://a:b@x?tls=off",
    ):
        with pytest.raises(Invalid):
            read_server(wrong)
    with pytest.raises(Invalid):
        read_sender("two@example.com, three@example.com")


ENCODED = "=?x?b?" + "é" * 40 + "{\x00=?x?b? ?= " + "漢" * 30 + "?="


async def test_a_name_or_a_subject_that_looks_encoded_is_sent_as_it_stands():
    """Names come from lists of others. The library takes them for its own encoding, and cannot write what it has read."""
    async with smtp(("DATA", "451 busy\x00")) as (sender, server):
        with pytest.raises(Unavailable, match="451: busy"):
            await sender.send(Mail("one@example.com", MAIL.to, ENCODED, "Hello.", ENCODED))
        await sender.send(Mail("one@example.com", MAIL.to, ENCODED, "Hello.", ENCODED))
    (taken,) = server.taken
    assert taken.message["Subject"].startswith("= ?x?b?é")
    assert "漢" in taken.message["To"].addresses[0].display_name
    assert taken.content.partition(b"\r\n\r\n")[0].isascii()  # nobody asked the server for SMTPUTF8
