"""The request of a headless run."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, field_validator, model_validator

from setpiece.agents.async_schemas import CallbackUrl
from setpiece.agents.run_schemas import KeptFields, Long, Short
from setpiece.agents.schemas import Goal, Length, SenderSettings, SequenceType, Tone
from setpiece.agents.sequence.schemas import Step, by_step
from setpiece.library.schemas import OId, Sent

Required = Annotated[str, Field(min_length=1, max_length=500)]
Facts = Annotated[list[Annotated[str, Field(max_length=2_000)]], Field(max_length=100)]


class HeadlessSequence(Sent):
    """How many emails, and how they are written."""

    steps: Annotated[int, Field(ge=1, le=7)] = Field(description="Emails", examples=[3])
    length: Length = "MIXED"
    type: SequenceType = Field(
        "COLD_OUTBOUND",
        description="CVI_WHY_CHANGE and BARE_METAL are written as COLD_OUTBOUND, and it is said",
    )
    primaryGoal: Goal = Field(
        "INITIATE_CONVERSATION", description="SMART_CTA asks as INITIATE_CONVERSATION does"
    )
    tone: Tone | None = None
    language: Short | None = Field(
        None, description="The embedded writer writes English and says so for others"
    )
    outputFormat: Literal["text", "html", "markdown"] = "text"
    customInstructions: Long | None = None

    @field_validator("tone", "outputFormat", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("length", "type", "primaryGoal", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value


class HeadlessOffering(Sent):
    """What is sold. Its page is read; what is given here goes before it."""

    url: Required = Field(examples=["https://example.com/product"])
    name: Required = Field(examples=["Example product"])
    kind: Literal["product", "service"] = "product"
    description: Long | None = None
    statusQuo: Facts = Field(default_factory=list)
    challengesAddressed: Facts = Field(default_factory=list)
    capabilities: Facts = Field(default_factory=list)
    differentiatedValue: Facts = Field(default_factory=list)
    customerBenefits: Facts = Field(default_factory=list)
    proofPoints: Facts = Field(default_factory=list)


class HeadlessRecipient(Sent):
    """Who is written to."""

    firstName: Required = Field(examples=["Example"])
    companyName: Required = Field(examples=["Example Corp"])
    companyDomain: Required = Field(examples=["example.com"])
    lastName: Short | None = None
    email: Short | None = None
    jobTitle: Short | None = None
    linkedInProfile: Short | None = None
    painPoints: Facts = Field(default_factory=list)
    keyObjectives: Facts = Field(default_factory=list)


class HeadlessOptions(KeptFields):
    """What may be given beside the three parts."""

    sender: SenderSettings | None = Field(None, description="Who signs (ours)")
    runtimeContext: dict[str, Long] | None = Field(
        None, description="Facts: 'all', and '1' to '7' for single emails"
    )
    runtimeInstructions: dict[str, Long] | None = Field(None, description="Behaviour: 'all', and '1' to '7'")

    _steps = field_validator(
        "runtimeContext",
        "runtimeInstructions",
        mode="before",
        json_schema_input_type=dict[Step, Long] | Long | None,
    )(by_step)


class HeadlessRun(HeadlessOptions):
    sequence: HeadlessSequence
    offering: HeadlessOffering
    recipient: HeadlessRecipient


class AsyncHeadlessRun(HeadlessOptions):
    """The same in the background. An older form, `agentOId` with `inputs`, runs that agent."""

    model_config = ConfigDict(extra="allow")

    callbackUrl: CallbackUrl = Field(
        description="Is told the result", examples=["https://example.com/hooks/setpiece"]
    )
    sequence: HeadlessSequence | None = Field(None, description="Required without agentOId")
    offering: HeadlessOffering | None = Field(None, description="Required without agentOId")
    recipient: HeadlessRecipient | None = Field(None, description="Required without agentOId")
    agentOId: OId | None = Field(None, description="Runs this saved agent instead, with its own fields")

    @model_validator(mode="after")
    def _parts(self) -> "AsyncHeadlessRun":
        missing = [name for name in ("sequence", "offering", "recipient") if getattr(self, name) is None]
        if missing and not self.agentOId:
            raise ValueError(f"needs {', '.join(repr(name) for name in missing)}")
        return self

    @property
    def fields(self) -> dict[str, Any]:
        """The body without what is said about the delivery."""
        return self.model_dump(exclude={"callbackUrl"}, exclude_unset=True, exclude_none=True)
