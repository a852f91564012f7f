"""Short windows over speech, and how far one speaker has each of them alone."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from setpiece.media.model import HeardWindow
from setpiece.media.spans import covered
from setpiece.providers.speech.ports import Span

FRAME_S = 0.02
"""The grid of everything that is decided per frame: a little coarser than the segmenter's own 17 ms."""
SHORTEST_S = 0.1


def short_windows(regions: Iterable[Span], window_s: float, hop_s: float) -> list[Span]:
    """Each region evenly covered by windows; a region shorter than a window is one window."""
    windows = []
    for region in regions:
        beyond_s = region.duration_s - window_s
        if beyond_s <= 0:
            windows += [region] if region.duration_s > SHORTEST_S else []
            continue
        steps = math.ceil(beyond_s / hop_s)
        starts = (region.start_s + beyond_s * index / steps for index in range(steps + 1))
        windows += [Span(start_s, start_s + window_s) for start_s in starts]
    return windows


def purity_of(windows: Sequence[Span], heard: Sequence[HeardWindow]) -> npt.NDArray[np.float64]:
    """For each window the part of its speech that the most active speaker has alone, 0 to 1; 1 where the segmenter hears nobody.

    The mean over the segmenter's windows that hold it. Shape: (windows,).
    """
    sums, counts = np.zeros(len(windows)), np.zeros(len(windows))
    starts = np.array([window.start_s for window in windows])
    for one in heard:
        active = activity(one)
        alone = active & (active.sum(axis=0) == 1)
        first = int(np.searchsorted(starts, one.span.start_s - SHORTEST_S))
        for index in range(first, len(windows)):
            if windows[index].start_s > one.span.end_s:
                break
            if windows[index].end_s > one.span.end_s + SHORTEST_S:
                continue
            inside = slice(*_frames(windows[index], one.span.start_s))
            spoken = int(active[:, inside].any(axis=0).sum())
            sums[index] += int(alone[:, inside].sum(axis=1).max()) / spoken if spoken else 1.0
            counts[index] += 1
    return np.where(counts > 0, sums / np.maximum(counts, 1), 1.0)


def activity(heard: HeardWindow) -> npt.NDArray[np.bool_]:
    """Which speaker is active in which frame of the window. Shape: (speakers, frames)."""
    frames = round(heard.span.duration_s / FRAME_S) + 1
    start_s = heard.span.start_s
    rows = [
        covered([Span(one.start_s - start_s, one.end_s - start_s) for one in spans], frames, FRAME_S)
        for spans in heard.speakers
    ]
    return np.stack(rows) if rows else np.zeros((1, frames), bool)


def _frames(span: Span, start_s: float) -> tuple[int, int]:
    return max(0, round((span.start_s - start_s) / FRAME_S)), round((span.end_s - start_s) / FRAME_S)
