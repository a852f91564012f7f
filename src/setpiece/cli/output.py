"""Printing: tables for people, JSON for programs, errors on standard error with an exit code per kind."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from setpiece.kernel.errors import ErrorKind, SetpieceError

EXIT_CODE_BY_KIND = {
    ErrorKind.BUG: 1,
    ErrorKind.INVALID: 2,
    ErrorKind.NOT_FOUND: 3,
    ErrorKind.CONFLICT: 4,
    ErrorKind.UNAUTHORIZED: 5,
    ErrorKind.FORBIDDEN: 5,
    ErrorKind.LIMIT: 6,
    ErrorKind.UNAVAILABLE: 7,
}

WIDTH = 78
"""Columns of text for people: a terminal of 80 with room at its edge."""

AsJson = typer.Option(False, "--json", help="Print JSON instead of text.")
WorkspaceName = typer.Option("default", "--workspace", "-w", help="Name of the workspace.")


def console() -> Console:
    """A console for standard output; when piped it writes plain text, never cut off at the edge."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, soft_wrap=True)


def printable(text: str) -> str:
    """Text from a library or a request, fit for a terminal, which would obey an escape sequence in it."""
    return text if text.isprintable() else "".join(one if one.isprintable() else " " for one in text)


def wrapped(text: str, indent: str = "", hang: str = "") -> str:
    """Printable, within the width; further lines are indented by `hang` more. A path is never broken: it is there to be copied."""
    return textwrap.fill(
        printable(text), WIDTH, initial_indent=indent, subsequent_indent=indent + hang,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def print_json(value: Any) -> None:
    typer.echo(orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode())


def print_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], empty: str) -> None:
    """Rows by column; `empty` is the sentence for none. Piped, the columns are separated by tabs."""
    if not rows:
        typer.echo(empty)
        return
    shown = console()
    if not shown.is_terminal:
        typer.echo("\t".join(columns))
        for row in rows:
            typer.echo("\t".join(_cell(row.get(column)) for column in columns))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column))) for column in columns))
    shown.print(table)


def print_error(error: SetpieceError) -> int:
    """The message, or all problems one a line, on standard error; returns the exit code."""
    problems = (error.details or {}).get("problems", ())
    lines = error.message.splitlines() or [""]
    if len(problems) > 1:
        # The message joins the first few; a list of all of them is easier to work through.
        lines = [f"{error.message.partition(':')[0]}:", *(f"  {one}" for one in problems)]
    for line in (f"Error: {lines[0]}", *lines[1:]):
        typer.echo(printable(line), err=True)
    return EXIT_CODE_BY_KIND[error.kind]


def _cell(value: Any) -> str:
    return "" if value is None else printable(str(value))
