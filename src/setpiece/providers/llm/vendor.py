"""What a vendor has to do: make one attempt, and say what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from setpiece.kernel.errors import SetpieceError
from setpiece.providers.llm.port import Prompt, Schema


@dataclass(frozen=True, slots=True)
class Ask:
    """One attempt to be made."""

    prompt: Prompt
    schema: Schema
    model: str
    max_output_tokens: int
    timeout_s: float


class Ending(StrEnum):
    """Why the model stopped."""

    DONE = "done"
    CUT = "cut"
    """It reached the bound on tokens."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model answered, not looked at yet."""

    text: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    ending: Ending = Ending.DONE


class Failed(Exception):
    """An attempt that gave nothing to use: the error to raise when there is no other, and whether another makes sense.

    `wait_s` is how long the vendor asked to wait.
    """

    def __init__(self, error: SetpieceError, *, again: bool, wait_s: float | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.again = again
        self.wait_s = wait_s


class Vendor(Protocol):
    """One vendor's protocol."""

    async def ask(self, ask: Ask) -> Reply:
        """Raises Failed."""

    async def aclose(self) -> None: ...


def counted(value: object) -> int:
    """A number of tokens as a server told it; 0 when it told none, or something else."""
    return value if isinstance(value, int) and value > 0 else 0
