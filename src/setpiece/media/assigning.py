"""From windows with a group each to spans of speakers: votes, the segmenter's windows matched to them, frames decided."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from setpiece.media.model import SpeakerSpan, Speech
from setpiece.media.spans import covered, runs
from setpiece.media.windows import FRAME_S, activity
from setpiece.providers.speech.ports import Span

# The middle of a window says most about it: a vote falls to its least at this distance from the middle.
VOTE_REACH_S = 0.8
LEAST_VOTE = 0.05
# Frames in which a speaker of the segmenter is not alone count this much for its matching: they may be the other's.
SHARED_WEIGHT = 0.05
# A second speaker is believed when a fifth of the segmenter's windows over the frame hear it.
LEAST_SECOND_RATIO = 0.2

Scores = npt.NDArray[np.float32]


class Votes:
    """What windows say about the frames they cover, for `count` groups."""

    def __init__(
        self, windows: Sequence[Span], labels: npt.NDArray[np.int64], count: int, weight: float
    ) -> None:
        self._windows = windows
        self._labels = labels
        self.count = count
        self.weight = weight

    def by_frame(self, frames: int) -> Scores:
        """Votes of each frame, adding up to 1 or 0. Shape: (frames, groups)."""
        votes = np.zeros((frames, self.count), np.float32)
        for window, label in zip(self._windows, self._labels.tolist(), strict=True):
            first, last = round(window.start_s / FRAME_S), min(round(window.end_s / FRAME_S), frames)
            middle_s = (window.start_s + window.end_s) / 2
            distance_s = np.abs(np.arange(first, last) * FRAME_S - middle_s)
            votes[first:last, label] += np.maximum(LEAST_VOTE, 1 - distance_s / VOTE_REACH_S)
        votes /= np.maximum(votes.sum(axis=1, keepdims=True), np.float32(1e-9))
        return votes


def assign_speakers(speech: Speech, votes: Votes, bridge_s: float) -> list[SpeakerSpan]:
    """Spans of each group, in no order; a group's own pauses up to `bridge_s` closed where nobody else speaks."""
    frames = round(speech.duration_s / FRAME_S) + 2
    voted = votes.by_frame(frames)
    matched, heard_at_once = _match(speech, voted)
    spoken = covered(speech.regions, frames, FRAME_S)
    at_once = np.where(spoken, np.maximum(heard_at_once, 1), 0)
    scores = matched + votes.weight * voted
    order = np.argsort(-scores, axis=1, kind="stable")
    active = np.zeros((frames, votes.count), bool)
    for rank in range(votes.count):
        candidate = order[:, rank : rank + 1]
        value = np.take_along_axis(scores if rank == 0 else matched, candidate, axis=1)[:, 0]
        is_active = (at_once > rank) & (value > (0 if rank == 0 else LEAST_SECOND_RATIO))
        np.put_along_axis(active, candidate, is_active[:, None], axis=1)
    active = bridged(active, round(bridge_s / FRAME_S))
    return [
        SpeakerSpan(group, span) for group in range(votes.count) for span in runs(active[:, group], FRAME_S)
    ]


def _match(speech: Speech, voted: Scores) -> tuple[Scores, npt.NDArray[np.int64]]:
    """The segmenter's speakers under the names of groups, and how many speak at once in each frame.

    Shapes: (frames, groups), the part of the windows over the frame that hear the group; (frames,).
    """
    frames, groups = voted.shape
    matched = np.zeros((frames, groups), np.float32)
    speaking, hearing = np.zeros(frames), np.zeros(frames)
    for window in speech.windows:
        first = round(window.span.start_s / FRAME_S)
        active = activity(window)[:, : frames - first]
        there = slice(first, first + active.shape[1])
        alone = active & (active.sum(axis=0) == 1)
        agreement = (alone + SHARED_WEIGHT * active) @ voted[there]
        for speaker, group in zip(*linear_sum_assignment(-agreement), strict=True):
            matched[there, group] += active[speaker]
        speaking[there] += active.sum(axis=0)
        hearing[there] += 1
    windows = np.maximum(hearing, 1)
    matched /= windows[:, None].astype(np.float32)
    return matched, np.rint(speaking / windows).astype(np.int64)


def bridged(active: npt.NDArray[np.bool_], bridge_frames: int) -> npt.NDArray[np.bool_]:
    """A speaker's pauses of so many frames or fewer, in which nobody else speaks, become speech. Shape: (frames, speakers)."""
    result = active.copy()
    spoken_before = np.concatenate([[0], np.cumsum(active.any(axis=1))])
    for speaker in range(active.shape[1]):
        edges = np.flatnonzero(np.diff(active[:, speaker].astype(np.int8), prepend=0, append=0))
        for end, start in edges[1:-1].reshape(-1, 2).tolist():
            if start - end <= bridge_frames and spoken_before[start] == spoken_before[end]:
                result[end:start, speaker] = True
    return result
