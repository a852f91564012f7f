"""How high each voice is, where it speaks alone. A measurement: nothing about a person is concluded from it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from setpiece.media.model import Pitch, Progress, Speakers, Stage, VoicePitch, unheard
from setpiece.media.spans import covered, runs
from setpiece.media.waveform import Waveform
from setpiece.media.windows import FRAME_S
from setpiece.providers.speech.ports import PitchTracker, Span

TRACK_STEP_S = 0.01
SEMITONES_PER_OCTAVE = 12


@dataclass(frozen=True, slots=True)
class PitchOptions:
    shortest_s: float = 0.3
    """Shorter stretches are not listened to: the first and last periods of a stretch are measured worst."""
    most_s: float = 300.0
    """Listened to for each speaker at most, spread evenly over their stretches; a median does not need more."""
    least_voiced_s: float = 1.0
    """Below this there is no median."""


def measure_pitch(
    waveform: Waveform,
    speakers: Speakers,
    tracker: PitchTracker,
    options: PitchOptions,
    progress: Progress = unheard,
) -> Pitch:
    numbers = [voice.speaker for voice in speakers.voices]
    voices = []
    for done, (speaker, spans) in enumerate(_alone(waveform.duration_s, speakers, numbers), 1):
        heard = [tracker.track(waveform.read(*span)) for span in _spread(spans, options)]
        voices.append(_summary(speaker, heard, options.least_voiced_s))
        progress(Stage.PITCH, done, len(numbers))
    return Pitch(tuple(voices))


def _alone(duration_s: float, speakers: Speakers, numbers: list[int]) -> Iterator[tuple[int, list[Span]]]:
    frames = round(duration_s / FRAME_S) + 2
    active = {
        number: covered([one.span for one in speakers.spans if one.speaker == number], frames, FRAME_S)
        for number in numbers
    }
    at_once = np.sum(list(active.values()), axis=0) if active else np.zeros(frames)
    for number in numbers:
        yield number, runs(active[number] & (at_once == 1), FRAME_S)


def _spread(spans: list[Span], options: PitchOptions) -> Iterator[tuple[float, float]]:
    """Of each span of some length its share of the time that may be listened to, from its middle."""
    long_enough = [span for span in spans if span.duration_s >= options.shortest_s]
    share = min(1.0, options.most_s / max(sum(span.duration_s for span in long_enough), 1e-9))
    for span in long_enough:
        middle_s, half_s = (
            (span.start_s + span.end_s) / 2,
            max(span.duration_s * share, options.shortest_s) / 2,
        )
        yield middle_s - half_s, middle_s + half_s


def _summary(speaker: int, heard: list[npt.NDArray[np.float64]], least_voiced_s: float) -> VoicePitch:
    values = np.concatenate(heard) if heard else np.zeros(0)
    voiced = values[values > 0]
    voiced_s = round(len(voiced) * TRACK_STEP_S, 2)
    if voiced_s < least_voiced_s:
        return VoicePitch(speaker, voiced_s, None, None)
    low, middle, high = np.percentile(voiced, [10, 50, 90])
    spread = SEMITONES_PER_OCTAVE * float(np.log2(high / low))
    return VoicePitch(speaker, voiced_s, round(float(middle), 1), round(spread, 2))
