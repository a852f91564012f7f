"""The request of a person enrichment."""

from typing import Any

from pydantic import Field

from setpiece.agents.run_schemas import PersonFields


class EnrichPersonRun(PersonFields):
    """Who it is, and what is known of them already."""

    runtimeContext: Any | None = Field(
        None,
        description="What is known of the person and company: a text, or any JSON",
        examples=[{"headline": "Builds revenue teams", "industry": "Software"}],
    )
