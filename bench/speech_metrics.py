"""Word and speaker error rates, computed exactly and small enough to check by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

Spoken = tuple[float, float, str]
"""Start and end in seconds, and who."""


def read_rttm(path: Path, name: str | None = None) -> list[Spoken]:
    """The lines of one recording, or all of them: `SPEAKER name channel start duration . . speaker . .`."""
    fields = [
        line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("SPEAKER")
    ]
    return [
        (float(one[3]), float(one[3]) + float(one[4]), one[7]) for one in fields if name in (None, one[1])
    ]


def edit_distance(reference: Sequence[str], heard: Sequence[str]) -> int:
    """Insertions, deletions and substitutions (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(reference, 1):
        before, row[0] = row[0], number
        for column, other in enumerate(heard, 1):
            before, row[column] = (
                row[column],
                min(before + (word != other), row[column] + 1, row[column - 1] + 1),
            )
    return row[-1]


def word_error_ratio(reference: Sequence[str], heard: Sequence[str]) -> float:
    return edit_distance(reference, heard) / len(reference) if reference else float(bool(heard))


def speaker_word_error_ratio(
    reference_by_speaker: Mapping[str, Sequence[str]], heard_by_speaker: Mapping[str, Sequence[str]]
) -> float:
    """cpWER: each speaker's words in one line, speakers matched so that the errors are least; one too many is all insertions.

    Source: Watanabe et al. 2020, the CHiME-6 challenge.
    """
    references, heard = list(reference_by_speaker.values()), list(heard_by_speaker.values())
    size = max(len(references), len(heard))
    references += [[]] * (size - len(references))
    heard += [[]] * (size - len(heard))
    errors = np.array([[edit_distance(one, other) for other in heard] for one in references])
    rows, columns = linear_sum_assignment(errors)
    return float(errors[rows, columns].sum()) / sum(map(len, references))


@dataclass(frozen=True, slots=True)
class DiarizationErrors:
    """Seconds; with two at once, both count."""

    reference_s: float
    missed_s: float
    false_alarm_s: float
    confused_s: float

    @property
    def ratio(self) -> float:
        return (self.missed_s + self.false_alarm_s + self.confused_s) / self.reference_s


def diarization_errors(
    reference: Iterable[Spoken], heard: Iterable[Spoken], collar_s: float
) -> DiarizationErrors:
    """DER with speakers matched so that most time agrees; `collar_s` on both sides of each border of the reference is left out.

    Source: NIST RT-09 evaluation plan; the collar as in `md-eval.pl`.
    """
    reference, heard = list(reference), list(heard)
    pieces = _pieces(reference, heard, collar_s)
    ours, theirs = sorted({who for *_, who in reference}), sorted({who for *_, who in heard})
    together = np.zeros((len(ours), len(theirs)))
    for length_s, truly, said in pieces:
        for one in truly:
            for other in said:
                together[ours.index(one), theirs.index(other)] += length_s
    pairs = {
        (ours[row], theirs[column]) for row, column in zip(*linear_sum_assignment(-together), strict=True)
    }
    total = missed = false_alarm = confused = 0.0
    for length_s, truly, said in pieces:
        right = sum((one, other) in pairs for one in truly for other in said)
        total += length_s * len(truly)
        missed += length_s * max(0, len(truly) - len(said))
        false_alarm += length_s * max(0, len(said) - len(truly))
        confused += length_s * (min(len(truly), len(said)) - right)
    return DiarizationErrors(total, missed, false_alarm, confused)


def _pieces(
    reference: Sequence[Spoken], heard: Sequence[Spoken], collar_s: float
) -> list[tuple[float, frozenset[str], frozenset[str]]]:
    """Stretches in which nothing changes, with who speaks by either account; collars left out."""
    collars = [
        (border - collar_s, border + collar_s) for start, end, _ in reference for border in (start, end)
    ]
    edges = sorted(
        {edge for start, end, _ in (*reference, *heard) for edge in (start, end)}
        | {e for c in collars for e in c}
    )
    pieces = []
    for start, end in pairwise(edges):
        middle = (start + end) / 2
        if collar_s and any(first < middle < last for first, last in collars):
            continue
        pieces.append((end - start, _at(middle, reference), _at(middle, heard)))
    return pieces


def _at(moment_s: float, spoken: Sequence[Spoken]) -> frozenset[str]:
    return frozenset(who for start, end, who in spoken if start <= moment_s < end)
