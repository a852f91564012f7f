"""Who speaks when: voices told apart over the whole recording, windows of the segmenter joined to them.

1. Speech is cut into short overlapping windows, and each window's voice is embedded.
2. Windows in which one speaker is alone are grouped; their number is given or counted (`counting`).
3. Every window takes the nearest group. Windows vote for each frame they cover.
4. The speakers of each segmenter window are matched to the groups by those votes, at most one each. They say where two
   speak at once, and where exactly one stops and the other starts.

Decision record 0010 has the measurements behind each number.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from setpiece.kernel.errors import Invalid
from setpiece.media.assigning import Votes, assign_speakers
from setpiece.media.counting import CountOptions, Grouping, group_into, group_voices
from setpiece.media.model import Progress, Speakers, SpeakerSpan, Speech, Stage, Voice, unheard
from setpiece.media.waveform import Waveform
from setpiece.media.windows import purity_of, short_windows
from setpiece.providers.speech.ports import Embeddings, Span, VoiceEmbedder

BLOCK_S = 60.0
MOST_SPEAKERS = 20


@dataclass(frozen=True, slots=True)
class SpeakersOptions:
    speakers: int | None = None
    """How many there are; None counts them."""
    most_speakers: int = 8
    """The most that counting answers."""
    window_s: float = 1.5
    """Length of the stretches whose voice is embedded: half of it is too little voice, twice of it two voices."""
    hop_s: float = 0.75
    least_purity_ratio: float = 0.7
    """Windows where the segmenter hears one speaker for less than this part do not count voices."""
    least_contrast: float = 0.1
    """Two groups are two voices when they differ by at least this much more than each differs from itself."""
    least_speaker_s: float = 2.0
    """A counted group with less speech joins the nearest other."""
    least_speaker_ratio: float = 0.03
    """So does one with less than this part of all speech. Ten minutes of the example calls have an odd group of 1.7 %."""
    bridge_s: float = 0.75
    """A speaker's own pause up to this long is part of the turn unless somebody else speaks in it."""
    vote_weight: float = 2.0
    """What the windows' votes weigh against the segmenter's matched speakers."""


def find_speakers(
    waveform: Waveform,
    speech: Speech,
    embedder: VoiceEmbedder,
    options: SpeakersOptions,
    progress: Progress = unheard,
) -> Speakers:
    """Spans of each speaker; none where there is no speech.

    Raises:
        Invalid: the number given is not between 1 and 20 (code `speaker_count`).
    """
    if options.speakers is not None and not 1 <= options.speakers <= MOST_SPEAKERS:
        raise Invalid(f"The number of speakers is between 1 and {MOST_SPEAKERS}.", code="speaker_count")
    windows = short_windows(speech.regions, options.window_s, options.hop_s)
    if not windows:
        return Speakers((), (), ())
    embeddings = _embed(waveform, windows, embedder, progress)
    grouping, labels = _group(windows, embeddings, speech, options)
    votes = Votes(windows, labels, grouping.count, options.vote_weight)
    spans = assign_speakers(speech, votes, options.bridge_s)
    return _in_order_of_appearance(spans, labels, embeddings, grouping)


def _embed(
    waveform: Waveform, windows: list[Span], embedder: VoiceEmbedder, progress: Progress
) -> Embeddings:
    """Block by block, so that memory does not grow with the recording. Shape: (windows, dimensions)."""
    rows: list[Embeddings] = []
    first = 0
    while first < len(windows):
        start_s = windows[first].start_s
        last = first
        while last < len(windows) and windows[last].end_s <= start_s + BLOCK_S:
            last += 1
        block = windows[first:last]
        samples = waveform.read(start_s, block[-1].end_s)
        rows.append(
            embedder.embed(samples, [Span(one.start_s - start_s, one.end_s - start_s) for one in block])
        )
        progress(Stage.SPEAKERS, last, len(windows))
        first = last
    return np.concatenate(rows)


def _group(
    windows: list[Span], embeddings: Embeddings, speech: Speech, options: SpeakersOptions
) -> tuple[Grouping, npt.NDArray[np.int64]]:
    """The groups of the pure windows, and for every window the group it belongs to."""
    pure = np.flatnonzero(purity_of(windows, speech.windows) >= options.least_purity_ratio)
    chosen = (
        pure if len(pure) >= 3 else np.arange(len(windows))
    )  # fewer than three tell nothing about a spread
    counting = CountOptions(
        most_speakers=options.most_speakers,
        least_contrast=options.least_contrast,
        least_speaker_s=options.least_speaker_s,
        least_speaker_ratio=options.least_speaker_ratio,
        window_s=options.window_s,
        hop_s=options.hop_s,
    )
    chosen_windows = [windows[index] for index in chosen]
    if options.speakers is None:
        grouping = group_voices(chosen_windows, embeddings[chosen], counting)
    else:
        grouping = group_into(options.speakers, chosen_windows, embeddings[chosen], counting)
    labels = (embeddings @ grouping.centres.T).argmax(axis=1)
    labels[chosen[grouping.members]] = grouping.labels
    return grouping, labels


def _in_order_of_appearance(
    spans: list[SpeakerSpan],
    labels: npt.NDArray[np.int64],
    embeddings: Embeddings,
    grouping: Grouping,
) -> Speakers:
    spans = sorted(spans, key=lambda one: (one.span, one.speaker))
    number_by_group = {
        group: number for number, group in enumerate(dict.fromkeys(one.speaker for one in spans))
    }
    voices = []
    for group, number in number_by_group.items():
        mean = (
            embeddings[labels == group].mean(axis=0) if (labels == group).any() else grouping.centres[group]
        )
        direction = mean / max(float(np.linalg.norm(mean)), 1e-9)
        speech_s = sum(one.span.duration_s for one in spans if one.speaker == group)
        voices.append(Voice(number, speech_s, tuple(float(value) for value in direction)))
    renumbered = tuple(SpeakerSpan(number_by_group[one.speaker], one.span) for one in spans)
    return Speakers(renumbered, tuple(voices), grouping.tried)
