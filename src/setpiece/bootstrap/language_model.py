"""The language model that the settings name, if they name one."""

from urllib.parse import urlsplit

from setpiece.bootstrap.settings import Settings
from setpiece.cli.installation import Check
from setpiece.kernel.errors import Invalid, SetpieceError
from setpiece.providers.llm.catalog import open_model
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.port import Message, Prompt, Schema
from setpiece.providers.llm.shapes import TEXT, closed_object

_QUESTION = Prompt("You check a connection.", (Message("user", "Answer with the word ready, as JSON."),))
_SHAPE: Schema = closed_object(word=TEXT)


def language_model(settings: Settings) -> ConfiguredModel | None:
    """The configured model, not connected yet; None when the embedded writer writes.

    Raises:
        Invalid: the settings name a provider and leave out what it needs.
    """
    options = _options(settings)
    if options is None:
        return None
    return ConfiguredModel(
        open_model(options),
        options.further_models,
        options.deadline_s,
        settings.llm_input_price,
        settings.llm_output_price,
    )


async def check_language_model(settings: Settings) -> list[Check]:
    """Whether the model answers: one small question. Nothing when there is none to ask."""
    try:
        configured = language_model(settings)
        if configured is None:
            return []
        model = configured.model
        try:
            found = await model.complete(_QUESTION, _SHAPE)
        finally:
            await model.aclose()
    except SetpieceError as error:
        return [Check("Language model", False, f"{settings.llm_provider}: {error.message}")]
    return [
        Check(
            "Language model",
            True,
            f"{model.provider}, {found.model} answers ({found.input_tokens} tokens read, {found.output_tokens} written)",
        )
    ]


def _options(settings: Settings) -> LlmOptions | None:
    if settings.llm_provider == "embedded":
        return None
    if not settings.llm_model:
        raise Invalid(
            f"SETPIECE_LLM_MODEL: the provider '{settings.llm_provider}' needs the name of a model.",
            code="setting",
        )
    url = settings.llm_base_url
    if url is None and settings.llm_api_key is None:
        raise Invalid(
            f"SETPIECE_LLM_API_KEY: the provider '{settings.llm_provider}' needs a key, unless SETPIECE_LLM_BASE_URL names "
            "a server that needs none.",
            code="setting",
        )
    if url is not None:
        _check_url(url)
    return LlmOptions(
        provider=settings.llm_provider,
        model=settings.llm_model,
        base_url=url,
        api_key=settings.llm_api_key,
        further_models=tuple(name for part in settings.llm_models.split(",") if (name := part.strip())),
        timeout_s=settings.llm_timeout_s,
        deadline_s=settings.llm_deadline_s,
        concurrency=settings.llm_concurrency,
        retries=settings.llm_retries,
        max_output_tokens=settings.llm_max_output_tokens,
    )


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Invalid(
            "SETPIECE_LLM_BASE_URL: must begin with http:// or https:// and a host.", code="setting"
        )
    if parts.username or parts.password:  # addresses are shown in messages
        raise Invalid(
            "SETPIECE_LLM_BASE_URL: must hold no password; use SETPIECE_LLM_API_KEY.", code="setting"
        )
