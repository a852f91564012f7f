"""CAM++ voice embeddings, 192 dimensions.

Source: the export recipe of the weights (80 Kaldi filter banks, Povey window, no dither, samples times 32768, mean
taken out of each window, windows under 1.5 s repeated until they are that long).
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from setpiece.providers.speech.hands import share_out
from setpiece.providers.speech.onnx import open_model
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Embeddings, Samples, Span

DIMENSIONS = 192
BANKS = 80
FRAMES_PER_S = 100
LEAST_FRAMES = 150
NARROWEST_FRAMES = 20
# Windows at once: more are no faster, and cost memory.
BATCH = 8

Features = npt.NDArray[np.float32]


class CamPlusPlus:
    def __init__(self, weights: Path, threads: int) -> None:
        self._model = open_model(weights)
        self._threads = threads

    @property
    def model_id(self) -> str:
        return "campplus-cn-en-common"

    def embed(self, samples: Samples, spans: Sequence[Span]) -> Embeddings:
        if not spans:
            return np.zeros((0, DIMENSIONS), np.float32)
        features = filter_banks(samples)
        indices_by_length: defaultdict[int, list[int]] = defaultdict(list)
        windows = [window_of(features, span) for span in spans]
        for index, window in enumerate(windows):
            indices_by_length[len(window)].append(index)
        rows = np.zeros((len(spans), DIMENSIONS), np.float32)
        batches = [
            indices[first : first + BATCH]
            for indices in indices_by_length.values()
            for first in range(0, len(indices), BATCH)
        ]
        stacks = [np.stack([windows[index] for index in batch]) for batch in batches]
        for batch, found in zip(batches, share_out(self._run, stacks, self._threads), strict=True):
            rows[batch] = found
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
        return rows

    def _run(self, features: Features) -> Embeddings:
        """Shapes: (windows, frames, 80); (windows, 192)."""
        (found,) = self._model.run(None, {"fbank": features})
        embeddings: Embeddings = found
        return embeddings


def filter_banks(samples: Samples) -> Features:
    """One row for each 10 ms, shape (frames, 80)."""
    import kaldi_native_fbank as kaldi

    options = kaldi.FbankOptions()
    options.frame_opts.samp_freq = SAMPLE_RATE_HZ
    options.frame_opts.dither = 0
    options.mel_opts.num_bins = BANKS
    bank = kaldi.OnlineFbank(options)
    bank.accept_waveform(SAMPLE_RATE_HZ, samples * np.float32(32768))
    bank.input_finished()
    rows = [bank.get_frame(index) for index in range(bank.num_frames_ready)]
    return np.stack(rows) if rows else np.zeros((1, BANKS), np.float32)


def window_of(features: Features, span: Span) -> Features:
    """The rows of the span, their mean taken out, at least 150 of them."""
    first = min(max(0, int(span.start_s * FRAMES_PER_S)), max(0, len(features) - NARROWEST_FRAMES))
    rows = features[first : max(int(span.end_s * FRAMES_PER_S), first + NARROWEST_FRAMES)]
    rows = rows - rows.mean(axis=0)
    if len(rows) < LEAST_FRAMES:
        rows = np.tile(rows, (LEAST_FRAMES // len(rows) + 1, 1))[:LEAST_FRAMES]
    return rows.astype(np.float32)
