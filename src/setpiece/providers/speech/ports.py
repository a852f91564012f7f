"""What the media stages ask of models. Audio is mono float32 at 16 kHz, between -1 and 1, shape (samples,)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from setpiece.providers.speech.values import HeardWord as HeardWord
from setpiece.providers.speech.values import Language as Language
from setpiece.providers.speech.values import Span as Span

SAMPLE_RATE_HZ = 16_000

Samples = npt.NDArray[np.float32]
Embeddings = npt.NDArray[np.float32]
Listened = Any
"""What a recogniser made of a piece, in a form of its own."""


class SpeechDetector(Protocol):
    """Says where somebody speaks."""

    @property
    def model_id(self) -> str: ...

    def find_speech(self, samples: Samples) -> Sequence[Span]:
        """Spans in order, apart from each other; empty for silence and for no samples at all."""
        ...

    def surest_in(self, samples: Samples, span: Span) -> float:
        """How probable speech is where it is most probable in the span, 0 to 1; what comes before the span is listened to as well."""
        ...


class SpeakerSegmenter(Protocol):
    """Says who speaks when within one short window; its speakers have no identity beyond that window."""

    @property
    def model_id(self) -> str: ...

    @property
    def window_s(self) -> float:
        """The longest window that `segment` takes."""
        ...

    def segment(self, windows: Sequence[Samples]) -> Sequence[Sequence[Sequence[Span]]]:
        """For each window, for each of its speakers their spans, from its start; those of different speakers may overlap."""
        ...


class VoiceEmbedder(Protocol):
    """Turns a voice into a direction: the nearer two are, the more alike the voices."""

    @property
    def model_id(self) -> str: ...

    def embed(self, samples: Samples, spans: Sequence[Span]) -> Embeddings:
        """One row of length 1 for each span, shape (spans, dimensions); a span shorter than 0.2 s is widened."""
        ...


class Recogniser(Protocol):
    """Writes down what is said. It listens to a piece once and is then asked about that."""

    @property
    def model_id(self) -> str: ...

    @property
    def window_s(self) -> float:
        """The longest piece that `listen` takes."""
        ...

    @property
    def pieces_at_once(self) -> int:
        """How many pieces it is best given together; more cost memory."""
        ...

    def listen(self, pieces: Sequence[Samples]) -> Sequence[Listened]: ...

    def find_language(self, listened: Listened) -> Language: ...

    def transcribe(self, listened: Sequence[Listened], language: str) -> Sequence[Sequence[HeardWord]]:
        """For each piece its words in order of time, from its start. No piece has to do with another.

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
