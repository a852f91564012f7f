"""The command tree."""

from typing import Annotated

import typer

from setpiece import __version__
from setpiece.cli import (
    demo,
    evaluation,
    keys,
    library,
    mcp,
    programs,
    report,
    sequence,
    server,
    webhooks,
    workspaces,
)

app = typer.Typer(
    name="setpiece",
    help="Library, playbooks, sequences and reports behind one key, on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Library, playbooks, sequences and reports behind one key, on your own machine."""


for command in (
    server.serve,
    server.api,
    server.worker,
    server.migrate,
    server.doctor,
    demo.demo,
    report.report,
    mcp.mcp,
):
    app.command()(command)
app.add_typer(keys.app, name="keys")
app.add_typer(workspaces.app, name="workspaces")
app.add_typer(library.app, name="library")
app.add_typer(sequence.app, name="sequence")
app.add_typer(evaluation.app, name="eval")
app.add_typer(programs.app, name="programs")
app.add_typer(webhooks.app, name="webhooks")
