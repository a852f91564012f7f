"""The fake: keeps what is sent, answers as it was told to."""

from collections.abc import Sequence

from setpiece.kernel.clock import now
from setpiece.providers.web.links import parse_link
from setpiece.providers.webhooks.answer import judge
from setpiece.providers.webhooks.port import Message
from setpiece.providers.webhooks.signing import signed_headers


class KeptWebhooks:
    """Delivers into `sent`. The given statuses are answered one after the other, then 200."""

    def __init__(self, statuses: Sequence[int] = ()) -> None:
        self.sent: list[Message] = []
        self.headers: list[dict[str, str]] = []
        self._statuses = list(statuses)

    def check(self, url: str) -> None:
        """Any http(s) URL will do: nothing is called."""
        parse_link(url)

    async def send(self, message: Message) -> None:
        host = parse_link(message.url).host
        signed = signed_headers(message, now())
        self.sent.append(message)
        self.headers.append({name.lower(): value for name, value in message.headers.items()} | signed)
        judge(self._statuses.pop(0) if self._statuses else 200, host)
