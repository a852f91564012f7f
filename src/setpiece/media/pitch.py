"""How high each voice is, where it speaks alone. A measurement: nothing about a person is concluded from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from setpiece.media.model import Pitch, Progress, Speakers, Stage, TrackedPitch, VoicePitch, unheard
from setpiece.media.spans import covered, runs
from setpiece.media.waveform import Waveform
from setpiece.media.windows import FRAME_S
from setpiece.providers.speech.ports import PitchTracker, Span

TRACK_STEP_S = 0.01
KEPT_STEP_S = 0.05
"""The median of five: a syllable has several, and a call of ten minutes keeps some 20 KB."""
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
    track: list[TrackedPitch] = []
    for done, alone in enumerate(_alone(waveform.duration_s, speakers).values(), 1):
        track += [
            TrackedPitch(start_s, _kept(tracker.track(waveform.read(start_s, end_s))))
            for start_s, end_s in _spread(runs(alone, FRAME_S), options)
        ]
        progress(Stage.PITCH, done, len(speakers.voices))
    return pitch_of(waveform.duration_s, speakers, track, options)


def pitch_of(
    duration_s: float, speakers: Speakers, track: Sequence[TrackedPitch], options: PitchOptions
) -> Pitch:
    """Of each speaker, where they are alone on the track; for other speakers than it was made with, too. Pure."""
    times_s = [one.start_s + (np.arange(len(one.hz)) + 0.5) * KEPT_STEP_S for one in track]
    frames = (np.concatenate([*times_s, np.zeros(0)]) / FRAME_S).astype(np.int64)
    hz = np.concatenate([*(np.array(one.hz, np.float64) for one in track), np.zeros(0)])
    voices = [
        _summary(speaker, hz[alone[frames] & (hz > 0)], options.least_voiced_s)
        for speaker, alone in _alone(duration_s, speakers).items()
    ]
    return Pitch(tuple(voices), tuple(track))


def _kept(tracked: npt.NDArray[np.float64]) -> tuple[float, ...]:
    """The median of each step's voiced values, when most are voiced; else 0."""
    each = round(KEPT_STEP_S / TRACK_STEP_S)
    steps = tracked[: len(tracked) // each * each].reshape(-1, each)
    voiced = np.where(steps > 0, steps, np.nan)
    is_voiced = (steps > 0).sum(axis=1) * 2 > each
    medians = np.zeros(len(steps))
    medians[is_voiced] = np.nanmedian(voiced[is_voiced], axis=1)
    return tuple(medians.round(1).tolist())


def _alone(duration_s: float, speakers: Speakers) -> dict[int, npt.NDArray[np.bool_]]:
    """Of each speaker the frames in which nobody else speaks. Shape: (frames,)."""
    numbers = [voice.speaker for voice in speakers.voices]
    frames = round(duration_s / FRAME_S) + 2
    active = {
        number: covered([one.span for one in speakers.spans if one.speaker == number], frames, FRAME_S)
        for number in numbers
    }
    at_once = np.sum(list(active.values()), axis=0) if active else np.zeros(frames)
    return {number: active[number] & (at_once == 1) for number in numbers}


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


def _summary(speaker: int, voiced: npt.NDArray[np.float64], least_voiced_s: float) -> VoicePitch:
    voiced_s = round(len(voiced) * KEPT_STEP_S, 2)
    if voiced_s < least_voiced_s:
        return VoicePitch(speaker, voiced_s, None, None)
    low, middle, high = np.percentile(voiced, [10, 50, 90])
    spread = SEMITONES_PER_OCTAVE * float(np.log2(high / low))
    return VoicePitch(speaker, voiced_s, round(float(middle), 1), round(spread, 2))
