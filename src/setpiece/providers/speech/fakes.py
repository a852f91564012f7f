"""The five capabilities without weights: they read what they should hear out of the loudness of the samples.

A fake voice is a level. Samples of one constant absolute level, at least `LEAST_LEVEL`, are speech by the voice of that
level; anything quieter is silence. So a test writes a conversation as an array, and every fake agrees about it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from setpiece.kernel.errors import Invalid
from setpiece.providers.speech.ports import (
    SAMPLE_RATE_HZ,
    Embeddings,
    HeardWord,
    Language,
    Samples,
    Span,
    SpeechModels,
)

LEAST_LEVEL = 0.05
LEVEL_STEP = 0.1
FRAME_SAMPLES = 160
DIMENSIONS = 192  # as the column of voiceprints wants them
WORDS_PER_S = 2


def conversation(*parts: tuple[int, float]) -> Samples:
    """Samples for (voice, seconds) one after the other; voice 0 is silence, others are 1 to 8."""
    return np.concatenate(
        [np.full(round(seconds * SAMPLE_RATE_HZ), voice * LEVEL_STEP, np.float32) for voice, seconds in parts]
    )


def voices_by_frame(samples: Samples) -> npt.NDArray[np.int64]:
    """The voice of each 10 ms, 0 for silence, shape (frames,)."""
    whole = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    levels = np.abs(whole).mean(axis=1) if len(whole) else np.zeros(0)
    voices: npt.NDArray[np.int64] = np.where(levels < LEAST_LEVEL, 0, np.round(levels / LEVEL_STEP)).astype(
        np.int64
    )
    return voices


def _runs(active: npt.NDArray[np.bool_]) -> list[Span]:
    edges = np.flatnonzero(np.diff(active.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    frame_s = FRAME_SAMPLES / SAMPLE_RATE_HZ
    return [Span(start * frame_s, end * frame_s) for start, end in edges.tolist()]


class FakeDetector:
    model_id = "fake-detector"

    def find_speech(self, samples: Samples) -> Sequence[Span]:
        return _runs(voices_by_frame(samples) > 0)

    def surest_in(self, samples: Samples, span: Span) -> float:
        return float(
            (voices_by_frame(samples)[int(span.start_s * 100) : int(span.end_s * 100) + 1] > 0).any()
        )


class FakeSegmenter:
    model_id = "fake-segmenter"
    window_s = 10.0

    def segment(self, windows: Sequence[Samples]) -> Sequence[Sequence[Sequence[Span]]]:
        return [self._segment(samples) for samples in windows]

    def _segment(self, samples: Samples) -> Sequence[Sequence[Span]]:
        voices = voices_by_frame(samples)
        heard = sorted(set(voices.tolist()) - {0})[:3]
        return [_runs(voices == voice) for voice in heard] + [[]] * (3 - len(heard))


class FakeEmbedder:
    model_id = "fake-embedder"

    def embed(self, samples: Samples, spans: Sequence[Span]) -> Embeddings:
        rows = np.zeros((len(spans), DIMENSIONS), np.float32)
        voices = voices_by_frame(samples)
        for row, span in zip(rows, spans, strict=True):
            first = min(int(span.start_s * 100), max(0, len(voices) - 20))
            inside = voices[first : max(int(span.end_s * 100), first + 20)]
            for voice in inside[inside > 0].tolist():
                row[(voice - 1) % DIMENSIONS] += 1
            row[0] += 1e-3  # silence too has to point somewhere
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


class FakeRecogniser:
    """Hears two words a second, named after the voice: `one`, `two`, ...; knows English and Spanish."""

    model_id = "fake-recogniser"
    window_s = 30.0
    pieces_at_once = 2
    names: Mapping[int, str] = dict(
        enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight"), 1)
    )

    def listen(self, pieces: Sequence[Samples]) -> Sequence[Samples]:
        return pieces

    def find_language(self, listened: Samples) -> Language:
        return Language("en", 0.9)

    def transcribe(self, listened: Sequence[Samples], language: str) -> Sequence[Sequence[HeardWord]]:
        if language not in ("en", "es"):
            raise Invalid(
                f"The recogniser does not know the language '{language}'; it knows en, es.",
                code="unknown_language",
            )
        return [self.words_of(samples) for samples in listened]

    def words_of(self, samples: Samples) -> Sequence[HeardWord]:
        voices = voices_by_frame(samples)
        step = 100 // WORDS_PER_S
        return [
            HeardWord(f" {self.names[int(voices[first])]}", first / 100, (first + step) / 100, 0.9)
            for first in range(0, len(voices) - step + 1, step)
            if voices[first] > 0 and (voices[first : first + step] == voices[first]).all()
        ]


class FakePitch:
    """A hundred Hz for each voice's number."""

    model_id = "fake-pitch"

    def track(self, samples: Samples) -> npt.NDArray[np.float64]:
        return voices_by_frame(samples).astype(np.float64) * 100


def fake_speech_models() -> SpeechModels:
    return SpeechModels(FakeDetector(), FakeSegmenter(), FakeEmbedder(), FakeRecogniser(), FakePitch())
