"""Decoded sound on disk, read a stretch at a time: three hours are 690 MB that memory never holds."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Samples

BYTES_PER_SAMPLE = 4


@dataclass(frozen=True, slots=True)
class Waveform:
    """Mono float32 samples at 16 kHz in an open file, nothing else in it."""

    file: BinaryIO
    sample_count: int

    @property
    def duration_s(self) -> float:
        return self.sample_count / SAMPLE_RATE_HZ

    def read(self, start_s: float, end_s: float) -> Samples:
        """The samples between the two, as far as there are any."""
        first = min(max(0, round(start_s * SAMPLE_RATE_HZ)), self.sample_count)
        last = min(max(first, round(end_s * SAMPLE_RATE_HZ)), self.sample_count)
        wanted, place = (last - first) * BYTES_PER_SAMPLE, first * BYTES_PER_SAMPLE
        return np.frombuffer(os.pread(self.file.fileno(), wanted, place), np.float32)

    def blocks(self, length_s: float) -> Iterator[tuple[float, Samples]]:
        """(start, samples) one after the other, none longer than `length_s`."""
        start_s = 0.0
        while start_s < self.duration_s:
            yield start_s, self.read(start_s, start_s + length_s)
            start_s += length_s
