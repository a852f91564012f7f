"""What a report rests on, on a terminal: each section's quotations with their time, and the numbers behind it."""

from typing import Any

import typer

from setpiece.cli.output import wrapped
from setpiece.kernel.clock import show_place


def print_evidence(evidence: dict[str, Any]) -> None:
    """A line for each quotation, in the order of the sections; what was only counted is told by its name."""
    typer.echo(typer.style("\nWhat it rests on", bold=True))
    for key, section in evidence["sections"].items():
        typer.echo(f"\n{key}")
        if not section["hasEvidence"]:
            typer.echo(wrapped(section["note"], "  ", "  "))
            continue
        told = dict.fromkeys(line for one in section["statements"] for line in _lines(one))
        for line in told:
            typer.echo(wrapped(line, "  ", "  "))


def _lines(statement: dict[str, Any]) -> list[str]:
    quotes = [*statement["quotes"], *statement["cites"]]
    return [
        *(
            f"{show_place(one['startSeconds'])}-{show_place(one['endSeconds'])}  speaker {one['speakerIndex']}: “{one['text']}”"
            for one in quotes
        ),
        *(f"measured  {name}: {value:g}" for name, value in statement["measures"].items()),
        *(f"library  {one['kind']} {one['name']}, {one['field']}" for one in statement["library"]),
    ]
