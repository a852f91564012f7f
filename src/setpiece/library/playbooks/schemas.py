"""Request bodies of the playbook operations."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from setpiece.library.playbooks.model import OLDER_TYPES, PlaybookType, Status, UseMode
from setpiece.library.schemas import (
    CustomField,
    Name,
    OId,
    QualifyingQuestion,
    Sent,
    Text,
    Texts,
    TextsByLabel,
)

OIds = Annotated[list[OId], Field(max_length=200)]


def _current_type(value: Any) -> Any:
    return OLDER_TYPES.get(value, value) if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Type = Annotated[PlaybookType, BeforeValidator(_current_type)]
TextOrTexts = Annotated[Texts, BeforeValidator(_as_list, json_schema_input_type=Texts | Text)]


class ContextSource(Sent):
    """Further material for what is generated: a text, or a public page that is read once."""

    type: Literal["URL", "TEXT"]
    value: Annotated[str, Field(min_length=1, max_length=200_000)] = Field(
        examples=["Teams under audit buy faster."]
    )


class PlaybookCreate(Sent):
    """A playbook to be made. Nothing is required while the workspace has one offering."""

    productOId: OId | None = Field(None, description="The product or service that is sold")
    name: Name | None = Field(None, description="Made from the offering and its target when absent")
    description: Text | None = Field(None, description="What the play is about")
    keyInsight: TextOrTexts | None = Field(None, description="What the buyer has not seen yet")
    type: Type | None = Field(
        None, description="COMPETITIVE with a competitor, SECTOR with a segment, else SOLUTION when absent"
    )
    context: Text | None = Field(None, description="Picks the personas and use cases when none are given")
    personaOIds: OIds | None = None
    useCaseOIds: OIds | None = None
    competitorOId: OId | None = Field(None, description="Makes it a play against this competitor")
    segmentOId: OId | None = Field(None, description="Makes it a play for this kind of company")
    proofPointOIds: OIds | None = None
    referenceOIds: OIds | None = None
    createTemplates: bool = Field(False, description="Also make emails with placeholders for each persona")
    status: Status = Status.ACTIVE
    referenceMode: UseMode = UseMode.SPECIFIC
    proofPointMode: UseMode | None = Field(
        None, description="none when absent, but specific when proof points are given"
    )
    additionalContextSources: Annotated[list[ContextSource], Field(max_length=10)] | None = None
    in_background: bool = Field(
        False,
        alias="async",
        description="Answer at once with a request id, and make the playbook in the background",
    )


class PlaybookUpdate(Sent):
    """Only what is given changes; `data` fields are merged one by one."""

    oId: OId
    clear: list[str] | None = Field(None, description="Names of fields to empty")
    name: Name | None = None
    internalName: Text | None = None
    description: Text | None = None
    active: bool | None = None
    qualifyingQuestions: Annotated[list[QualifyingQuestion], Field(max_length=100)] | None = None
    explanation: Text | None = None
    attributes: TextsByLabel | None = None
    keyInsight: TextOrTexts | None = None
    approachAngle: TextOrTexts | None = None
    strategicNarrative: TextOrTexts | None = None
    exampleDomains: Texts | None = None
    exampleDescription: Text | None = None
    customFields: Annotated[list[CustomField], Field(max_length=200)] | None = None
    icpConcerns: Texts | None = None
    icpPriorities: Texts | None = None
    statusQuo: Texts | None = None
    differentiatedValue: Texts | None = None
    type: Type | None = None
    status: Status | None = None
    referenceMode: UseMode | None = None
    proofPointMode: UseMode | None = None
    personaOIds: OIds | None = None
    useCaseOIds: OIds | None = None
    proofPointOIds: OIds | None = None
    referenceOIds: OIds | None = None
    competitorOId: OId | None = None
    segmentOId: OId | None = None


class ValuePropContent(Sent):
    title: Name = Field(examples=["Every claim names its library field"])
    details: Text = Field(
        "", examples=["Nobody can say what was promised. Every claim names its library field."]
    )
    evidence: Texts = Field(default_factory=list)


class ValuePropAdd(Sent):
    playbookOId: OId
    personaOId: OId = Field(description="Has to be one of the playbook's personas")
    valueProps: Annotated[list[ValuePropContent], Field(min_length=1, max_length=50)]


class ValuePropUpdate(Sent):
    oId: OId
    title: Name | None = None
    details: Text | None = None
    evidence: Texts | None = None
