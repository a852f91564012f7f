"""Pitch by autocorrelation, in Rust."""

import numpy as np
import numpy.typing as npt

from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Samples

STEP_S = 0.01
# The range of adult speaking voices, as Praat's manual recommends it.
FLOOR_HZ = 75.0
CEILING_HZ = 500.0
# Three periods of the lowest pitch; the tracker refuses less.
SHORTEST_SAMPLES = int(3 / FLOOR_HZ * SAMPLE_RATE_HZ) + 1


class PraatPitch:
    @property
    def model_id(self) -> str:
        return "praat-autocorrelation"

    def track(self, samples: Samples) -> npt.NDArray[np.float64]:
        import praatfan_rust

        frames = np.zeros(round(len(samples) / SAMPLE_RATE_HZ / STEP_S))
        if len(samples) < SHORTEST_SAMPLES:
            return frames
        pitch = praatfan_rust.Sound(samples.astype(np.float64), SAMPLE_RATE_HZ).to_pitch_ac(
            STEP_S, FLOOR_HZ, CEILING_HZ
        )
        places = np.round(np.asarray(pitch.xs()) / STEP_S).astype(int)
        inside = places < len(frames)
        frames[places[inside]] = np.nan_to_num(np.asarray(pitch.values())[inside])
        return frames
