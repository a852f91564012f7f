"""The port: one message to somebody's webhook, and what sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Scheme(StrEnum):
    """How a message is signed: by Standard Webhooks, or as the contract of the reports surface has it."""

    STANDARD = "standard"
    CONDUIT = "conduit"


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent.

    Attributes:
        id: Sent as `webhook-id`. The same for every attempt, so that a receiver can tell a repetition.
        url: Where to.
        payload: The body, JSON in UTF-8.
        secret: What it is signed with, `whsec_` and base64.
        headers: Further headers.
        scheme: How it is signed.
        former_secret: Signs too, where the scheme has room for two; None when the secret was not changed lately.
    """

    id: str
    url: str
    payload: bytes
    secret: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: _NO_HEADERS)
    scheme: Scheme = Scheme.STANDARD
    former_secret: str | None = field(default=None, repr=False)


class WebhookSender(Protocol):
    """Sends one message at a time, once: whoever calls decides on another attempt."""

    def check(self, url: str) -> None:
        """Pass when the URL may be called as far as can be said without asking anybody.

        Raises:
            Invalid: not the http(s) URL of a public host.
        """
        ...

    async def send(self, message: Message) -> None:
        """Deliver it: return when the receiver answered with a 2xx status.

        Raises:
            Invalid: there is no use in another attempt: the URL may not be called, or the answer was 410 (Gone).
            Unavailable: no answer, or another status; the message says which.
        """
        ...
