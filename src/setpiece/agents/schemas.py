"""Request bodies for saved agents and experiments."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from setpiece.agents.llm_choice import LlmSettings
from setpiece.agents.model import AgentType, RunStrategy, read_grades
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


Bounds = Annotated[list[Annotated[int, Field(ge=1, le=400)]], Field(min_length=2, max_length=2)]


class WordBounds(Sent):
    """Fewest and most words of an email, by length (ours)."""

    SHORT: Bounds | None = Field(None, examples=[[30, 60]])
    MEDIUM: Bounds | None = Field(None, examples=[[50, 90]])
    LONG: Bounds | None = Field(None, examples=[[80, 140]])

    @field_validator("*")
    @classmethod
    def _rising(cls, value: list[int] | None) -> list[int] | None:
        return _risen(value)


class CraftSettings(Sent):
    """The bounds of an email (ours); what is left open keeps the default, which is what senders measured to work."""

    words: WordBounds | None = None
    sentenceWords: Annotated[int, Field(ge=8, le=60)] | None = Field(
        None, description="Most words of a sentence", examples=[24]
    )
    subjectWords: Bounds | None = Field(
        None, description="Fewest and most words of a subject", examples=[[2, 6]]
    )

    @field_validator("subjectWords")
    @classmethod
    def _rising(cls, value: list[int] | None) -> list[int] | None:
        return _risen(value)


def _risen(value: list[int] | None) -> list[int] | None:
    if value is not None and value[0] > value[1]:
        raise ValueError(f"has the bounds {value}; the first must not be above the second")
    return value


class EmailSettings(BaseModel):
    """How an email is written: for all emails in `sequenceSettings`, for a single one in `stepPatches`."""

    model_config = ConfigDict(extra="allow")

    tone: Tone | None = None
    length: Length | None = None
    readingLevel: Annotated[int, Field(ge=1, le=16)] | Text | None = Field(
        None, description="School grade to stay under, such as 6, or a range such as '3-6'", examples=["3-6"]
    )
    primaryGoal: Goal | None = Field(
        None, description="What each email asks for; SMART_CTA lets each job choose"
    )
    goal: Goal | None = Field(None, description="Another name of primaryGoal")
    greeting: Text | None = Field(
        None,
        description="'Dear', or a line with {{firstName}}; empty for none",
        examples=["Dear {{firstName}},"],
    )
    sender: SenderSettings | None = None
    subject: Text | None = Field(None, description="Used as it is")
    cta: Text | None = Field(None, description="The ask, used as it is")
    includePs: bool | None = Field(None, description="Add a postscript")
    craft: CraftSettings | None = None

    @field_validator("tone", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("readingLevel")
    @classmethod
    def _grades(cls, value: int | str | None) -> int | str | None:
        if value is not None and read_grades(value) is None:
            raise ValueError(
                f"is '{str(value)[:40]}'; use a school grade such as 6, or a range such as '3-6'"
            )
        return value


class SequenceSettings(EmailSettings):
    """How the sequence agent writes; further settings are kept and shown."""

    numEmails: Annotated[int, Field(ge=1, le=7)] | None = Field(None, examples=[3])
    sequenceType: SequenceType | None = None
    generateUniqueSubjectLines: bool | None = None
    applyCtaToAllEmails: bool | None = Field(None, description="The first email's ask in every email")
    applySubjectToAllEmails: bool | None = Field(
        None, description="The first email's subject on every email, as in a thread"
    )
    useTemplates: bool | None = Field(
        None, description="Fill the playbook's own templates where there are any"
    )
    sequenceTypeCustomInstructions: Text | None = Field(
        None, description="Instructions of the type CUSTOM; read as sequenceCustomInstructions are"
    )
    sequenceCustomInstructions: Text | None = None


class StepPatch(EmailSettings):
    """What is different about one email."""

    instructions: Text | None = None


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
    stepPatches: dict[str, StepPatch] | None = Field(
        None,
        description="Settings of single emails, by step from '1'; they are merged into the sequence's",
        examples=[{"1": {"tone": "direct", "instructions": "no ps"}}],
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
    def _steps(cls, patches: dict[str, StepPatch] | None) -> dict[str, StepPatch] | None:
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
