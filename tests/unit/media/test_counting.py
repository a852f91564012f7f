"""How many voices: groups count as voices when they differ more from each other than from themselves."""

import numpy as np
import pytest

from setpiece.media.counting import MOST_WINDOWS, CountOptions, group_into, group_voices
from setpiece.providers.speech.ports import Embeddings, Span

OPTIONS = CountOptions(
    most_speakers=8,
    least_contrast=0.1,
    least_speaker_s=2.0,
    least_speaker_ratio=0.03,
    window_s=1.5,
    hop_s=0.75,
)
DIMENSIONS = 192


def windows(count: int) -> list[Span]:
    """Far enough apart to share no sound."""
    return [Span(index * 2.0, index * 2.0 + 1.5) for index in range(count)]


def voices(*counts: int, likeness: float = 0.0, spread: float = 0.6, seed: int = 1) -> Embeddings:
    """Rows around one direction for each voice; `likeness` is what all voices share, as on one telephone line."""
    random = np.random.default_rng(seed)
    axes = np.eye(DIMENSIONS)
    rows = []
    for voice, count in enumerate(counts):
        centre = likeness * axes[-1] + (1 - likeness) * axes[voice]
        noise = (
            random.normal(size=(count, DIMENSIONS)) * spread / np.sqrt(DIMENSIONS) * np.linalg.norm(centre)
        )
        rows.append(centre + noise)
    joined = np.concatenate(rows).astype(np.float32)
    return joined / np.linalg.norm(joined, axis=1, keepdims=True)


@pytest.mark.parametrize("counts", [(20,), (15, 15), (25, 6), (12, 12, 12), (10, 10, 10, 10, 10)], ids=str)
def test_as_many_voices_are_counted_as_there_are(counts: tuple[int, ...]):
    grouping = group_voices(windows(sum(counts)), voices(*counts), OPTIONS)
    truth = np.repeat(np.arange(len(counts)), counts)
    assert grouping.count == len(counts)
    assert len(set(zip(truth.tolist(), grouping.labels.tolist(), strict=True))) == len(counts)


def test_voices_made_alike_by_a_telephone_line_are_still_two():
    """A fixed distance of 0.5, which tells voices in a room apart, would merge them."""
    rows = voices(15, 15, likeness=0.6, spread=0.45)
    between = 1 - rows[:15] @ rows[15:].T
    assert between.mean() < 0.5
    assert group_voices(windows(30), rows, OPTIONS).count == 2


def test_the_count_is_never_above_its_bound():
    bounded = CountOptions(
        most_speakers=2,
        least_contrast=0.1,
        least_speaker_s=2.0,
        least_speaker_ratio=0.03,
        window_s=1.5,
        hop_s=0.75,
    )
    assert group_voices(windows(36), voices(12, 12, 12), bounded).count <= 2


def test_a_voice_with_hardly_any_speech_is_not_counted():
    assert group_voices(windows(21), voices(20, 1), OPTIONS).count == 1


def test_on_a_long_recording_a_group_needs_its_part_of_the_speech():
    """Six odd windows are a voice among 30 windows and an oddity among 406."""
    assert group_voices(windows(30), voices(24, 6), OPTIONS).count == 2
    assert group_voices(windows(406), voices(200, 200, 6), OPTIONS).count == 2


def test_each_count_that_was_tried_is_told_with_its_contrast():
    tried = group_voices(windows(30), voices(15, 15), OPTIONS).tried
    assert [one.speakers for one in tried if one.is_accepted] == [2]
    assert all(one.is_accepted == (one.least_contrast >= OPTIONS.least_contrast) for one in tried)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_number_that_is_given_is_kept(count: int):
    assert group_into(count, windows(30), voices(15, 15), OPTIONS).count == count


def test_more_speakers_than_windows_gives_a_group_for_each_window():
    assert group_into(5, windows(2), voices(1, 1), OPTIONS).count == 2


def test_one_window_is_one_voice():
    grouping = group_voices(windows(1), voices(1), OPTIONS)
    assert (grouping.count, grouping.labels.tolist(), grouping.tried) == (1, [0], ())


def test_of_a_long_recording_an_even_sample_is_grouped():
    count = MOST_WINDOWS + 500
    grouping = group_voices(windows(count), voices(count), OPTIONS)
    assert len(grouping.members) == MOST_WINDOWS
    assert (grouping.members[0], grouping.members[-1]) == (0, count - 1)
