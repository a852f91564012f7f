"""The port: one mail to one person, and what sends it.

How a mail may fail to go decides whether it may be sent again:

    Invalid      it was refused for good; another attempt would be refused too
    Unavailable  it was certainly not taken; another attempt is safe
    Uncertain    it may have gone, and nobody here can know; another attempt may be a second mail
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Protocol

from setpiece.kernel.errors import ErrorKind, SetpieceError

STATUS = "status"
"""Name in an error's details of the code that the server answered with; missing when it was about no mail in particular."""
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Uncertain(SetpieceError):
    """The connection was lost after the mail had been handed over and before its receipt."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNAVAILABLE
    default_code: ClassVar[str] = "uncertain"


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent.

    Attributes:
        id: The Message-ID without its brackets; the same for every attempt, so that a server or mailbox can tell a repetition.
        to: One address.
        name: Whose address that is, as mail programs show it.
        body: Plain text; a part in HTML is made from it.
        reply_to: Where answers go, when not to the sender.
        follows: The Message-ID of the mail that this one goes on from, so that both stand in one thread.
        headers: Further headers, such as `List-Unsubscribe`.
    """

    id: str
    to: str
    subject: str
    body: str
    name: str = ""
    reply_to: str = ""
    follows: str | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: _NO_HEADERS)


class MailSender(Protocol):
    """Sends one mail at a time, once: whoever calls decides on another attempt."""

    @property
    def address(self) -> str:
        """Whom mail of this sender is from; Message-IDs end with its host."""
        ...

    async def send(self, mail: Mail) -> None:
        """Return when a server has taken responsibility for the mail.

        Raises:
            Invalid: refused for good; the message says by whom and why.
            Unavailable: not taken, for now.
            Uncertain: it may have been taken.
        """
        ...
