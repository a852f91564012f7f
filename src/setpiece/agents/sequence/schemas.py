"""The request of a sequence run: every field of the contract, each optional."""

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from setpiece.library.schemas import OId, Sent

Short = Annotated[str, Field(max_length=500)]
Long = Annotated[str, Field(max_length=20_000)]
STEPS = ("all", "1", "2", "3", "4", "5", "6", "7")


class Pinned(Sent):
    oId: OId


class CustomContext(Sent):
    """Choices taken away from the agent; product and service are two names of the offering."""

    playbook: Pinned | None = None
    product: Pinned | None = None
    service: Pinned | None = None
    persona: Pinned | None = None
    segment: Pinned | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _unset(cls, value: Any) -> Any:
        """An entity with an empty id is not pinned: clients send the whole object with ''."""
        return None if isinstance(value, dict) and not value.get("oId") else value

    @model_validator(mode="after")
    def _one_offering(self) -> "CustomContext":
        if self.product and self.service:
            raise ValueError("takes a product or a service, not both")
        return self


def _by_step(value: Any) -> Any:
    """A plain text counts as `all`; numbers as keys, and texts for steps that are empty, are tidied."""
    if isinstance(value, str):
        return {"all": value}
    if not isinstance(value, dict):
        return value
    for step in value:
        if step not in STEPS:
            raise ValueError(f"has a key '{str(step)[:20]}'; use 'all' and the steps '1' to '7'")
    return {step: text for step, text in value.items() if text not in (None, "")}


class SequenceRun(Sent):
    """Who to write to, what is known, and how to write."""

    email: Short | None = Field(None, examples=["john.doe@example.com"])
    firstName: Short | None = None
    lastName: Short | None = None
    jobTitle: Short | None = None
    companyDomain: Short | None = Field(None, examples=["example.com"])
    companyName: Short | None = None
    linkedInProfile: Short | None = None
    crmContactId: Short | None = None
    crmLeadId: Short | None = None
    crmAccountId: Short | None = None
    lang: Short | None = Field(None, description="The embedded writer writes English and says so for others")
    requestId: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Names the run; yours or ours"
    )
    outputFormat: Literal["text", "html", "markdown"] = "text"
    runtimeContext: dict[str, Long] | None = Field(
        None, description="Facts: 'all', and '1' to '7' for single emails"
    )
    runtimeInstructions: dict[str, Long] | None = Field(None, description="Behaviour: 'all', and '1' to '7'")
    playbookSelectionContext: Long | None = Field(None, description="Steers the choice of the playbook only")
    customContext: CustomContext | None = None
    agentOId: OId | None = None
    experimentOId: OId | None = None
    includeFullAnnotation: bool = False

    _steps = field_validator("runtimeContext", "runtimeInstructions", mode="before")(_by_step)

    @field_validator("outputFormat", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_agent(self) -> "SequenceRun":
        if self.agentOId and self.experimentOId:
            raise ValueError("takes agentOId or experimentOId, not both")
        return self
