"""The request of a company enrichment."""

from typing import Any

from pydantic import Field

from setpiece.agents.run_schemas import CompanyFields


class EnrichCompanyRun(CompanyFields):
    """Which company, and what is known of it already."""

    runtimeContext: Any | None = Field(
        None,
        description="What is known of the company: a text, or any JSON; values under the record's own names fill it",
        examples=[{"industry": "Software", "employeeCount": 120}],
    )
