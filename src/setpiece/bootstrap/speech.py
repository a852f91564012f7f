"""The speech models that the settings name: loaded by a worker when it hears its first recording."""

import asyncio
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from setpiece.bootstrap.settings import Settings
from setpiece.cli.installation import Check
from setpiece.kernel.errors import Invalid, SetpieceError

if TYPE_CHECKING:
    from setpiece.providers.speech.endpoint import TranscriptionEndpoint
    from setpiece.providers.speech.ports import SpeechModels


def open_speech(settings: Settings) -> Callable[[], "SpeechModels"]:
    """Loads the models when first called, and gives the same ones from then on.

    Raises:
        Invalid: an address that is none.
    """
    _check_address(settings)

    @cache
    def load() -> "SpeechModels":
        from setpiece.providers.speech.models import load_speech_models

        return load_speech_models(
            settings.data_dir / "models",
            whisper_folder=settings.whisper_folder,
            recogniser=_endpoint(settings),
        )

    return load


async def check_speech(settings: Settings) -> list[Check]:
    """Whether recordings can be heard, with one second of silence for a server that transcribes."""
    from setpiece.providers.speech.models import require_speech_extra, require_whisper

    try:
        require_speech_extra()
    except SetpieceError as missing:
        # An extra, so no failure: the server runs without it.
        return [Check("Speech", True, f"recordings cannot be heard. {missing.message}")]
    try:
        _check_address(settings)
        if settings.transcription_base_url:
            return [Check("Speech", True, await asyncio.to_thread(_ask_endpoint, settings))]
        if settings.whisper_folder:
            require_whisper(settings.whisper_folder)
    except SetpieceError as error:
        return [Check("Speech", False, error.message)]
    return [Check("Speech", True, f"{settings.whisper_folder or 'Whisper base'}, in the worker")]


def _ask_endpoint(settings: Settings) -> str:
    import numpy as np

    from setpiece.providers.speech.ports import SAMPLE_RATE_HZ

    endpoint = _endpoint(settings)
    assert endpoint is not None
    endpoint.transcribe(endpoint.listen([np.zeros(SAMPLE_RATE_HZ, np.float32)]), "en")
    return f"{endpoint.model_id} answers"


def _endpoint(settings: Settings) -> "TranscriptionEndpoint | None":
    if not settings.transcription_base_url:
        return None
    from setpiece.providers.speech.endpoint import EndpointOptions, TranscriptionEndpoint

    key = settings.transcription_api_key
    return TranscriptionEndpoint(
        EndpointOptions(
            settings.transcription_base_url,
            settings.transcription_model,
            key.get_secret_value() if key else None,
            settings.transcription_timeout_s,
        )
    )


def _check_address(settings: Settings) -> None:
    if not settings.transcription_base_url:
        return
    parts = urlsplit(settings.transcription_base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Invalid(
            "SETPIECE_TRANSCRIPTION_BASE_URL: must begin with http:// or https:// and a host.", code="setting"
        )
    if parts.username or parts.password:  # addresses are shown in messages
        raise Invalid(
            "SETPIECE_TRANSCRIPTION_BASE_URL: must hold no password; use SETPIECE_TRANSCRIPTION_API_KEY.",
            code="setting",
        )
