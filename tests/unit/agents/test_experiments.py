"""Which arm a draw falls on, and how evenly the draws are spread."""

from collections import Counter
from uuid import UUID

import pytest

from setpiece.agents.experiments import arm_at, seeded_draw
from setpiece.agents.model import Arm

EXPERIMENT = UUID(int=1)
A, B, C = (UUID(int=number) for number in (10, 11, 12))
DRAWS = [seeded_draw(EXPERIMENT, f"person{number}@example.com") for number in range(1_000)]


def test_a_draw_depends_on_the_experiment_and_the_person_and_on_nothing_else():
    assert seeded_draw(EXPERIMENT, "a") == seeded_draw(EXPERIMENT, "a")
    assert seeded_draw(EXPERIMENT, "a") != seeded_draw(EXPERIMENT, "b")
    assert seeded_draw(EXPERIMENT, "a") != seeded_draw(UUID(int=2), "a")


def test_draws_fill_the_range_evenly():
    assert all(0 <= draw < 1 for draw in DRAWS)
    counts = Counter(int(draw * 10) for draw in DRAWS)
    assert min(counts.values()) > 70
    assert max(counts.values()) < 130


@pytest.mark.parametrize("weights", [(1, 1), (3, 1), (1, 0, 3), (0.2, 0.3, 0.5)], ids=str)
def test_a_thousand_people_are_shared_out_as_the_weights_say(weights: tuple[float, ...]):
    arms = [Arm(agent, weight) for agent, weight in zip((A, B, C), weights, strict=False)]
    counts = Counter(arm_at(arms, draw, weighted=True).agent_id for draw in DRAWS)
    for arm in arms:
        expected = 1_000 * arm.weight / sum(weights)
        assert abs(counts[arm.agent_id] - expected) <= 50  # three standard deviations


def test_without_weights_every_arm_is_as_wide_as_the_others():
    arms = [Arm(A, 100), Arm(B, 0), Arm(C, 1)]
    counts = Counter(arm_at(arms, draw, weighted=False).agent_id for draw in DRAWS)
    assert all(abs(count - 333) <= 50 for count in counts.values())
    assert len(counts) == 3


def test_the_ends_of_the_range_fall_on_the_first_and_the_last_arm_with_weight():
    arms = [Arm(A, 0), Arm(B, 1), Arm(C, 0)]
    assert arm_at(arms, 0.0, weighted=True).agent_id == B
    assert arm_at(arms, 1 - 2**-56, weighted=True).agent_id == B
    assert arm_at(arms, 1.0, weighted=True).agent_id == B  # where rounding could lead
