"""Where somebody speaks: the detector's spans, and what the segmenter hears beyond them.

The detector is exact for near speech and deaf for far speech (it missed up to all of it on quiet meeting excerpts, the
segmenter 0 to 39 % on the same; docs/speech.md), so the two are joined.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from setpiece.media.model import HeardWindow, Progress, Speech, Stage, unheard
from setpiece.media.spans import batched, merged, runs, shifted
from setpiece.media.waveform import Waveform
from setpiece.media.windows import FRAME_S, activity
from setpiece.providers.speech.ports import Span, SpeakerSegmenter, SpeechDetector

DETECTOR_BLOCK_S = 120.0
"""Bounds memory; the detector forgets what it knows at each border, which costs it less than a tenth of a second."""

WINDOWS_AT_ONCE = 16
"""Enough for every thread of a segmenter; 80 s of sound, so progress is told often."""


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    step_s: float = 5.0
    """Between the starts of two segmenter windows. Half of it costs twice the time and told voices apart no better."""
    bridge_s: float = 0.3
    """Silence up to this long does not end a region."""


def find_speech(
    waveform: Waveform,
    detector: SpeechDetector,
    segmenter: SpeakerSegmenter,
    options: SpeechOptions,
    progress: Progress = unheard,
) -> Speech:
    windows = tuple(_windows(waveform, segmenter, options, progress))
    spans = [*_detected(waveform, detector), *agreed_spans(windows, waveform.duration_s)]
    return Speech(waveform.duration_s, tuple(merged(spans, options.bridge_s)), windows)


def agreed_spans(windows: Iterable[HeardWindow], duration_s: float) -> list[Span]:
    """Where at least half of the segmenter's windows over a moment hear somebody."""
    frames = round(duration_s / FRAME_S) + 2
    speaking, hearing = np.zeros(frames, np.int32), np.zeros(frames, np.int32)
    for window in windows:
        first = round(window.span.start_s / FRAME_S)
        active = np.asarray(activity(window).any(axis=0))[: frames - first]
        speaking[first : first + len(active)] += active
        hearing[first : first + len(active)] += 1
    spans = runs((speaking * 2 >= hearing) & (speaking > 0), FRAME_S)
    return [Span(span.start_s, min(span.end_s, duration_s)) for span in spans]


def _detected(waveform: Waveform, detector: SpeechDetector) -> Iterator[Span]:
    for start_s, samples in waveform.blocks(DETECTOR_BLOCK_S):
        for span in detector.find_speech(samples):
            yield shifted(span, start_s)


def _windows(
    waveform: Waveform, segmenter: SpeakerSegmenter, options: SpeechOptions, progress: Progress
) -> Iterator[HeardWindow]:
    for spans in batched(
        _window_spans(waveform.duration_s, segmenter.window_s, options.step_s), WINDOWS_AT_ONCE
    ):
        found = segmenter.segment([waveform.read(span.start_s, span.end_s) for span in spans])
        for span, speakers in zip(spans, found, strict=True):
            yield HeardWindow(
                span, tuple(tuple(shifted(one, span.start_s) for one in heard) for heard in speakers)
            )
        progress(Stage.SPEECH, spans[-1].end_s, waveform.duration_s)


def _window_spans(duration_s: float, window_s: float, step_s: float) -> Iterator[Span]:
    start_s = 0.0
    while True:
        end_s = min(start_s + window_s, duration_s)
        yield Span(start_s, end_s)
        if end_s >= duration_s:
            return
        start_s += step_s
