"""Thompson sampling: leads go to a variant as often as it is, from what is known, likely the best one.

The evidence of each variant stays valid: what goes where depends on the past only.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arm:
    """What a variant has shown: matured units and their successes (for values in [0, 1] their sum)."""

    units: int = 0
    successes: float = 0


def choose_variant(arms: Mapping[str, Arm], seed: str) -> str:
    """The variant for one lead: the best of one draw for each from Beta(1 + successes, 1 + failures).

    The same seed and arms give the same variant, so that a step that is repeated after a crash changes nothing. The seed names workspace, program, epoch and lead.

    Raises:
        ValueError: There is no variant to choose from.
    """
    if not arms:
        raise ValueError("There is no variant to choose from.")
    drawing = random.Random(seed)  # noqa: S311 - a fair draw that can be repeated, not a secret
    drawn = {
        name: drawing.betavariate(1 + arm.successes, 1 + arm.units - arm.successes)
        for name, arm in sorted(arms.items())
    }
    return max(drawn, key=drawn.__getitem__)
