"""What lint found, for people and for programs."""

import typer

from setpiece.cli.output import print_json, print_table
from setpiece.library.lint.check import LintReport, described

FOUND_SOMETHING = 8
"""Exit code of a library that is not clean; no error has it."""
MOST_SHOWN = 200
"""Findings in one table; `--json` has them all."""


def print_report(report: LintReport, *, as_json: bool) -> None:
    if as_json:
        found = [described(one, stored=report.stored) for one in report.findings]
        print_json({"entities": report.entities, "counts": report.counts, "findings": found})
        return
    rows = [
        {"severity": one.severity, "rule": one.rule, "finding": one.message}
        for one in report.findings[:MOST_SHOWN]
    ]
    print_table(("severity", "rule", "finding"), rows, f"Clean: {report.entities} entities, nothing found.")
    if len(report.findings) > MOST_SHOWN:
        typer.echo(f"… and {len(report.findings) - MOST_SHOWN} more; --json prints all.")
    if rows:
        counts = report.counts
        typer.echo(
            f"{counts['error']} errors, {counts['warning']} warnings, {counts['info']} infos in {report.entities} entities."
        )
