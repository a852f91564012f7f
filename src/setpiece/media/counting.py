"""How many voices there are, and which window belongs to which: pure functions over embeddings.

Voices on one telephone line are more alike than voices in one room, so no fixed distance tells one voice from two: what
separates rooms merges telephones. What holds for both is a contrast within the recording: two groups are two voices
when they differ from each other clearly more than each differs from itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage

from setpiece.media.model import CountTried
from setpiece.providers.speech.ports import Embeddings, Span

Labels = npt.NDArray[np.int64]
Distances = npt.NDArray[np.float64]

# Linkage needs every pair: 1,500 windows are 20 minutes of speech and 9 MB. Of more, an even sample is grouped.
MOST_WINDOWS = 1500
# Cuts of the tree that are looked at: outliers are cut off first, and real voices are found below them.
MOST_CUTS = 25
# A group of one window has no spread of its own, and with it no other group has; this is a common one.
# Median over the meeting excerpts of the measured distances within a speaker.
COMMON_SPREAD = 0.4


@dataclass(frozen=True, slots=True)
class CountOptions:
    most_speakers: int
    least_contrast: float
    least_speaker_s: float
    least_speaker_ratio: float
    window_s: float
    hop_s: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """`labels` are those of the windows numbered in `members`; `centres` has one row of length 1 for each group."""

    members: npt.NDArray[np.int64]
    labels: Labels
    centres: Embeddings
    tried: tuple[CountTried, ...]

    @property
    def count(self) -> int:
        return len(self.centres)


def group_voices(windows: Sequence[Span], embeddings: Embeddings, options: CountOptions) -> Grouping:
    """As many groups as keep their contrast; one when none do."""
    members = _sample(len(windows))
    tree = _Tree([windows[index] for index in members], embeddings[members], options)
    best = np.zeros(len(members), np.int64)
    tried: list[CountTried] = []
    for labels in tree.cuts():
        count = int(labels.max()) + 1
        if count > options.most_speakers or count <= int(best.max()) + 1:
            continue
        contrast = tree.least_contrast(labels)
        is_accepted = contrast >= options.least_contrast
        if is_accepted:
            best = labels
        tried.append(CountTried(count, round(contrast, 3), is_accepted))
    return _grouping(members, best, embeddings[members], tuple(tried))


def group_into(
    count: int, windows: Sequence[Span], embeddings: Embeddings, options: CountOptions
) -> Grouping:
    """So many groups, or as many as there are different windows; groups with little speech only if there is no other way."""
    members = _sample(len(windows))
    tree = _Tree([windows[index] for index in members], embeddings[members], options)
    folded = next((labels for labels in tree.cuts() if int(labels.max()) + 1 == count), None)
    labels = tree.cut(count) if folded is None else folded
    return _grouping(members, labels, embeddings[members], ())


def _sample(count: int) -> npt.NDArray[np.int64]:
    return np.unique(np.linspace(0, count - 1, min(count, MOST_WINDOWS)).round().astype(np.int64))


def _grouping(
    members: npt.NDArray[np.int64], labels: Labels, embeddings: Embeddings, tried: tuple[CountTried, ...]
) -> Grouping:
    means = np.stack([embeddings[labels == group].mean(axis=0) for group in range(int(labels.max()) + 1)])
    centres = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(1e-9))
    return Grouping(members, labels, centres, tried)


class _Tree:
    """Average linkage over cosine distances, and what can be asked of it."""

    def __init__(self, windows: Sequence[Span], embeddings: Embeddings, options: CountOptions) -> None:
        self._distances: Distances = np.clip(1 - embeddings @ embeddings.T, 0, 2).astype(np.float64)
        starts = np.array([window.start_s for window in windows])
        # Windows that share sound are alike for that reason alone and say nothing about a voice.
        self._apart = np.abs(starts[:, None] - starts[None, :]) >= options.window_s - 0.1
        # Neighbours overlap, so a window stands for a little more than its hop.
        self._speech_s = np.array([window.duration_s for window in windows]) * min(
            1.0, 0.15 / options.window_s + options.hop_s / options.window_s
        )
        # What is odd (a laugh, a line's hiccup) grows with the recording, so the bound does too.
        self._least_s = max(
            options.least_speaker_s, options.least_speaker_ratio * float(self._speech_s.sum())
        )
        upper = np.triu_indices(len(windows), 1)
        self._links = linkage(self._distances[upper], "average") if len(windows) > 1 else None

    def cut(self, count: int) -> Labels:
        if self._links is None:
            return np.zeros(len(self._distances), np.int64)
        return _renumbered(fcluster(self._links, count, "maxclust"))

    def cuts(self) -> list[Labels]:
        """From one group on, groups with too little speech joined to their nearest."""
        return [self._folded(self.cut(count)) for count in range(1, min(len(self._distances), MOST_CUTS) + 1)]

    def _folded(self, labels: Labels) -> Labels:
        """The smallest group joins its nearest until each has enough speech. Distances between groups are summed up once."""
        count = int(labels.max()) + 1
        member = np.eye(count)[labels]
        sums, sizes = member.T @ self._distances @ member, member.sum(axis=0)
        speech_s = np.bincount(labels, self._speech_s, minlength=count)
        joined, left = np.arange(count), list(range(count))
        while len(left) > 1:
            smallest = min(left, key=speech_s.__getitem__)
            if speech_s[smallest] >= self._least_s:
                break
            left.remove(smallest)
            nearest = left[int((sums[smallest, left] / sizes[left]).argmin())]
            sums[nearest] += sums[smallest]
            sums[:, nearest] += sums[:, smallest]
            sizes[nearest] += sizes[smallest]
            speech_s[nearest] += speech_s[smallest]
            joined[joined == smallest] = nearest
        return _renumbered(joined[labels])

    def least_contrast(self, labels: Labels) -> float:
        """Over all pairs of groups: their mean distance less the mean of their own spreads."""
        means = _pair_means(self._distances, labels, self._apart)
        own = np.diag(means).copy()
        known = own[~np.isnan(own)]
        own[np.isnan(own)] = known.mean() if len(known) else COMMON_SPREAD
        contrasts = np.nan_to_num(means, nan=0.0) - (own[:, None] + own[None, :]) / 2
        return float(contrasts[np.triu_indices(len(own), 1)].min())


def _pair_means(distances: Distances, labels: Labels, counted: npt.NDArray[np.bool_]) -> Distances:
    """Mean distance between groups, over the counted pairs; nan where there is none. Shape: (groups, groups)."""
    member = np.eye(int(labels.max()) + 1)[labels]
    pairs = member.T @ counted @ member
    with np.errstate(invalid="ignore"):
        means: Distances = np.where(pairs > 0, (member.T @ (distances * counted) @ member) / pairs, np.nan)
    return means


def _renumbered(labels: npt.NDArray[np.signedinteger]) -> Labels:
    """From 0 without gaps."""
    renumbered: Labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    return renumbered
