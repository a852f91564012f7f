"""When a delivery is tried again."""

from itertools import pairwise

from setpiece.events.retry import JITTER_RATIO, WAITS_S, draw_for, wait_before


def test_the_waits_grow_and_end_after_hours():
    waits = [wait_before(retry, 0.0) for retry in range(len(WAITS_S))]
    assert all(later > earlier for earlier, later in pairwise(w for w in waits if w))
    assert 12 < sum(WAITS_S) / 3600 < 24
    assert wait_before(len(WAITS_S), 0.0) is None


def test_jitter_only_lengthens_and_is_bounded():
    for retry, base in enumerate(WAITS_S):
        waits = [wait_before(retry, draw_for(f"delivery {n}", retry)) or 0 for n in range(200)]
        assert base <= min(waits) < max(waits) < base * (1 + JITTER_RATIO)


def test_deliveries_that_failed_together_do_not_come_back_together():
    draws = sorted(draw_for(f"delivery {n}", 0) for n in range(1000))
    assert max(later - earlier for earlier, later in pairwise(draws)) < 0.02


def test_the_same_retry_has_the_same_draw():
    assert draw_for("a", 3) == draw_for("a", 3) != draw_for("a", 4)
