"""A run of cases as tables of at most 80 columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from setpiece.agents.evaluation.compare import Compared
from setpiece.agents.evaluation.report import rate
from setpiece.cli.output import console, printable, wrapped

_MISSES = 25
_RATES = {
    "accuracyAt1": "right one first",
    "accuracyAt3": "right one among three",
    "noneRecall": "nobody fits: recognised",
    "nonePrecision": "nobody fits: rightly said",
    "overall": "right, everybody",
}


def print_report(result: Mapping[str, Any], *, against: bool) -> None:
    """Numbers first, then what was confused and missed, then what changed."""
    shown = console()
    for part in result["parts"]:
        _print_part(shown, part)
    if against:
        _print_difference(shown, result["difference"])


def print_comparison(ways: Sequence[Compared]) -> None:
    shown = console()
    shown.print("\n[bold]The persona from the job title alone: ours beside simpler ways[/bold]")
    table = _table("way", "first", "in three", "MRR", "none seen", "overall", "")
    for way in ways:
        summary = way.summary
        numbers = (
            [
                _percent(rate(summary.at_1)),
                _percent(rate(summary.at_3)),
                _plain(summary.reciprocal_rank),
                _percent(rate(summary.none_recall)),
                _percent(rate(summary.overall)),
            ]
            if summary
            else ["-"] * 5
        )
        table.add_row(way.name, *numbers, way.note)
    shown.print(table)


def print_targets(result: Mapping[str, Any]) -> None:
    """Counts in all and by language, then every case that went wrong."""
    shown = console()
    table = _table(f"split '{result['split']}'", "cases", "hits", "false hits", "misses")
    for name, found in {"all": result["all"], **result["byLanguage"]}.items():
        table.add_row(name, *(str(found[one]) for one in ("cases", "hits", "falseHits", "misses")))
    shown.print(table)
    if result["wrong"]:
        table = _table("case", "hint", "means", "chosen", "")
        for one in result["wrong"]:
            told = (one["case"], one["hint"], one["expected"], one["chosen"], one["verdict"])
            table.add_row(*map(_text, told))
        shown.print(table)


def print_replies(result: Mapping[str, Any]) -> None:
    """Precision and recall by kind and of successes, then every case that went wrong."""
    shown = console()
    table = _table(f"split '{result['split']}'", "cases", "taken", "right", "precision", "recall")
    success = {"a success": result["success"]}
    for name, found in {**result["kinds"], **success}.items():
        counts = (str(found[one]) for one in ("cases", "taken", "right"))
        table.add_row(name.replace("_", " "), *counts, _plain(found["precision"]), _plain(found["recall"]))
    shown.print(table)
    shown.print(
        f"\n{result['right']} of {result['cases']} right; angry or asking to stop, and taken for a success: "
        f"{result['success']['angryTaken']}."
    )
    for one in result["wrong"]:
        told = f"{one['case']}: {one['expected']}, taken for {one['taken']} ({one['because']}): {one['text']}"
        shown.print(wrapped(told, hang="  "), markup=False)


def _print_part(shown: Console, part: Mapping[str, Any]) -> None:
    shown.print(f"\n[bold]{part['part'].capitalize()}[/bold]: {part['cases']} cases")
    table = _table("", "right", "of", "")
    for name, words in _RATES.items():
        if part[name]["of"]:
            table.add_row(words, str(part[name]["right"]), str(part[name]["of"]), _percent(part[name]))
    if part["meanReciprocalRank"] is not None:
        table.add_row("mean reciprocal rank", "", "", _plain(part["meanReciprocalRank"]))
    for level, found in part["byConfidence"].items():
        if found["of"]:
            table.add_row(f"said with {level}", str(found["right"]), str(found["of"]), _percent(found))
    shown.print(table)
    _print_confusion(shown, part["confusion"])
    _print_misses(shown, part["misses"])


def _print_confusion(shown: Console, pairs: Sequence[Mapping[str, Any]]) -> None:
    """The cells off the diagonal of the confusion matrix that hold something."""
    if not pairs:
        return
    table = _table("expected", "chosen", "times")
    for one in pairs:
        table.add_row(_text(one["expected"]), _text(one["predicted"]), str(one["count"]))
    shown.print(table)


def _print_misses(shown: Console, misses: Sequence[Mapping[str, Any]]) -> None:
    if not misses:
        return
    table = _table("case", "who", "expected", "chosen", "said with")
    for one in misses[:_MISSES]:
        chosen = one["ranked"][0] if one["ranked"] else "none"
        table.add_row(
            *map(
                _text,
                (one["case"], one["shown"], " or ".join(one["expected"]), chosen, one["confidence"] or ""),
            )
        )
    shown.print(table)
    if len(misses) > _MISSES:
        shown.print(f"and {len(misses) - _MISSES} more; --json shows all")


def _print_difference(shown: Console, by_part: Mapping[str, Any]) -> None:
    for name, heading in (("byTitle", "from the job title alone"), ("byAll", "from all that is known")):
        found = by_part[name]
        counts = ", ".join(f"{len(found[one])} {one}" for one in ("gained", "lost", "other"))
        shown.print(f"\n[bold]Against the saved run, {heading}[/bold]: {counts}")
        table = _table("", "case", "who", "before", "now")
        for kind in ("lost", "gained", "other"):
            for one in found[kind][:_MISSES]:
                table.add_row(kind, *map(_text, (one["case"], one["shown"], one["before"], one["after"])))
        if table.row_count:
            shown.print(table)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _text(value: str) -> Text:
    return Text(printable(value))


def _percent(found: Mapping[str, Any]) -> str:
    return "-" if found["ratio"] is None else f"{100 * found['ratio']:.1f} %"


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
