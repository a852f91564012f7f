"""The request of a call prep run."""

from typing import Any

from pydantic import Field

from setpiece.agents.run_schemas import PersonFields


class CallPrepRun(PersonFields):
    """Who the call is with, and what is known of them."""

    runtimeContext: Any | None = Field(
        None,
        description="What is known of the person or company: a text, or any JSON",
        examples=["They are hiring three SDRs."],
    )
