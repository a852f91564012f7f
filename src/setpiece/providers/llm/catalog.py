"""Which vendor a provider's name means: one line for each."""

from collections.abc import Callable, Mapping

from setpiece.providers.llm.anthropic_messages import AnthropicMessages
from setpiece.providers.llm.openai_chat import OpenAiChat
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.patient import PatientModel
from setpiece.providers.llm.port import LanguageModel
from setpiece.providers.llm.vendor import Vendor

VENDORS: Mapping[str, Callable[[LlmOptions], Vendor]] = {
    "openai": OpenAiChat,
    "anthropic": AnthropicMessages,
}


def open_model(options: LlmOptions) -> LanguageModel:
    """The language model of the options; nothing is imported or connected before it is first asked."""
    return PatientModel(VENDORS[options.provider](options), options)
