"""A sequence's answer on a terminal: the choice, each email, and below it where each claim comes from."""

from collections.abc import Mapping
from typing import Any

import typer

from setpiece.cli.output import WIDTH, printable, wrapped

_KINDS = (("product", "Sells"), ("playbook", "Playbook"), ("persona", "Persona"), ("segment", "Segment"))


def print_answer(data: Mapping[str, Any] | None, message: str) -> None:
    """Everything a person needs to decide whether to send it."""
    if data is None:
        typer.echo(wrapped(message))
        return
    for kind, label in _KINDS:
        if chosen := data.get(kind):
            name = printable(chosen["name"])
            typer.echo(typer.style(f"{label}: {name}  [{chosen['matchConfidence']}]", bold=True))
            typer.echo(wrapped(chosen["matchAnalysis"] or "", "  "))
    for number, email in enumerate(data["emails"], start=1):
        typer.echo(f"\n{typer.style(f'Email {number}', bold=True)}  Subject: {printable(email['subject'])}")
        typer.echo("-" * WIDTH)
        for paragraph in email["email"].split("\n"):
            typer.echo(wrapped(paragraph))
        typer.echo("-" * WIDTH)
        _print_sources(data["annotations"]["annotations"], number)
    typer.echo(f"\n{wrapped(message)}")


def _print_sources(annotations: list[dict[str, Any]], number: int) -> None:
    for one in annotations:
        meta = one["meta"] or {}
        if meta.get("email") == number and meta.get("section") != "subject":
            typer.echo(wrapped(f"“{one['description']}”", "  "))
            typer.echo(typer.style(wrapped(f"<- {one['title']}", "     "), dim=True))
