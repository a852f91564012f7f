"""The port: a prompt and a JSON Schema go in, an answer of that shape comes out, or a house error."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Schema = Mapping[str, Any]
"""A JSON Schema of an object. For vendors that enforce it: every property required, `additionalProperties` false, and no
bounds on length or number."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked: rules in `system`, material and earlier turns in `messages`, ending with the user's."""

    system: str
    messages: tuple[Message, ...]


@dataclass(slots=True)
class Tally:
    """What was spent so far, failed attempts included as far as the vendor told; kept up while a call is under way."""

    input_tokens: int = 0
    output_tokens: int = 0
    attempts: int = 0

    def add(self, input_tokens: int, output_tokens: int) -> None:
        self.input_tokens += input_tokens
        self.output_tokens += output_tokens


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer that fits the schema; tokens and attempts are those of this call, tries that failed included."""

    output: Mapping[str, Any]
    model: str
    input_tokens: int
    output_tokens: int
    attempts: int


class LanguageModel(Protocol):
    """A language model of one vendor."""

    @property
    def provider(self) -> str: ...

    @property
    def model(self) -> str:
        """The model that is asked unless a call names another."""

    async def complete(
        self,
        prompt: Prompt,
        schema: Schema,
        *,
        model: str | None = None,
        within_s: float | None = None,
        tally: Tally | None = None,
    ) -> Completion:
        """The model's answer to `prompt`, as an object of the shape `schema`.

        `within_s` is less time than the settings' deadline, for a caller that has used some of it; `tally` counts what is
        spent, whether the call succeeds or not.

        Raises:
            Unavailable: no answer (`llm_unavailable`, `llm_timeout`), the key is refused (`llm_key_refused`), or an answer
                that cannot be used (`llm_answer_invalid`, `llm_answer_cut`, `llm_answer_empty`, `llm_refused`).
            LimitExceeded: too many requests or no quota (`llm_limit`).
            Invalid: the vendor refuses the request, such as a model it does not know (`llm_request_refused`).
        """

    async def aclose(self) -> None: ...
