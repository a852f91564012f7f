"""Many programs at once: which may be called failing so that few of those called so are fine."""

import math
from collections.abc import Mapping
from typing import TypeVar

Id = TypeVar("Id")


def failing(log_evidence: Mapping[Id, float], alpha: float) -> frozenset[Id]:
    """The programs that e-BH flags: of those, the expected share that is on target is at most α, however they depend on each other.

    Flagged are the k with the most evidence, for the largest k whose k-th evidence is at least K/(αk), K being all that can be evaluated.
    Source: Wang and Ramdas, "False discovery rate control with e-values" (2022).
    """
    ranked = sorted(log_evidence.items(), key=lambda one: one[1], reverse=True)
    flagged = 0
    for rank, (_, log_value) in enumerate(ranked, 1):
        if log_value >= math.log(len(ranked) / (alpha * rank)):
            flagged = rank
    return frozenset(program for program, _ in ranked[:flagged])
