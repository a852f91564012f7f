"""A file of labelled cases: who somebody is, and which persona and playbook are right for them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from setpiece.agents.run_schemas import Long, Short
from setpiece.kernel.errors import Invalid
from setpiece.kernel.field_problems import findings, sentence
from setpiece.matching.model import Kind, Prospect

MOST_CASES = 5_000
Split = Literal["develop", "report"]
WhichSplit = Literal["develop", "report", "all"]


class _Strict(BaseModel):
    """Unlike a request: a label that is misspelt would be judged as if it were not there."""

    model_config = ConfigDict(extra="forbid")


class GivenProspect(BaseModel):
    """What is known, in the field names of a run and of an enriched company. Other fields are left out."""

    model_config = ConfigDict(extra="ignore")

    jobTitle: Short | None = None
    companyName: Short | None = None
    companyDomain: Short | None = None
    industry: Short | None = None
    employeeCount: int | Short | None = None
    companySize: int | Short | None = None
    location: Short | None = None
    companyFacts: Long | None = None
    runtimeContext: Long | dict[str, Long] | None = None
    playbookSelectionContext: Long | None = None

    def prospect(self) -> Prospect:
        size, told = self.companySize or self.employeeCount, self.runtimeContext
        if isinstance(told, dict):
            told = "\n".join(text for _, text in sorted(told.items()))
        return Prospect(
            job_title=self.jobTitle,
            company_name=self.companyName,
            company_domain=self.companyDomain,
            industry=self.industry,
            company_size=str(size) if size else None,
            location=self.location,
            company_facts=self.companyFacts,
            runtime_context=told,
            selection_context=self.playbookSelectionContext,
        )


class Expected(_Strict):
    """The right label of each kind that the case says something of; `also` are personas that are as right."""

    persona: Short | None = None
    also: Annotated[list[Short], Field(max_length=20)] = Field(default_factory=list)
    playbook: Short | None = None
    offering: Short | None = None
    segment: Short | None = None

    @model_validator(mode="after")
    def _something(self) -> "Expected":
        if not any((self.persona, self.playbook, self.offering, self.segment)):
            raise ValueError("must name a persona, a playbook, an offering or a segment")
        return self


class Case(_Strict):
    """One prospect with the labels that are right; a label is a key of the library, an oId or a name."""

    id: Short
    split: Split = "report"
    prospect: GivenProspect
    expect: Expected
    tags: list[Short] = Field(default_factory=list, max_length=50)
    note: Long | None = None

    def labels(self, kind: Kind) -> tuple[str, ...]:
        """The labels that are right for a kind; empty when the case says nothing of it."""
        told: str | None = getattr(self.expect, kind.value)
        also = self.expect.also if kind is Kind.PERSONA else []
        return (told, *also) if told else ()


class Cases(_Strict):
    """The file. `library` is the path of a library file beside it; a workspace is judged without one."""

    setpiece_eval: Literal[1] = 1
    library: Short | None = None
    cases: list[Case] = Field(min_length=1, max_length=MOST_CASES)

    @model_validator(mode="after")
    def _ids_once(self) -> "Cases":
        seen: set[str] = set()
        for one in self.cases:
            if one.id in seen:
                raise ValueError(f"has two cases with the id '{one.id[:60]}'")
            seen.add(one.id)
        return self

    def of(self, split: WhichSplit) -> list[Case]:
        return [one for one in self.cases if split in ("all", one.split)]


def read_cases(content: Any) -> Cases:
    """The cases of a parsed file.

    Raises:
        Invalid: it is no such file; the message names the first place that is wrong.
    """
    if not isinstance(content, dict):
        raise Invalid(
            "A file of cases is an object with 'setpiece_eval: 1' and 'cases'.", code="invalid_cases"
        )
    try:
        return Cases.model_validate(content)
    except ValidationError as problem:
        raise Invalid(f"{sentence(findings(problem)[0])}.", code="invalid_cases") from problem
