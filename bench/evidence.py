"""How often the rule for pivots is wrong, and how soon it is right: exactly, over the whole grid, beside other rules.

`make bench ARGS=evidence` checks the bounds and prints all rules in one table. `python -m bench.evidence` prints the tables of docs/evidence.md, `python -m bench.evidence cells` every
cell of every rule as CSV (some minutes).
"""

import math
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from bench.exact import Stopping, stopping
from bench.integral import RATES, UNITS, integrated, successes_to_try
from bench.place import Place
from bench.rivals import LEAST_UNITS, RULES, Question, process, repeated
from bench.table import Row
from setpiece.programs.evidence.bernoulli import log_evidence_below
from setpiece.programs.evidence.boundary import boundary
from setpiece.programs.evidence.rule import Guardrails, decide
from setpiece.programs.evidence.tally import Tally
from setpiece.programs.evidence.target import RateTarget

TARGETS = (0.01, 0.02, 0.03, 0.06, 0.1, 0.2)
ALPHAS = (0.01, 0.05, 0.1, 0.2)
HORIZONS = (1_000, 5_000, 20_000)
ON_TARGET = (1.0, 1.2)
FAILING = (0.7, 0.5, 0.25, 0.0)
SHARES = (*ON_TARGET, *FAILING)
OUTCOMES = 100_000
MOST_DECISION_MS = 1
STEPS = 1_000
"""From no success to all: every number of them up to a thousand units."""
COMPARED = Question(target=0.06, alpha=0.05, horizon=5_000)


@dataclass(frozen=True, slots=True)
class Cell:
    """One rule in one situation: `share` is the true rate as a share of the target."""

    rule: str
    asked: Question
    share: float
    stopping: Stopping

    @property
    def stopped(self) -> float:
        return self.stopping.by(self.asked.horizon)

    def quantile(self, part: float) -> int | None:
        return self.stopping.quantile(part, self.asked.horizon)


async def measure(_: Place) -> list[Row]:
    """The bounds that must hold. The repeated test stands beside it, so that the measure is seen to find what is wrong."""
    worst, naive = (
        _worst_share_of_alpha(rule) for rule in ("evidence (this rule)", "naive: binomial test, repeated")
    )
    print(f"\n\n{_beside_others(COMPARED)}")
    return [
        Row("false pivots, worst of 144 cells on target or above", worst, "of alpha", None, 1),
        Row("the same with a binomial test at every lead", naive, "of alpha", None, 1, bound="least"),
        Row("evidence beside numerical integration, least digits", _digits_that_agree(), "digits", None, 9, bound="least"),
        Row(f"a decision at {OUTCOMES:,} outcomes, alone", _decision_ms(), "ms", None, MOST_DECISION_MS),
        Row("a table for 5,000 leads", _seconds(lambda: boundary(0.06, 0.05, 5_000)), "s", None, 1),
    ]  # fmt: skip


@cache
def cells(rule: str, target: float, alpha: float) -> list[Cell]:
    """Over all horizons and true rates. A rule that does not plan for a horizon is computed once, for the longest."""
    rates = [share * target for share in SHARES]
    asked = [Question(target, alpha, horizon) for horizon in HORIZONS]
    plans = RULES[rule] not in (process, repeated)
    found = {}
    for one in reversed(asked):
        if plans or one is asked[-1]:
            latest = stopping(RULES[rule](one), rates, LEAST_UNITS)
        found[one] = latest
    return [Cell(rule, one, share, found[one][index]) for one in asked for index, share in enumerate(SHARES)]


def tables() -> Iterator[str]:
    """The tables of docs/evidence.md, in Markdown."""
    yield _false_pivots()
    yield _time_to_detection()
    yield _beside_others(COMPARED)
    yield _beside_others(Question(0.06, 0.05, 1_000))
    yield _worst_of_all()
    yield _surpassed()


def _false_pivots() -> str:
    heads = [f"α = {_percent(alpha)}" for alpha in ALPHAS]
    rows = []
    for target in TARGETS:
        of_target = [cells("evidence (this rule)", target, alpha) for alpha in ALPHAS]
        told = [" · ".join(_percent(one.stopped) for one in found if one.share == 1) for found in of_target]
        rows.append([_percent(target), *told])
    return _markdown(["target", *heads], rows)


