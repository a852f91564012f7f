"""What requests say about executed runs."""

from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints, field_validator

from setpiece.kernel.errors import Invalid
from setpiece.programs.execution.model import Approval, Channel, OptOut
from setpiece.providers.mail.message import one_address

_OID = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
MOST_FOLLOW_UPS = 6
"""A sequence has seven emails at most."""
Days = Annotated[StrictInt, Field(ge=1, le=90)]


class Delivery(BaseModel):
    """How messages go out, and how many. In a spec it stands as `xDelivery`; what a run says goes before it."""

    model_config = ConfigDict(extra="forbid")

    channel: Channel = Field(
        Channel.EXPORT,
        description="`export`: approved messages are taken as a file; `webhook`: each is sent to an endpoint; `smtp`: mail is sent",
    )
    approval: Approval = Field(
        Approval.REQUIRED,
        description="`required`: a person says yes to each message; `auto`: nobody is asked",
    )
    endpointId: _OID | None = Field(
        None,
        description="For `webhook`: an endpoint of /v1/webhooks/endpoints",
        examples=["whe_0AbCdEfGhIjKlMnOpQrStU"],
    )
    replyTo: str | None = Field(
        None, max_length=254, description="For `smtp`: where answers go", examples=["team@example.com"]
    )
    optOut: OptOut = Field(
        OptOut.LINE,
        description="For `smtp`: `line`: each mail ends with how to get no more of them; `none`: your text says so itself",
    )
    followUpDays: list[Days] = Field(
        default_factory=lambda: [3, 7],
        max_length=MOST_FOLLOW_UPS,
        description="For `smtp`: after how many days from the first email the second goes, and so on; [] sends the first only",
    )
    dailyCap: StrictInt | None = Field(
        None, ge=1, le=100_000, description="Messages of the playbook in a day (UTC), over all its runs"
    )
    budget: StrictInt | None = Field(
        None, ge=0, le=10_000_000, description="Credits that qualifying and writing may use; two for a lead"
    )
    minScore: float | None = Field(
        None, ge=1, le=10, description="Leads that qualify with less are not written to"
    )
    agentOId: _OID | None = Field(
        None, description="A saved sequence agent; the workspace's own when left out"
    )

    @field_validator("replyTo")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        try:
            return one_address(value).addr_spec if value else None
        except Invalid as wrong:
            raise ValueError(wrong.message) from wrong

    @field_validator("followUpDays")
    @classmethod
    def _grow(cls, value: list[int]) -> list[int]:
        if any(later <= earlier for earlier, later in pairwise(value)):
            raise ValueError(
                "counts each day from the first email, so every number is larger than the one before"
            )
        return value


class EmailText(BaseModel):
    model_config = ConfigDict(extra="forbid")

    subject: str = Field("", max_length=500)
    body: str = Field(min_length=1, max_length=20_000)


class Decision(BaseModel):
    """Which messages are meant: some, or all that wait."""

    model_config = ConfigDict(extra="forbid")

    messageIds: list[_OID] | None = Field(None, min_length=1, max_length=5000)
    all: StrictBool = False


class Edit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    emails: list[EmailText] = Field(min_length=1, max_length=MOST_FOLLOW_UPS + 1)


class Settlement(BaseModel):
    model_config = ConfigDict(extra="forbid")

    arrived: StrictBool = Field(description="Whether the message arrived; false lets it be sent again")


class Throw(BaseModel):
    model_config = ConfigDict(extra="forbid")

    on: StrictBool
    reason: str = Field("", max_length=500)
