"""Where somebody speaks: the detector's spans, and what the segmenter hears beyond them.

The detector is exact for near speech and deaf for far speech (it missed up to all of it on quiet meeting excerpts, the
segmenter 0 to 39 % on the same; docs/speech.md), so the two are joined. What only the segmenter hears counts when the
detector does not rule it out: far speech it takes for improbable, tones and knocks for impossible.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from setpiece.media.model import HeardWindow, Progress, Speech, Stage, unheard
from setpiece.media.spans import batched, covered, merged, runs, shifted
from setpiece.media.waveform import Waveform
from setpiece.media.windows import FRAME_S, activity
from setpiece.providers.speech.ports import Span, SpeakerSegmenter, SpeechDetector

DETECTOR_BLOCK_S = 120.0
"""Bounds memory; the detector forgets what it knows at each border, which costs it less than a tenth of a second."""

DETECTOR_CONTEXT_S = 5.0
"""Of sound before a stretch that the detector hears to judge it; it remembers a few seconds."""

WINDOWS_AT_ONCE = 16
"""Enough for every thread of a segmenter; 80 s of sound, so progress is told often."""


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    step_s: float = 5.0
    """Between the starts of two segmenter windows. Half of it costs twice the time and told voices apart no better."""
    bridge_s: float = 0.3
    """Silence up to this long does not end a region."""
    least_probability: float = 0.05
    """What only the segmenter hears counts when the detector finds speech at least so probable at some moment of it."""


def find_speech(
    waveform: Waveform,
    detector: SpeechDetector,
    segmenter: SpeakerSegmenter,
    options: SpeechOptions,
    progress: Progress = unheard,
) -> Speech:
    windows = tuple(_windows(waveform, segmenter, options, progress))
    detected = list(_detected(waveform, detector))
    agreed = merged(agreed_spans(windows, waveform.duration_s), options.bridge_s)
    spans = [*detected, *_not_ruled_out(agreed, detected, waveform, detector, options.least_probability)]
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


def _not_ruled_out(
    agreed: Sequence[Span],
    detected: Sequence[Span],
    waveform: Waveform,
    detector: SpeechDetector,
    least: float,
) -> Iterator[Span]:
    """Those that the detector shares, and of the others those that it finds possible."""
    shared = covered(detected, round(waveform.duration_s / FRAME_S) + 2, FRAME_S)
    for span in agreed:
        is_shared = shared[int(span.start_s / FRAME_S) : int(span.end_s / FRAME_S) + 1].any()
        if is_shared or any(_surest(piece, waveform, detector) >= least for piece in _pieces(span)):
            yield span


def _surest(piece: Span, waveform: Waveform, detector: SpeechDetector) -> float:
    from_s = max(0.0, piece.start_s - DETECTOR_CONTEXT_S)
    return detector.surest_in(waveform.read(from_s, piece.end_s), shifted(piece, -from_s))


def _pieces(span: Span) -> Iterator[Span]:
    start_s = span.start_s
    while start_s < span.end_s:
        yield Span(start_s, min(start_s + DETECTOR_BLOCK_S, span.end_s))
        start_s += DETECTOR_BLOCK_S


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
