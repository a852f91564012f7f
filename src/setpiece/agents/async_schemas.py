"""Requests for runs that nobody waits for."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from setpiece.library.schemas import OId, Sent

CallbackUrl = Annotated[str, Field(min_length=1, max_length=2000)]


class AsyncRun(Sent):
    """Which agent, whom to tell, and the fields of that agent's own run, at the top level or under `inputs`."""

    model_config = ConfigDict(extra="allow")

    agentOId: OId | None = Field(None, description="The agent; or else experimentOId")
    experimentOId: OId | None = Field(None, description="Chooses the agent; the answer names it")
    callbackUrl: CallbackUrl | None = Field(
        None, description="Is told the result; without it, ask for the status"
    )

    @model_validator(mode="after")
    def _one_agent(self) -> "AsyncRun":
        if bool(self.agentOId) is bool(self.experimentOId):
            raise ValueError("needs agentOId or experimentOId, and not both")
        return self

    @property
    def fields(self) -> dict[str, Any]:
        """The body of the agent's own run."""
        return self.model_dump(exclude={"callbackUrl"}, exclude_unset=True, exclude_none=True)
