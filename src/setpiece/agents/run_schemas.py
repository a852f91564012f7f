"""What the requests of all agent runs have in common."""

from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from setpiece.library.schemas import OId, Sent

Short = Annotated[str, Field(max_length=500)]
Long = Annotated[str, Field(max_length=20_000)]


class KeptFields(Sent):
    """Under which name a run is kept, and how much it tells."""

    requestId: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Names the run; yours or ours"
    )
    includeFullAnnotation: bool = False
    dryRun: bool = Field(
        False, description="Answer the plan: what would be chosen, used and charged. Nothing is kept (ours)"
    )


class RunFields(KeptFields):
    """Which agent runs."""

    agentOId: OId | None = None
    experimentOId: OId | None = None

    @model_validator(mode="after")
    def _one_agent(self) -> "RunFields":
        if self.agentOId and self.experimentOId:
            raise ValueError("takes agentOId or experimentOId, not both")
        return self


class CompanyFields(RunFields):
    """A company, from any part of what is known of it."""

    companyDomain: Short | None = Field(None, examples=["example.com"])
    companyName: Short | None = None
    crmAccountId: Short | None = None


class PersonFields(CompanyFields):
    """A person, from any part of what is known of them."""

    email: Short | None = Field(None, examples=["john.doe@example.com"])
    firstName: Short | None = None
    lastName: Short | None = None
    jobTitle: Short | None = None
    linkedInProfile: Short | None = None
    crmContactId: Short | None = None
    crmLeadId: Short | None = None


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
