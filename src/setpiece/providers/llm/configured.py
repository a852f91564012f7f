"""The language model of an installation: what agents are given."""

from dataclasses import dataclass

from setpiece.providers.llm.port import LanguageModel, Tally

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ConfiguredModel:
    """A language model with what the operator says of it.

    `further_models` may be asked for beside the model's own. `deadline_s` is the most seconds that one piece of writing waits, all
    its calls together. Prices are per million tokens, in the operator's currency.
    """

    model: LanguageModel
    further_models: tuple[str, ...] = ()
    deadline_s: float = 180.0
    input_price: float | None = None
    output_price: float | None = None

    def cost(self, tally: Tally) -> float | None:
        """What was spent, at six places; None when no price is known."""
        if self.input_price is None and self.output_price is None:
            return None
        read, written = self.input_price or 0.0, self.output_price or 0.0
        return round((tally.input_tokens * read + tally.output_tokens * written) / _MILLION, 6)

    def allows(self, model: str) -> bool:
        return model == self.model.model or model in self.further_models
