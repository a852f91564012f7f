"""Which language model an agent writes with: the installation's, unless the agent's settings say otherwise.

An agent may stay with the embedded writer or name another model that the operator allows. It cannot name an address or a key:
where the library's facts are sent is the operator's decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from setpiece.library.schemas import Sent
from setpiece.providers.llm.configured import ConfiguredModel


class LlmSettings(Sent):
    """`data.llm` of an agent."""

    provider: Literal["embedded", "openai", "anthropic"] | None = None
    model: Annotated[str, Field(min_length=1, max_length=200)] | None = None


@dataclass(frozen=True, slots=True)
class LlmChoice:
    """The model to write with, or None for the embedded writer; `note` says what of the agent's wish was not done."""

    configured: ConfiguredModel | None
    model: str = ""
    note: str = ""


def choose_llm(configured: ConfiguredModel | None, settings: Mapping[str, Any]) -> LlmChoice:
    """The choice for an agent with these settings."""
    data = settings.get("data")
    told = data.get("llm") if isinstance(data, Mapping) else None
    wish = _wish(told)
    if wish.provider == "embedded":
        return LlmChoice(None)
    if configured is None or wish.provider not in (None, configured.model.provider):
        asked = wish.provider or wish.model
        note = f"The agent asks for the language model '{asked}', which is not set up here." if asked else ""
        return LlmChoice(None, note=note)
    own = configured.model.model
    if wish.model and not configured.allows(wish.model):
        note = f"The agent asks for the model '{wish.model}', which SETPIECE_LLM_MODELS does not allow; '{own}' was asked."
        return LlmChoice(configured, own, note)
    return LlmChoice(configured, wish.model or own)


def _wish(told: Any) -> LlmSettings:
    """What an agent's settings ask for; nothing where something else was kept under that name before it was read."""
    try:
        return LlmSettings.model_validate(told or {})
    except ValidationError:
        return LlmSettings()
