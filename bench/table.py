"""The table at the end: what was measured, against what, and whether the target was met."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. Without a baseline the ratio is left out; without a target it is for information."""

    what: str
    measured: float
    unit: str
    baseline: float | None = None
    target: float | None = None
    bound: Literal["most", "least"] = "most"
    """Whether the target is the most or the least that is allowed."""

    @property
    def ratio(self) -> float | None:
        return self.measured / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """The ratio, or without a baseline the measured value, against the target; None without a target."""
        if self.target is None:
            return None
        judged = self.measured if self.ratio is None else self.ratio
        return judged <= self.target if self.bound == "most" else judged >= self.target


HEADINGS = ("what", "measured", "baseline", "ratio", "target", "met")


def render(rows: Sequence[Row]) -> str:
    """The rows as aligned plain text, headings first."""
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(_line(cells, widths) for cells in lines)


def missed(rows: Sequence[Row]) -> list[str]:
    return [row.what for row in rows if row.met is False]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join((first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others))).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        _number(row.measured, row.unit),
        _number(row.baseline, row.unit) if row.baseline is not None else "",
        f"{row.ratio:.2f}" if row.ratio is not None else "",
        _target(row),
        {True: "yes", False: "NO", None: ""}[row.met],
    )


def _target(row: Row) -> str:
    if row.target is None:
        return ""
    sign = "≤" if row.bound == "most" else "≥"
    return f"{sign} {row.target:g}{f' {row.unit}' if row.baseline is None else ''}"


def _number(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()
