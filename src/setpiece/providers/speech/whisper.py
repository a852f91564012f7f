"""Whisper through faster-whisper: any folder of a converted model; by default base, int8."""

from collections.abc import Sequence
from pathlib import Path

from setpiece.kernel.errors import Invalid
from setpiece.providers.speech.ports import HeardWord, Language, Samples

# On the two example calls one beam gives a word error rate of 4.4 and 1.9 %, two 3.5 and 1.6 % for a fifth more time,
# three 2.7 and 1.6 % for a third more, five no better than three. Two is what the time for a call allows.
BEAMS = 2
WINDOW_S = 30.0
# Below this a piece holds less than one frame of the network and cannot be aligned.
SHORTEST_SAMPLES = 1600


class WhisperRecogniser:
    def __init__(self, folder: Path, threads: int, model_id: str) -> None:
        from faster_whisper import WhisperModel

        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )
        self._model_id = model_id

    @property
    def model_id(self) -> str:
        return self._model_id

    @property
    def window_s(self) -> float:
        return WINDOW_S

    def find_language(self, samples: Samples) -> Language:
        if not self._model.model.is_multilingual:
            return Language("en", 1.0)
        code, probability, _ = self._model.detect_language(samples)
        return Language(code, float(probability))

    def transcribe(self, samples: Samples, language: str) -> Sequence[HeardWord]:
        if language not in self._model.supported_languages:
            known = ", ".join(self._model.supported_languages)
            raise Invalid(
                f"The recogniser does not know the language '{language}'; it knows {known}.",
                code="unknown_language",
            )
        if len(samples) < SHORTEST_SAMPLES:
            return []
        # One temperature: the recogniser's fallback draws at random, and the same call must give the same words.
        segments, _ = self._model.transcribe(
            samples,
            language=language,
            beam_size=BEAMS,
            temperature=0.0,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        return [
            HeardWord(word.word, float(word.start), float(word.end), float(word.probability))
            for segment in segments
            for word in segment.words or ()
        ]
