"""Speaker segmentation 3.0: up to three speakers in a window of ten seconds, two of them at once.

Source: the model card of pyannote's segmentation-3.0 (seven classes: nobody, each of three speakers, each pair).
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from setpiece.providers.speech.hands import share_out
from setpiece.providers.speech.onnx import open_model
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Samples, Span

WINDOW_S = 10.0
# Windows at once: eight are no faster, and cost memory.
BATCH = 4
# The network's own stride: one frame for every 270 samples.
FRAME_S = 270 / SAMPLE_RATE_HZ
SPEAKERS_BY_CLASS = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], bool
)


class PowersetSegmenter:
    def __init__(self, weights: Path, threads: int) -> None:
        self._model = open_model(weights)
        self._threads = threads

    @property
    def model_id(self) -> str:
        return "segmentation-3.0"

    @property
    def window_s(self) -> float:
        return WINDOW_S

    def segment(self, windows: Sequence[Samples]) -> Sequence[Sequence[Sequence[Span]]]:
        batches = [windows[first : first + BATCH] for first in range(0, len(windows), BATCH)]
        return list(chain.from_iterable(share_out(self._segment, batches, self._threads)))

    def _segment(self, windows: Sequence[Samples]) -> list[list[list[Span]]]:
        padded = np.zeros((len(windows), 1, int(WINDOW_S * SAMPLE_RATE_HZ)), np.float32)
        for row, samples in zip(padded, windows, strict=True):
            row[0, : len(samples)] = samples
        (scores,) = self._model.run(None, {self._model.get_inputs()[0].name: padded})
        return [_speakers(*one) for one in zip(scores, windows, strict=True)]


def _speakers(scores: npt.NDArray[np.float32], samples: Samples) -> list[list[Span]]:
    """Shape of the scores: (frames, classes)."""
    active = SPEAKERS_BY_CLASS[scores.argmax(axis=1)]
    end_s = len(samples) / SAMPLE_RATE_HZ
    return [spans_of(active[:, speaker], FRAME_S, end_s) for speaker in range(active.shape[1])]


def spans_of(active: npt.NDArray[np.bool_], frame_s: float, end_s: float) -> list[Span]:
    """The runs of true frames as spans that do not pass `end_s`. Shape: (frames,)."""
    edges = np.flatnonzero(np.diff(active.astype(np.int8), prepend=0, append=0))
    spans = [Span(start * frame_s, min(end * frame_s, end_s)) for start, end in edges.reshape(-1, 2).tolist()]
    return [span for span in spans if span.duration_s > 0]
