"""What the media stages ask of models. Audio is mono float32 at 16 kHz, between -1 and 1, shape (samples,)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

SAMPLE_RATE_HZ = 16_000

Samples = npt.NDArray[np.float32]
Embeddings = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a recording, `end_s` not included."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the recogniser writes it, with its punctuation; `probability` is its own guess, 0 to 1."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, and how sure the recogniser is, 0 to 1."""

    code: str
    probability: float


class SpeechDetector(Protocol):
    """Says where somebody speaks."""

    @property
    def model_id(self) -> str: ...

    def find_speech(self, samples: Samples) -> Sequence[Span]:
        """Spans in order, apart from each other; empty for silence and for no samples at all."""
        ...


class SpeakerSegmenter(Protocol):
    """Says who speaks when within one short window; its speakers have no identity beyond that window."""

    @property
    def model_id(self) -> str: ...

    @property
    def window_s(self) -> float:
        """The longest window that `segment` takes."""
        ...

    def segment(self, samples: Samples) -> Sequence[Sequence[Span]]:
        """For each speaker of the window their spans, from its start; spans of different speakers may overlap."""
        ...


class VoiceEmbedder(Protocol):
    """Turns a voice into a direction: the nearer two are, the more alike the voices."""

    @property
    def model_id(self) -> str: ...

    def embed(self, samples: Samples, spans: Sequence[Span]) -> Embeddings:
        """One row of length 1 for each span, shape (spans, dimensions); a span shorter than 0.2 s is widened."""
        ...


class Recogniser(Protocol):
    """Writes down what is said."""

    @property
    def model_id(self) -> str: ...

    @property
    def window_s(self) -> float:
        """The longest piece that `transcribe` takes."""
        ...

    def find_language(self, samples: Samples) -> Language: ...

    def transcribe(self, samples: Samples, language: str) -> Sequence[HeardWord]:
        """Words in order of time, from the start of the samples.

        Raises:
            Invalid: the language is not one the recogniser knows (code `unknown_language`).
        """
        ...


class PitchTracker(Protocol):
    """Measures the fundamental frequency of a voice."""

    @property
    def model_id(self) -> str: ...

    def track(self, samples: Samples) -> npt.NDArray[np.float64]:
        """One value in Hz for each 10 ms, 0 where nothing is voiced, shape (frames,)."""
        ...


@dataclass(frozen=True, slots=True)
class SpeechModels:
    """What a worker loads once and hands to the pipeline."""

    detector: SpeechDetector
    segmenter: SpeakerSegmenter
    embedder: VoiceEmbedder
    recogniser: Recogniser
    pitch: PitchTracker
