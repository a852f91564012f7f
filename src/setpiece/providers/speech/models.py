"""All five models, loaded together: once per worker."""

from importlib.util import find_spec
from pathlib import Path

from setpiece.kernel.errors import Unavailable
from setpiece.providers.speech import weights
from setpiece.providers.speech.ports import SpeechModels

PACKAGES = ("av", "faster_whisper", "kaldi_native_fbank", "praatfan_rust", "scipy")


def require_speech_extra() -> None:
    """Raises Unavailable (code `speech_not_installed`) when a package of the extra is missing."""
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if missing:
        raise Unavailable(
            f"Recordings need packages that are not installed: {', '.join(missing)}. {weights.INSTALL}",
            code="speech_not_installed",
        )


def load_speech_models(
    cache_dir: Path, *, threads: int = 2, whisper_folder: Path | None = None
) -> SpeechModels:
    """The real models, their weights checked.

    Args:
        cache_dir: where the joined Whisper weights lie; made when missing.
        threads: the most that one model uses at a time.
        whisper_folder: a converted Whisper model to use instead of the packaged one; its content is the caller's choice
            and is not checked.

    Raises:
        Unavailable: the extra is not installed, or weights are missing or changed.
    """
    require_speech_extra()
    from setpiece.providers.speech.campplus import CamPlusPlus
    from setpiece.providers.speech.praat import PraatPitch
    from setpiece.providers.speech.segmentation import PowersetSegmenter
    from setpiece.providers.speech.silero import SileroDetector
    from setpiece.providers.speech.whisper import WhisperRecogniser

    model_id = f"whisper-{whisper_folder.name}-int8" if whisper_folder else "whisper-base-int8"
    return SpeechModels(
        detector=SileroDetector(),
        segmenter=PowersetSegmenter(weights.checked(weights.SEGMENTATION), threads),
        embedder=CamPlusPlus(weights.checked(weights.CAMPPLUS), threads),
        recogniser=WhisperRecogniser(whisper_folder or weights.whisper_folder(cache_dir), threads, model_id),
        pitch=PraatPitch(),
    )
