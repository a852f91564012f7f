"""The request of a content run."""

from typing import Any, Literal

from pydantic import Field, field_validator

from setpiece.agents.run_schemas import CustomContext, PersonFields, Short

OutputFormat = Literal["JSON", "TEXT", "HTML", "MARKDOWN"]


class ContentRun(PersonFields):
    """For whom, from what, in which form; all optional."""

    url: Short | None = Field(
        None, description="A public page to use as material", examples=["https://www.example.com/news"]
    )
    runtimeContext: Any | None = Field(
        None,
        description="What is known of the person or company: a text, or any JSON",
        examples=["They are hiring three SDRs."],
    )
    customContext: CustomContext | None = None
    outputFormat: OutputFormat | None = Field(
        None, description="Else the agent's; without either JSON when there is a schema, and TEXT"
    )

    @field_validator("outputFormat", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value
