"""All five models, loaded together: once per worker."""

from importlib.util import find_spec
from pathlib import Path

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.speech import weights
from setpiece.providers.speech.ports import Recogniser, SpeechModels

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
    cache_dir: Path,
    *,
    threads: int = 2,
    whisper_folder: Path | None = None,
    recogniser: Recogniser | None = None,
) -> SpeechModels:
    """The real models, their weights checked.

    Args:
        cache_dir: where the joined Whisper weights lie; made when missing.
        threads: the most that one model uses at a time.
        whisper_folder: a converted Whisper model to use instead of the packaged one; its content is the caller's choice
            and is not checked.
        recogniser: instead of any Whisper here.

    Raises:
        Unavailable: the extra is not installed, or weights are missing or changed.
        Invalid: the folder holds no converted model.
    """
    require_speech_extra()
    from setpiece.providers.speech.campplus import CamPlusPlus
    from setpiece.providers.speech.praat import PraatPitch
    from setpiece.providers.speech.segmentation import PowersetSegmenter
    from setpiece.providers.speech.silero import SileroDetector

    return SpeechModels(
        detector=SileroDetector(),
        segmenter=PowersetSegmenter(weights.checked(weights.SEGMENTATION), threads),
        embedder=CamPlusPlus(weights.checked(weights.CAMPPLUS), threads),
        recogniser=recogniser or _whisper(cache_dir, whisper_folder, threads),
        pitch=PraatPitch(),
    )


def _whisper(cache_dir: Path, folder: Path | None, threads: int) -> Recogniser:
    from setpiece.providers.speech.whisper import WhisperRecogniser

    if folder is None:
        return WhisperRecogniser(weights.whisper_folder(cache_dir), threads, "whisper-base-int8")
    # The size tells another model from this one when the folder is filled anew.
    size = require_whisper(folder)
    return WhisperRecogniser(folder, threads, f"whisper-{folder.name}-{size}-int8")


def require_whisper(folder: Path) -> int:
    """The size of the converted model in the folder.

    Raises:
        Invalid: there is none (code `whisper_folder`).
    """
    missing = [
        name for name in ("model.bin", "config.json", "tokenizer.json") if not (folder / name).is_file()
    ]
    if missing:
        raise Invalid(
            f"SETPIECE_WHISPER_FOLDER: {folder} has no {', '.join(missing)}; name the folder of a Whisper model that was "
            "converted for CTranslate2.",
            code="whisper_folder",
        )
    return (folder / "model.bin").stat().st_size
