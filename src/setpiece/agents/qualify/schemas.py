"""The requests of the two qualifying agents."""

from typing import Any

from pydantic import Field

from setpiece.agents.run_schemas import CompanyFields, PersonFields

_CONTEXT = Field(
    None,
    description="What is known, as text or as named values at any depth. Answers rest on this and on the other fields, "
    "and on nothing else.",
    examples=[
        "They have 120 employees and an outbound team.",
        {"employeeCount": 120, "industry": "Software"},
    ],
)


class QualifyCompany(CompanyFields):
    """Which company, and what is known of it."""

    runtimeContext: Any = _CONTEXT


class QualifyPerson(PersonFields):
    """Which person, and what is known of them and their company."""

    runtimeContext: Any = _CONTEXT
