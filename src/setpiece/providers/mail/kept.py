"""The fake: keeps what is sent, fails as it was told to."""

from collections.abc import Sequence

from setpiece.providers.mail.message import one_address
from setpiece.providers.mail.port import Mail


class KeptMail:
    """Sends into `sent`. Of the given failures each is raised once, one after the other; None lets a mail through.

    A mail whose failure is `Uncertain` is kept too: that is the case in which it went and nobody knows.
    """

    address = "team@mail.example.com"

    def __init__(self, failures: Sequence[Exception | None] = ()) -> None:
        self.sent: list[Mail] = []
        self._failures = list(failures)

    async def send(self, mail: Mail) -> None:
        """See `MailSender.send`."""
        one_address(mail.to)
        failure = self._failures.pop(0) if self._failures else None
        if failure is not None:
            raise failure
        self.sent.append(mail)
