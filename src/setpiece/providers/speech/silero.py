"""Silero's speech detector, the ONNX file inside faster-whisper."""

from collections.abc import Sequence

import numpy as np

from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Samples, Span

# Silero's own threshold; the other two keep a pause inside a sentence and half a frame of its edges (2 x 32 ms), as
# measured in docs/speech.md.
THRESHOLD = 0.5
MIN_SILENCE_MS = 300
PAD_MS = 60
# The network gives one probability for so many samples.
STEP_SAMPLES = 512


class SileroDetector:
    """Finds near speech well and far-field speech badly; the segmenter finds the rest."""

    def __init__(self) -> None:
        from faster_whisper.vad import VadOptions

        self._options = VadOptions(
            threshold=THRESHOLD, min_silence_duration_ms=MIN_SILENCE_MS, speech_pad_ms=PAD_MS
        )

    @property
    def model_id(self) -> str:
        return "silero-vad-v6"

    def find_speech(self, samples: Samples) -> Sequence[Span]:
        from faster_whisper.vad import get_speech_timestamps

        if not len(samples):
            return []
        found = get_speech_timestamps(samples, self._options, SAMPLE_RATE_HZ)
        return [Span(one["start"] / SAMPLE_RATE_HZ, one["end"] / SAMPLE_RATE_HZ) for one in found]

    def surest_in(self, samples: Samples, span: Span) -> float:
        from faster_whisper.vad import get_vad_model

        if not len(samples):
            return 0.0
        padded = np.pad(samples, (0, -len(samples) % STEP_SAMPLES))
        probabilities = np.asarray(get_vad_model()(padded)).reshape(-1)
        first, last = (int(edge_s * SAMPLE_RATE_HZ / STEP_SAMPLES) for edge_s in (span.start_s, span.end_s))
        return float(probabilities[first : last + 1].max(initial=0.0))
