"""`python -m bench.evidence_plot FILE.svg`: the evidence over leads for a good, a borderline and a bad program. Seeded, so the same each time."""

import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from setpiece.programs.evidence.bernoulli import log_evidence_below

TARGET, ALPHA, LEADS = 0.06, 0.1, 600
SEED = 6
"""Of the first seven the one whose bad program pivots nearest to the median, which is lead 211."""
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 420, 70, 190, 24, 50
LEAST, MOST = 0.001, 1_000.0  # of the evidence; what is beyond runs along the edge
FONT = 'font-family="system-ui, sans-serif" font-size="13"'


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    rate: float
    colour: str
    dashes: str
    """So that the lines differ without colour too."""


PROGRAMS = (
    Program("bad: 3 % succeed", 0.03, "#b3261e", "none"),
    Program("borderline: 6 % succeed", 0.06, "#8a6d00", "7 4"),
    Program("good: 9 % succeed", 0.09, "#1e6b3c", "2 3"),
)


def main(path: Path) -> None:
    path.write_text(drawing(), encoding="utf-8")
    for program in PROGRAMS:
        evidence = _evidence(program)
        crossed = next(
            (lead for lead, value in enumerate(evidence) if value >= 1 / ALPHA and lead >= 50), None
        )
        print(f"{program.name}: {'no pivot' if crossed is None else f'pivot at lead {crossed}'}, at the end {evidence[-1]:.3g}")  # fmt: skip


def drawing() -> str:
    """The plot as SVG."""
    title = f"Evidence that a target of {100 * TARGET:g} % is missed"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            *_axes(),
            *_threshold(),
            *(line for program in PROGRAMS for line in _curve(program)),
            f'<text x="{LEFT}" y="{TOP - 8}" {FONT} font-weight="600">{title}</text>',
            "</svg>\n",
        )
    )


def _evidence(program: Program) -> list[float]:
    drawn, successes, found = random.Random(SEED), 0, [1.0]
    for lead in range(1, LEADS + 1):
        successes += drawn.random() < program.rate
        found.append(math.exp(log_evidence_below(lead, successes, TARGET)))
    return found


def _axes() -> list[str]:
    lines = [_rule(LEFT, _y(10.0**power), WIDTH - RIGHT, "#e5e5e5") for power in range(-3, 4)]
    lines += [_text(LEFT - 8, _y(10.0**power) + 4, f"{10.0**power:g}", "end") for power in range(-3, 4)]
    lines += [_text(_x(lead), HEIGHT - BOTTOM + 20, f"{lead}", "middle") for lead in range(0, LEADS + 1, 100)]
    return [*lines, _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "leads that had time to answer", "middle")]


def _threshold() -> list[str]:
    y = _y(1 / ALPHA)
    return [
        _rule(LEFT, y, WIDTH - RIGHT, "#333333"),
        _text(WIDTH - RIGHT + 8, y + 4, f"pivot at {1 / ALPHA:g}"),
    ]


def _curve(program: Program) -> list[str]:
    evidence = _evidence(program)
    points = " ".join(f"{_x(lead):.1f},{_y(value):.1f}" for lead, value in enumerate(evidence))
    style = f'fill="none" stroke="{program.colour}" stroke-width="1.8" stroke-dasharray="{program.dashes}"'
    return [
        f'<polyline points="{points}" {style}/>',
        _text(WIDTH - RIGHT + 8, _y(evidence[-1]) + 4, program.name, colour=program.colour),
    ]


def _x(lead: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * lead / LEADS


def _y(evidence: float) -> float:
    share = math.log(min(max(evidence, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _rule(x: float, y: float, to: float, colour: str) -> str:
    return f'<line x1="{x}" y1="{y:.1f}" x2="{to}" y2="{y:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = "#333333") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {FONT} text-anchor="{anchor}" fill="{colour}">{words}</text>'


def _paths(arguments: Sequence[str]) -> Path:
    if len(arguments) != 1:
        sys.exit("Name the file to write: python -m bench.evidence_plot FILE.svg")
    return Path(arguments[0])


if __name__ == "__main__":
    main(_paths(sys.argv[1:]))