def _time_to_detection() -> str:
    heads = ["target", "α", *(f"at {share:g} x target" for share in FAILING)]
    rows = []
    for target in TARGETS:
        for alpha in ALPHAS:
            found = [
                one
                for one in cells("evidence (this rule)", target, alpha)
                if one.asked.horizon == HORIZONS[-1]
            ]
            rows.append([_percent(target), _percent(alpha), *(_soon(one) for one in found if one.share < 1)])
    return _markdown(heads, rows)


def _beside_others(asked: Question) -> str:
    """False pivots, and for failing programs median / 90th percentile of the leads to detection with the power."""
    heads = [
        f"to {asked.horizon:,} leads",
        *(f"false, at {share:g} x" for share in ON_TARGET),
        *(f"found, at {share:g} x" for share in FAILING),
    ]
    rows = []
    for rule in RULES:
        found = [one for one in cells(rule, asked.target, asked.alpha) if one.asked == asked]
        rows.append([rule, *(_percent(one.stopped) if one.share >= 1 else _found(one) for one in found)])
    return _markdown(heads, rows)


def _worst_of_all() -> str:
    rows = [
        [rule, *(_percent(_worst_share_of_alpha(rule, horizon)) for horizon in HORIZONS)] for rule in RULES
    ]
    return _markdown(["of α, worst of the grid", *(f"{horizon:,} leads" for horizon in HORIZONS)], rows)


def _surpassed() -> str:
    """The mirrored rule, which counts failures."""
    rows, shares, asked = [], (1.0, 0.8, 1.2, 1.5, 2.0, 3.0), Question(0.06, 0.05, 5_000)
    for target in TARGETS:
        mirrored = boundary(1 - target, asked.alpha, asked.horizon)
        found = stopping(mirrored, [1 - share * target for share in shares], LEAST_UNITS)
        of = [
            Cell("", replace(asked, target=target), share, one)
            for share, one in zip(shares, found, strict=True)
        ]
        rows.append(
            [_percent(target), *(_percent(one.stopped) if one.share <= 1 else _soon(one) for one in of)]
        )
    return _markdown(["target", *(f"at {share:g} x target" for share in shares)], rows)


def _soon(cell: Cell) -> str:
    """Median and 90th percentile of the leads, with the power where it is not nearly certain."""
    return _found(cell) if cell.stopped < 0.995 else _leads(cell)


def _found(cell: Cell) -> str:
    return f"{_leads(cell)} ({_percent(cell.stopped)})"


def _leads(cell: Cell) -> str:
    median, late = (cell.quantile(part) for part in (0.5, 0.9))
    return f"{median or '–'} / {late or '–'}"


def _percent(share: float) -> str:
    return f"{100 * share:,.0f} %" if share >= 10 else f"{100 * share:.3g} %"


def _markdown(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _worst_share_of_alpha(rule: str, horizon: int | None = None) -> float:
    return max(
        one.stopped / alpha
        for target in TARGETS
        for alpha in ALPHAS
        for one in cells(rule, target, alpha)
        if one.share >= 1 and horizon in (None, one.asked.horizon)
    )


def _digits_that_agree() -> float:
    worst = max(
        abs(math.expm1(log_evidence_below(units, successes, rate) - integrated(units, successes, rate)))
        for rate in RATES
        for units in UNITS
        for successes in successes_to_try(units, rate, STEPS)
    )
    return -math.log10(worst)


def _decision_ms() -> float:
    """The median over counts around the target, where the evidence takes longest."""
    target, guardrails, taken = RateTarget(0.06), Guardrails(True, True, 50, 0, 2), []
    for successes in range(5_600, 6_400, 2):
        tally = Tally(OUTCOMES, successes)
        taken.append(_seconds(lambda tally=tally: decide(tally, target, 0.1, guardrails)) * 1000)
    return statistics.median(taken)


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def print_cells() -> None:
    print("rule,target,alpha,horizon,share_of_target,stopped,median,90th")
    for rule in RULES:
        for target in TARGETS:
            for alpha in ALPHAS:
                for one in cells(rule, target, alpha):
                    numbers = (target, alpha, one.asked.horizon, one.share, f"{one.stopped:.6g}")
                    print(
                        rule.replace(",", ""),
                        *numbers,
                        one.quantile(0.5),
                        one.quantile(0.9),
                        sep=",",
                        flush=True,
                    )


if __name__ == "__main__":
    if sys.argv[1:] == ["cells"]:
        print_cells()
    else:
        for table in tables():
            print(table, flush=True)
