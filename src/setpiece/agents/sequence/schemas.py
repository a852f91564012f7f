"""The request of a sequence run: every field of the contract, each optional."""

from typing import Any, Literal, get_args

from pydantic import Field, field_validator

from setpiece.agents.calls import NAMES_A_CALL
from setpiece.agents.run_schemas import CustomContext, Long, PersonFields, Short

Step = Literal["all", "1", "2", "3", "4", "5", "6", "7"]
STEPS: tuple[Step, ...] = get_args(Step)


def by_step(value: Any) -> Any:
    """A plain text counts as `all`; numbers as keys, and texts for steps that are empty, are tidied."""
    if isinstance(value, str):
        return {"all": value}
    if not isinstance(value, dict):
        return value
    for step in value:
        if step not in STEPS:
            raise ValueError(f"has a key '{str(step)[:20]}'; use 'all' and the steps '1' to '7'")
    return {step: text for step, text in value.items() if text not in (None, "")}


def context_by_step(value: Any) -> Any:
    """As `by_step`, and a call may be named: `reportId` or `entityId`."""
    if not isinstance(value, dict):
        return by_step(value)
    named = {name: one for name, one in value.items() if name in NAMES_A_CALL and one}
    return by_step({name: one for name, one in value.items() if name not in NAMES_A_CALL}) | named


class SequenceRun(PersonFields):
    """Who to write to, what is known, and how to write."""

    lang: Short | None = Field(
        None,
        description="English, Spanish or Portuguese, where the library's facts are in it; else the message says so",
    )
    outputFormat: Literal["text", "html", "markdown"] = "text"
    runtimeContext: dict[str, Long] | None = Field(
        None,
        description="Facts: 'all', and '1' to '7' for single emails; 'reportId' or 'entityId' brings what was said on a call (ours)",
    )
    runtimeInstructions: dict[str, Long] | None = Field(None, description="Behaviour: 'all', and '1' to '7'")
    playbookSelectionContext: Long | None = Field(None, description="Steers the choice of the playbook only")
    customContext: CustomContext | None = None

    _context = field_validator(
        "runtimeContext",
        mode="before",
        json_schema_input_type=dict[Step | Literal["reportId", "entityId"], Long] | Long | None,
    )(context_by_step)
    _instructions = field_validator(
        "runtimeInstructions", mode="before", json_schema_input_type=dict[Step, Long] | Long | None
    )(by_step)

    @field_validator("outputFormat", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value
