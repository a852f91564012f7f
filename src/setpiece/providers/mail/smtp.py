"""The real sender: one SMTP conversation for one mail, in a thread.

Source: RFC 5321. A mail belongs to the server from its reply to the final dot on; a connection that is lost between that dot
and the reply leaves it open who has it (RFC 5321, 4.5.3.2.6 and RFC 1047).
"""

import asyncio
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.headerregistry import Address

from setpiece.kernel import clock
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.mail.address import MailServer
from setpiece.providers.mail.message import as_message, as_wire, one_line
from setpiece.providers.mail.port import STATUS, Mail, Uncertain

_TOLD = 200  # characters of a server's reply that are passed on


class SmtpMail:
    """Sends through one server, always as one sender.

    Args:
        server: Where it is and how it is spoken to.
        sender: Stands in `From` and is the envelope's sender, so bounces go there.
        tls: Whom to trust; the public authorities unless a test says otherwise.
        timeout_s: For each step of a conversation. RFC 5321 would wait ten minutes for the reply to the dot; a worker's turn is shorter.
        now: The time that stands in `Date`.
    """

    def __init__(
        self,
        server: MailServer,
        sender: Address,
        *,
        tls: ssl.SSLContext | None = None,
        timeout_s: float = 30.0,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._server = server
        self._sender = sender
        self._tls = tls
        self._timeout_s = timeout_s
        self._now = now

    @property
    def address(self) -> str:
        """See `MailSender.address`."""
        return self._sender.addr_spec

    async def send(self, mail: Mail) -> None:
        """See `MailSender.send`. Cancelled, the conversation goes on to its end: then it is uncertain."""
        content = as_wire(as_message(mail, self._sender, self._now()))
        await asyncio.to_thread(self._converse, content, mail.to.strip())

    def _converse(self, content: bytes, to: str) -> None:
        smtp = self._connected()
        try:
            self._envelope(smtp, to)
            self._hand_over(smtp, content)
        finally:
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        """A conversation that is encrypted and logged in as far as the settings say so."""
        smtp: smtplib.SMTP | None = None
        try:
            smtp = self._open()
            self._log_in(smtp)
        except (OSError, smtplib.SMTPException) as problem:
            if smtp is not None:
                smtp.close()
            raise self._not_taken(problem) from problem
        return smtp

    def _open(self) -> smtplib.SMTP:
        server = self._server
        if server.encryption == "tls":
            return smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout_s, context=self._context()
            )
        return smtplib.SMTP(server.host, server.port, timeout=self._timeout_s)

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self._server.encryption == "starttls":
            smtp.starttls(context=self._context())
            smtp.ehlo()
        if self._server.user:
            smtp.login(self._server.user, self._server.password)

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()

    def _envelope(self, smtp: smtplib.SMTP, to: str) -> None:
        options = () if to.isascii() else ("SMTPUTF8",)
        if options and not smtp.has_extn("smtputf8"):
            raise Invalid(
                f"{self._server.host} takes no address with letters beyond ASCII.", code="mail_refused"
            )
        try:
            self._accepted(*smtp.mail(self._sender.addr_spec, options))
            self._accepted(*smtp.rcpt(to))
        except (OSError, smtplib.SMTPException) as problem:
            raise self._not_taken(problem) from problem

    def _hand_over(self, smtp: smtplib.SMTP, content: bytes) -> None:
        try:
            answer = smtp.data(content)
        except smtplib.SMTPDataError as refused:  # of the command itself: nothing was sent yet
            self._accepted(refused.smtp_code, refused.smtp_error)
            raise self._not_taken(refused) from refused
        except (OSError, smtplib.SMTPException) as lost:
            raise Uncertain(
                f"{self._server.host} was lost before it said whether it had taken the mail."
            ) from lost
        self._accepted(*answer)

    def _accepted(self, code: int, told: bytes | str) -> None:
        """Pass on a 2xx. A 5xx is for good, anything else for now."""
        if 200 <= code < 300:
            return
        text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
        said = f"{self._server.host} answered {code}: {one_line(text)[:_TOLD]}"
        if 500 <= code < 600:
            raise Invalid(said, code="mail_refused", details={STATUS: code})
        raise Unavailable(said, details={STATUS: code})

    def _not_taken(self, problem: Exception) -> Unavailable:
        """Whatever went wrong before a mail was handed over; our login and its encryption are no fault of the mail."""
        if isinstance(problem, smtplib.SMTPResponseException):
            told = problem.smtp_error
            text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
            said = f"answered {problem.smtp_code}: {one_line(text)[:_TOLD]}"
        else:
            said = f"could not be reached or understood ({type(problem).__name__})"
        return Unavailable(f"{self._server.host} {said}.")
