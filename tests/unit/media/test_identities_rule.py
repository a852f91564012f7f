"""Which voice is whose: the rule alone."""

from uuid import UUID

import pytest

from setpiece.media.identities.model import IdentifyOptions, Near, Voiceprint, choose, keep_earlier
from setpiece.media.model import Voice

OPTIONS = IdentifyOptions(most_distance=0.2, least_margin=0.08)
A, B, C = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ([], {}),
        ([(0, A, 0.2)], {0: A}),
        ([(0, A, 0.21)], {}),
        ([(0, A, 0.1), (0, B, 0.19)], {0: A}),
        ([(0, A, 0.1), (0, B, 0.17)], {}),
        ([(0, A, 0.1), (1, A, 0.19)], {0: A}),
        ([(0, A, 0.1), (1, A, 0.17)], {}),
        ([(0, A, 0.1), (1, A, 0.3), (1, B, 0.15), (0, B, 0.4)], {0: A, 1: B}),
        ([(0, A, 0.05), (1, A, 0.18), (1, B, 0.19), (0, B, 0.5)], {0: A, 1: B}),
        ([(0, A, 0.1), (0, B, 0.15), (1, B, 0.19)], {}),
    ],
    ids=[
        "nobody is near",
        "at the distance",
        "beyond it",
        "the runner-up is far enough",
        "the runner-up is too near",
        "another voice of the recording is far enough",
        "another voice of the recording is too near",
        "each has its own",
        "what is taken is no runner-up",
        "what is not decided goes to nobody",
    ],
)
def test_the_nearest_is_chosen_unless_another_is_nearly_as_near(
    near: list[tuple[int, UUID, float]], expected: dict[int, UUID]
):
    assert choose([Near(*one) for one in near], OPTIONS) == expected


def test_voices_keep_what_they_had_by_their_direction_and_else_by_their_number():
    def voice(speaker: int, *direction: float) -> Voice:
        return Voice(speaker, 30.0, direction)

    earlier = [
        Voiceprint(0, A, 30.0, (1.0, 0.0)),
        Voiceprint(1, B, 30.0, (0.0, 1.0)),
        Voiceprint(2, C, 30.0, None),
    ]
    swapped = [voice(0, 0.0, 1.0), voice(1, 1.0, 0.0), voice(2)]
    assert keep_earlier(swapped, earlier, OPTIONS) == {0: B, 1: A, 2: C}
    assert keep_earlier([voice(0, 1.0, 0.0), voice(3, 0.98, 0.2)], earlier, OPTIONS) == {0: A}
    assert keep_earlier([voice(1)], earlier, OPTIONS) == {}


def test_a_deleted_identity_stays_deleted():
    gone = [Voiceprint(0, None, 30.0, None)]
    assert keep_earlier([Voice(0, 30.0, (1.0, 0.0))], gone, OPTIONS) == {0: None}
