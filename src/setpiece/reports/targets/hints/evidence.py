"""What speaks for and against each speaker, in points."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from setpiece.kernel.clock import show_place
from setpiece.reports.targets.hints.heard import Heard


@dataclass(frozen=True, slots=True)
class Reason:
    """A key of `telling`, and what it is filled with; the weightiest are told."""

    weight: float
    key: str
    values: tuple[str, ...]


@dataclass(slots=True)
class Evidence:
    """Of one wish.

    A difference of one point makes one speaker 2.7 times as likely as another (`weigh` takes shares of the exponentials).

    Attributes:
        nobody: The points of the possibility that nobody on this call is meant.
        missing: A key of `telling` and its values that say what was looked for in vain.
    """

    nobody: float = 0.0
    points_by_speaker: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    reasons_by_speaker: defaultdict[int, list[Reason]] = field(default_factory=lambda: defaultdict(list))
    missing: tuple[str, ...] | None = None

    def add(self, speaker: int | None, points: float, key: str = "", *values: str) -> None:
        if speaker is None:
            return
        self.points_by_speaker[speaker] += points
        if key:
            self.reasons_by_speaker[speaker].append(Reason(points, key, values))

    def quote(self, speaker: int | None, points: float, key: str, heard: Heard, *values: str) -> None:
        """Evidence that a sentence gives; it is told with its words and its second."""
        self.add(speaker, points, key, *values, excerpt(heard.text), show_place(heard.start_s))

    def bounded(self, most: float) -> "Evidence":
        """No more than so many points for or against anybody: many weak signs are not a proof."""
        for speaker, points in self.points_by_speaker.items():
            self.points_by_speaker[speaker] = max(-most, min(most, points))
        return self

    def denied(self, speakers: Iterable[int]) -> "Evidence":
        """Of "not the one who ...": what speaks for somebody speaks against them, and what speaks against them for nobody.

        That somebody is left is presupposed.
        """
        turned = Evidence(nobody=-1.0)
        for speaker in speakers:
            turned.points_by_speaker[speaker] = -DENIED * max(0.0, self.points_by_speaker[speaker])
        for speaker, reasons in self.reasons_by_speaker.items():
            turned.reasons_by_speaker[speaker] = [Reason(-one.weight, one.key, one.values) for one in reasons]
        return turned


DENIED = 1.5
"""Somebody who is ahead by a little is fully excluded by a denial."""
LONGEST_EXCERPT = 90


def excerpt(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1].rstrip() + "…"
