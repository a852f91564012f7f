import numpy as np
import pytest

from setpiece.media.model import HeardWindow
from setpiece.media.spans import merged, runs, shared_s
from setpiece.media.speech import agreed_spans
from setpiece.media.windows import purity_of, short_windows
from setpiece.providers.speech.ports import Span


def heard(start_s: float, *speakers: list[tuple[float, float]]) -> HeardWindow:
    return HeardWindow(
        Span(start_s, start_s + 10), tuple(tuple(Span(*one) for one in spans) for spans in speakers)
    )


def test_spans_merge_over_gaps_up_to_the_bridge():
    spans = [Span(3, 4), Span(0, 1), Span(1.2, 2), Span(0.5, 0.8)]
    assert merged(spans, 0.2) == [Span(0, 2), Span(3, 4)]


def test_what_two_spans_share_is_never_below_nothing():
    assert shared_s(Span(0, 2), Span(1.5, 3)) == 0.5
    assert shared_s(Span(0, 1), Span(2, 3)) == 0


def test_runs_of_frames_at_both_edges_are_found():
    assert runs(np.array([True, True, False, True]), 0.5) == [Span(0, 1), Span(1.5, 2)]


@pytest.mark.parametrize(
    ("length_s", "count"), [(0.05, 0), (0.5, 1), (1.5, 1), (1.6, 2), (3.0, 3)], ids=lambda value: str(value)
)
def test_windows_cover_a_region_from_end_to_end(length_s: float, count: int):
    windows = short_windows([Span(10, 10 + length_s)], 1.5, 0.75)
    assert len(windows) == count
    if windows:
        assert windows[0].start_s == 10
        assert windows[-1].end_s == pytest.approx(10 + length_s)


def test_a_window_with_one_speaker_is_pure_and_one_with_a_change_is_not():
    one = heard(0, [(0, 4)], [(4, 8)])
    purity = purity_of([Span(1, 2), Span(3.5, 4.5), Span(8.5, 9.5)], [one])
    assert purity[0] == 1
    assert purity[1] == pytest.approx(0.5, abs=0.05)
    assert purity[2] == 1, "where nobody is heard nothing speaks against the window"


def test_purity_is_the_mean_over_the_windows_that_hold_the_stretch():
    clean, mixed = heard(0, [(0, 10)], []), heard(0, [(0, 5)], [(0, 10)])
    assert purity_of([Span(1, 2)], [clean, mixed])[0] == pytest.approx(0.5, abs=0.02)


def test_speech_is_where_half_of_the_windows_hear_somebody():
    one, two, three = heard(0, [(2, 4)]), heard(0, [(2, 3)]), heard(0, [])
    (span,) = agreed_spans([one, two, three], 10)
    assert span == Span(pytest.approx(2), pytest.approx(3))
