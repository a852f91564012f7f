"""A mail server on a loopback port: speaks RFC 5321 as far as it is asked, and fails where a test wants it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(frozen=True)
class Taken:
    """A mail that the server answered 250 for, or took and said nothing."""

    sender: str
    recipient: str
    message: EmailMessage
    content: bytes


@dataclass
class MailServer:
    """`answers` replaces the reply to a verb, once each time: `("RCPT", "550 no such user")`; "" hangs up instead.

    The verb `.` is the end of the mail: with "" the server takes it and hangs up without a reply.
    """

    answers: list[tuple[str, str]] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # one of the two went away
        finally:
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sender = recipient = ""
        await self._say(writer, "GREETING", "220 mail.example.com")
        while line := (await reader.readuntil(b"\r\n")).decode().rstrip("\r\n"):
            verb, _, rest = line.partition(" ")
            if verb.upper() == "EHLO":
                await self._say(writer, "EHLO", "250-mail.example.com\r\n250 SIZE 1000000")
            elif verb.upper() == "MAIL":
                sender = _path(rest)
                await self._say(writer, "MAIL", "250 fine")
            elif verb.upper() == "RCPT" and sender:
                recipient = _path(rest)
                await self._say(writer, "RCPT", "250 fine")
            elif verb.upper() == "DATA" and recipient:
                if (await self._say(writer, "DATA", "354 go on"))[0] == "3":
                    await self._take(reader, writer, sender, recipient)
            else:
                await self._say(writer, verb.upper(), "503 not now")

    async def _take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sender: str, recipient: str
    ) -> None:
        lines = []
        while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        said = self._reply(".", "250 taken")
        if said == "" or said[0] == "2":
            content = b"".join(lines)
            parsed = message_from_bytes(content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.taken.append(Taken(sender, recipient, parsed, content))
        await self._send(writer, said)

    async def _say(self, writer: asyncio.StreamWriter, verb: str, usual: str) -> str:
        said = self._reply(verb, usual)
        await self._send(writer, said)
        return said

    def _reply(self, verb: str, usual: str) -> str:
        for one in self.answers:
            if one[0] == verb:
                self.answers.remove(one)
                return one[1]
        return usual

    @staticmethod
    async def _send(writer: asyncio.StreamWriter, said: str) -> None:
        if not said:
            raise ConnectionError
        writer.write(f"{said}\r\n".encode())
        await writer.drain()


def _path(rest: str) -> str:
    return rest[rest.index("<") + 1 : rest.index(">")]


@asynccontextmanager
async def mail_server(*answers: tuple[str, str]) -> AsyncIterator[MailServer]:
    found = MailServer(list(answers))
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
