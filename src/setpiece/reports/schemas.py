"""What a request for a report says. Source: reports-v1, `POST /v1/reports/jobs`, and seed 004."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from setpiece.events.schemas import JobWebhook
from setpiece.reports.targets.schemas import TargetSelector
from setpiece.reports.writing import Template

LONGEST_LABEL = 64
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LABEL)]
_LABEL_HELP = "1 to 64 characters; spaces around it do not count"


class ReportMedia(BaseModel):
    mediaId: str = Field(description="A file of this workspace; it need not be processed yet", min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _is_uploaded(cls, given: Any) -> Any:
        if isinstance(given, dict) and "url" in given:
            raise ValueError("takes a 'mediaId' and no 'url': upload the recording to /v1/files first")
        return given


class ReportOutput(BaseModel):
    """The one part of the request in which nothing unknown may stand."""

    model_config = ConfigDict(extra="forbid")

    template: Template
    templateParams: dict[str, Any] | None = Field(
        None,
        description="Kept with the request. The templates have no parameters of their own; `offeringOId` (ours) names the product "
        "or service that the call is about, from whose library entries answers to needs and doubts are taken",
    )


class ReportRequest(BaseModel):
    """Unknown names beside these are ignored: the official clients send some that the published schema does not have."""

    media: ReportMedia
    output: ReportOutput
    target: TargetSelector = Field(description="Which speaker the report is about")
    label: Label | None = Field(
        None,
        description=f"{_LABEL_HELP}; by default the template and the day",
        examples=["Call with Example Corp"],
    )
    entityLabel: Label | None = Field(
        None, description=f"{_LABEL_HELP}; what the entity is called from then on, in place of its own label"
    )
    language: Literal["en", "es", "pt"] | None = Field(
        None,
        description="Of the report; by default that of the call, or English when the call is in neither of them",
    )
    webhook: JobWebhook | None = Field(None, description="Who is told how the job ended")
    idempotencyKey: str | None = Field(
        None, description="As the header `Idempotency-Key`, before which it goes"
    )

    def asked(self) -> dict[str, Any]:
        """What is kept: what the report depends on, as it was sent."""
        kept: dict[str, Any] = self.model_dump(
            mode="json", include={"output", "target", "label", "entityLabel", "language"}, exclude_none=True
        )
        return kept
