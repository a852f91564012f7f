import numpy as np

from setpiece.media.assigning import Votes, assign_speakers, bridged
from setpiece.media.model import HeardWindow, Speech
from setpiece.media.spans import total_s
from setpiece.media.windows import short_windows
from setpiece.providers.speech.ports import Span


def spoken_s(spans, speaker: int) -> float:
    return total_s(one.span for one in spans if one.speaker == speaker)


def conversation() -> tuple[Speech, Votes]:
    """Speaker 0 from 0 to 5 s, speaker 1 from 4 to 9 s; the segmenter calls them by the other's number."""
    window = HeardWindow(Span(0, 10), ((Span(4, 9),), (Span(0, 5),), ()))
    speech = Speech(10, (Span(0, 9),), (window,))
    windows = short_windows(speech.regions, 1.5, 0.75)
    labels = np.array([0 if (one.start_s + one.end_s) / 2 < 4.5 else 1 for one in windows])
    return speech, Votes(windows, labels, 2, 2.0)


def test_two_at_once_are_both_found_and_borders_are_the_segmenters():
    spans = sorted(assign_speakers(*conversation(), bridge_s=0.75), key=lambda one: one.span)
    assert [one.speaker for one in spans] == [0, 1]
    assert np.allclose([*(spans[0].span.start_s, spans[0].span.end_s)], [0, 5], atol=0.05)
    assert np.allclose([*(spans[1].span.start_s, spans[1].span.end_s)], [4, 9], atol=0.05)


def test_votes_decide_where_the_segmenter_hears_one_speaker_for_two():
    window = HeardWindow(Span(0, 10), ((Span(0, 10),), (), ()))
    speech = Speech(10, (Span(0, 10),), (window,))
    windows = short_windows(speech.regions, 1.5, 0.75)
    labels = np.array([int((one.start_s + one.end_s) / 2 >= 5) for one in windows])
    spans = assign_speakers(speech, Votes(windows, labels, 2, 2.0), 0.75)
    assert abs(spoken_s(spans, 0) - 5) < 1
    assert abs(spoken_s(spans, 1) - 5) < 1


def test_where_nobody_speaks_nobody_is_active():
    speech, votes = conversation()
    assert max(one.span.end_s for one in assign_speakers(speech, votes, 0.75)) < 9.1


def test_a_pause_is_bridged_only_when_short_and_nobody_else_speaks_in_it():
    active = np.zeros((30, 2), bool)
    active[0:5, 0] = active[8:10, 0] = active[20:22, 0] = active[26:28, 0] = True
    active[24:25, 1] = True
    result = bridged(active, 4)[:, 0]
    assert result[5:8].all(), "three frames of silence"
    assert not result[10:20].any(), "too long"
    assert not result[22:26].any(), "the other speaks in it"
