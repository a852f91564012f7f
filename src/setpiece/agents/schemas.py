"""Request bodies for saved agents and experiments."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from setpiece.agents.llm_choice import LlmSettings
from setpiece.agents.model import AgentType, RunStrategy
from setpiece.library.schemas import Name, OId, Sent, Text, Texts

OIds = Annotated[list[OId], Field(max_length=200)]
Model = Literal["NOTE", "PULSE", "ECHO", "HARMONY", "CHORUS", "SYMPHONY"]
Tone = Literal["plain", "formal", "casual", "friendly", "direct"]
Length = Literal["SHORT", "MEDIUM", "LONG", "MIXED"]
SequenceType = Literal["COLD_OUTBOUND", "WARM_OUTBOUND", "INBOUND", "CUSTOM", "CVI_WHY_CHANGE", "BARE_METAL"]
Goal = Literal[
    "INITIATE_CONVERSATION",
    "SCHEDULE_MEETING",
    "REQUEST_INTRODUCTION",
    "ASK_FOR_FEEDBACK",
    "FIND_TIME_TO_CONNECT",
    "POLITELY_DISENGAGE",
    "SMART_CTA",
]


class SenderSettings(Sent):
    """Who signs the emails (ours)."""

    name: Text | None = None
    title: Text | None = None
    company: Text | None = None
    signOff: Text | None = Field(None, examples=["Best,"])


class SequenceSettings(BaseModel):
    """How the sequence agent writes; further settings are kept and shown."""

    model_config = ConfigDict(extra="allow")

    numEmails: Annotated[int, Field(ge=1, le=7)] | None = Field(None, examples=[3])
    sequenceType: SequenceType | None = None
    tone: Tone | None = None
    length: Length | None = None
    goal: Goal | None = Field(None, description="What each email asks for")
    sender: SenderSettings | None = None
    generateUniqueSubjectLines: bool | None = None
    includePs: bool | None = Field(None, description="Close the last email with a postscript")
    useTemplates: bool | None = Field(
        None, description="Fill the playbook's own templates where there are any"
    )
    sequenceCustomInstructions: Text | None = None

    @field_validator("tone", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value


class AgentFields(Sent):
    """What an agent can be set to; the same for create and update."""

    model: Model | None = Field(None, description="Kept and shown; a language model is named in data.llm")
    productOId: OId | None = Field(None, description="Always sell this")
    serviceOId: OId | None = Field(None, description="Another name of productOId")
    playbookOId: OId | None = Field(None, description="Always use this playbook")
    personaOIds: OIds | None = Field(None, description="Choose among these only")
    useCaseOIds: OIds | None = None
    segmentOIds: OIds | None = Field(None, description="Choose among these only")
    competitorOIds: OIds | None = None
    referenceOIds: OIds | None = Field(None, description="Use these references only")
    proofPointOIds: OIds | None = Field(None, description="Use these proof points only")
    enableBrandVoice: bool | None = None
    enableWebSearch: bool | None = Field(
        None, description="Lets an enrichment read the company's own page; without effect on other agents"
    )
    webSearchInstructions: Text | None = None
    enableCrmActivity: bool | None = None
    crmActivityInstructions: Text | None = None
    enableHighEffortMode: bool | None = None
    sequenceSettings: SequenceSettings | None = None
    stepPatches: dict[str, dict[str, Any]] | None = Field(
        None,
        description="Settings of single emails, by step from '1'",
        examples=[{"1": {"instructions": "no ps"}}],
    )
    callPrepMethodology: (
        Literal[
            "BANT", "SPIN", "CHAMP", "MEDDIC", "SANDLER", "CHALLENGER", "AIDA", "NEAT", "SPICED", "WHY_CHANGE"
        ]
        | None
    ) = None
    instructions: Text | None = None
    examples: Texts | None = None
    outputFormat: Literal["JSON", "TEXT", "HTML", "MARKDOWN"] | None = None
    jsonSchemaInstructions: Text | None = None
    data: dict[str, Any] | None = Field(
        None,
        description="Kept and shown as it is. `llm` is read: `{provider, model}`, where `embedded` stays with the embedded "
        "writer and `model` is one that the operator allows",
    )

    @model_validator(mode="after")
    def _one_offering(self) -> "AgentFields":
        if self.productOId and self.serviceOId:
            raise ValueError("takes productOId or serviceOId, not both")
        return self

    @field_validator("data")
    @classmethod
    def _llm(cls, data: dict[str, Any] | None) -> dict[str, Any] | None:
        if data and data.get("llm") is not None:
            data["llm"] = LlmSettings.model_validate(data["llm"]).model_dump(exclude_none=True)
        return data

    @field_validator("stepPatches")
    @classmethod
    def _steps(cls, patches: dict[str, dict[str, Any]] | None) -> dict[str, dict[str, Any]] | None:
        for step in patches or ():
            if step not in {"1", "2", "3", "4", "5", "6", "7"}:
                raise ValueError(f"has a step '{step[:20]}'; steps are '1' to '7'")
        return patches


class AgentCreate(AgentFields):
    name: Name = Field(examples=["Outbound, three emails"])
    description: Text = Field("", examples=["For cold lists"])
    type: AgentType


class AgentUpdate(AgentFields):
    oId: OId
    name: Name | None = None
    description: Text | None = None


class ExperimentWeight(Sent):
    oId: OId
    weight: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class ExperimentCreate(Sent):
    name: Name
    agentType: AgentType
    runStrategy: RunStrategy
    agentOIds: Annotated[list[OId], Field(min_length=1, max_length=20)]
    description: Text | None = None
    weights: Annotated[list[ExperimentWeight], Field(max_length=20)] | None = Field(
        None, description="For WEIGHTED: one for each agent; an agent without one weighs 1"
    )
