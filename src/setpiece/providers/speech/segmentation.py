"""Speaker segmentation 3.0: up to three speakers in a window of ten seconds, two of them at once.

Source: the model card of pyannote's segmentation-3.0 (seven classes: nobody, each of three speakers, each pair).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from setpiece.providers.speech.onnx import open_model
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Samples, Span

WINDOW_S = 10.0
# The network's own stride: one frame for every 270 samples.
FRAME_S = 270 / SAMPLE_RATE_HZ
SPEAKERS_BY_CLASS = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], bool
)


class PowersetSegmenter:
    def __init__(self, weights: Path, threads: int) -> None:
        self._model = open_model(weights, threads)

    @property
    def model_id(self) -> str:
        return "segmentation-3.0"

    @property
    def window_s(self) -> float:
        return WINDOW_S

    def segment(self, samples: Samples) -> Sequence[Sequence[Span]]:
        window = np.zeros(int(WINDOW_S * SAMPLE_RATE_HZ), np.float32)
        window[: len(samples)] = samples
        (scores,) = self._model.run(None, {self._model.get_inputs()[0].name: window[None, None]})
        active = SPEAKERS_BY_CLASS[scores[0].argmax(axis=1)]
        end_s = len(samples) / SAMPLE_RATE_HZ
        return [spans_of(active[:, speaker], FRAME_S, end_s) for speaker in range(active.shape[1])]


def spans_of(active: npt.NDArray[np.bool_], frame_s: float, end_s: float) -> list[Span]:
    """The runs of true frames as spans that do not pass `end_s`. Shape: (frames,)."""
    edges = np.flatnonzero(np.diff(active.astype(np.int8), prepend=0, append=0))
    spans = [Span(start * frame_s, min(end * frame_s, end_s)) for start, end in edges.reshape(-1, 2).tolist()]
    return [span for span in spans if span.duration_s > 0]
