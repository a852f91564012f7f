"""A file of written calls and hints, each with the speaker who is meant."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from setpiece.kernel.errors import Invalid
from setpiece.kernel.field_problems import findings, sentence
from setpiece.reports.targets.evaluation.transcripts import Transcript
from setpiece.reports.targets.schemas import LONGEST_HINT

MOST_CASES = 2_000
MOST_TRANSCRIPTS = 200
Split = Literal["develop", "report"]
WhichSplit = Literal["develop", "report", "all"]
Expected = Annotated[int, Field(ge=0, le=50)] | Literal["none"]


class _Strict(BaseModel):
    """A label that is misspelt would be judged as if it were not there."""

    model_config = ConfigDict(extra="forbid")


class Case(_Strict):
    """A hint, and the speaker it means; `none` when nobody on the call is meant, or nothing may be concluded."""

    id: Annotated[str, Field(min_length=1, max_length=100)]
    split: Split = "report"
    transcript: Annotated[str, Field(min_length=1, max_length=100)]
    hint: Annotated[str, Field(min_length=1, max_length=LONGEST_HINT)]
    expect: Expected
    also: list[Expected] = Field(default_factory=list, max_length=10)

    @property
    def right(self) -> tuple[int | None, ...]:
        """The answers that are right; None is a miss."""
        return tuple(None if one == "none" else one for one in (self.expect, *self.also))


class Cases(_Strict):
    setpiece_targets: Literal[1] = 1
    transcripts: Annotated[list[Transcript], Field(min_length=1, max_length=MOST_TRANSCRIPTS)]
    cases: Annotated[list[Case], Field(min_length=1, max_length=MOST_CASES)]

    @model_validator(mode="after")
    def _what_is_named_exists(self) -> "Cases":
        transcripts = [one.id for one in self.transcripts]
        for names, what in ((transcripts, "transcripts"), ([one.id for one in self.cases], "cases")):
            if twice := next((one for one in names if names.count(one) > 1), None):
                raise ValueError(f"has two {what} with the id '{twice}'")
        if unknown := next((one for one in self.cases if one.transcript not in transcripts), None):
            raise ValueError(f"has no transcript '{unknown.transcript}', which case '{unknown.id}' names")
        return self

    def of(self, split: WhichSplit) -> list[Case]:
        return [one for one in self.cases if split in ("all", one.split)]


def read_target_cases(content: Any) -> Cases:
    """The cases of a parsed file.

    Raises:
        Invalid: it is no such file; the message names the first place that is wrong.
    """
    if not isinstance(content, dict):
        raise Invalid("A file of hints is an object with 'transcripts' and 'cases'.", code="invalid_cases")
    try:
        return Cases.model_validate(content)
    except ValidationError as problem:
        raise Invalid(f"{sentence(findings(problem)[0])}.", code="invalid_cases") from problem
