"""What requests say about webhooks."""

from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from setpiece.events.headers import copied
from setpiece.events.model import ALL
from setpiece.jobs.model import Callback

LONGEST_URL = 2048
Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_URL)]
_DESCRIPTION = Field(
    "", max_length=255, description="What it is for; shown in lists", examples=["CRM of the sales team"]
)
_WANTED = "Types of events, `report.*` for all that begin so, `*` for all"


class JobWebhook(BaseModel):
    """`webhook` of a request for a job: who is told how it ended."""

    url: Url = Field(description="Where the event is sent to", examples=["https://example.com/hooks/reports"])
    headers: dict[str, str] | None = Field(
        None,
        description="Sent along; not `host`, `content-length`, `conduit-signature` and those of a connection",
        examples=[{"X-Tenant": "example"}],
    )

    def callback(self, check: Callable[[str], None]) -> Callback:
        """What the job is given; `check` is that of the `WebhookSender`.

        Raises:
            Invalid: the URL may not be called, or a header cannot be sent.
        """
        check(self.url)
        return Callback(self.url, copied(self.headers or {}))


class EndpointCreate(BaseModel):
    url: Url = Field(description="Where events are sent to", examples=["https://example.com/hooks/setpiece"])
    events: list[str] = Field(
        default_factory=lambda: [ALL],
        min_length=1,
        max_length=50,
        description=_WANTED,
        examples=[["report.*", "file.failed"]],
    )
    description: str = _DESCRIPTION


class EndpointUpdate(BaseModel):
    url: Url | None = Field(None, description="Where events are sent to from now on")
    events: list[str] | None = Field(None, min_length=1, max_length=50, description=_WANTED)
    description: str | None = Field(None, max_length=255)
    enabled: StrictBool | None = Field(None, description="Whether events are sent there")
