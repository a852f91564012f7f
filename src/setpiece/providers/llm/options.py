"""How a language model is reached and how long it is waited for."""

from dataclasses import dataclass, field

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """Options of one provider; the settings `SETPIECE_LLM_*` by the same names.

    `base_url` is the operator's choice, so private addresses are fine. `further_models` may be asked for beside `model`.
    Times are in seconds; `timeout_s` is for one attempt, `deadline_s` for everything that one piece of writing waits for.
    """

    provider: str
    model: str
    base_url: str | None = None
    api_key: SecretStr | None = field(default=None, repr=False)
    further_models: tuple[str, ...] = ()
    timeout_s: float = 60.0
    deadline_s: float = 180.0
    concurrency: int = 4
    retries: int = 2
    max_output_tokens: int = 8_192

    @property
    def secret(self) -> str:
        return self.api_key.get_secret_value() if self.api_key else ""
