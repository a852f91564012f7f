"""What a context run and a context search are asked with."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from setpiece.agents.run_schemas import Long, RunFields, Short
from setpiece.library.schemas import Sent

MOST_DOCUMENTS = 100
USUAL_DOCUMENTS = 10
Query = Annotated[
    str, Field(min_length=1, max_length=20_000, examples=["How do we answer a security review?"])
]


class AboutPerson(Sent):
    firstName: Short | None = None
    lastName: Short | None = None
    title: Short | None = Field(None, examples=["Head of Security"])
    email: Short | None = None
    linkedInProfileUrl: Short | None = None
    crmContactId: Short | None = None
    crmLeadId: Short | None = None
    crmAccountId: Short | None = None


class AboutCompany(Sent):
    name: Short | None = None
    domain: Short | None = None
    linkedInProfileUrl: Short | None = None
    crmAccountId: Short | None = None


class AdditionalContext(Sent):
    """For whom the question is asked: a title finds personas, a domain finds playbooks, details count as words."""

    person: AboutPerson | None = None
    company: AboutCompany | None = None
    details: Long | None = None


class ContextRun(RunFields):
    """A question to a saved context agent."""

    query: Query | None = None
    runtimeContext: Any | None = Field(None, description="Used as the question when there is no query")
    additionalContext: AdditionalContext | None = None

    @model_validator(mode="after")
    def _asked(self) -> "ContextRun":
        if not self.query and not self.runtimeContext:
            raise ValueError("takes a query, or a runtimeContext to use as one")
        return self


class Enabled(Sent):
    enabled: bool = True


class Sources(Sent):
    library: Enabled | None = None
    resources: Enabled | None = None


class Reasons(Sent):
    perDocument: bool = False
    overall: bool = False


class ContextSearch(Sent):
    """A question to the library, without an agent."""

    query: Query
    topK: Annotated[int, Field(ge=1, le=MOST_DOCUMENTS)] = USUAL_DOCUMENTS
    rerank: Literal["off", "low", "medium", "high", "best"] | None = Field(
        None, description="Accepted; there is one ranking here"
    )
    sources: Sources | None = None
    tools: dict[str, Any] | None = Field(None, description="Accepted; nothing outside the library is asked")
    agentTools: dict[str, Any] | None = None
    reasoning: Reasons | None = None
    additionalContext: AdditionalContext | None = None
    commonContext: dict[str, Any] | None = None
