"""programs edit, messages, export: a playbook is changed, and what an executed run wrote is decided on and taken out."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from setpiece.cli import program_tables as tables
from setpiece.cli.context import DataDir
from setpiece.cli.output import AsJson, WorkspaceName, print_json
from setpiece.cli.program_files import read_object
from setpiece.cli.program_session import PlaybookId, RunId, Session
from setpiece.kernel.errors import Invalid

_ALL = "all"


def edit(
    context: typer.Context,
    playbook: PlaybookId,
    changes: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="What changes, as YAML or JSON: docs/programs.md.")
    ] = None,
    status: Annotated[
        Literal["draft", "active", "paused", "archived"] | None, typer.Option(help="What it becomes.")
    ] = None,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Change a playbook: what a file says, or its status."""
    body = (read_object(changes) if changes else {}) | ({"status": status} if status else {})
    if not body:
        raise Invalid("Say what changes: a file, or --status.")
    headers = {"Prefer": "handling=strict"}
    made = Session(context, data_dir, workspace).one("PUT", f"/{playbook}", json=body, headers=headers)
    print_json(made) if as_json else tables.print_playbook(made["playbook"], [])


def messages(
    context: typer.Context,
    playbook: PlaybookId,
    run: RunId,
    state: Annotated[str | None, typer.Option(help="Only these, such as awaiting_approval.")] = None,
    approve: Annotated[
        str | None, typer.Option(help="Approve these messages: ids with commas between, or 'all' that wait.")
    ] = None,
    reject: Annotated[str | None, typer.Option(help="Reject these, in the same way.")] = None,
    limit: Annotated[int, typer.Option(help="How many to list.", min=1, max=100)] = 20,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Show how an executed run stands and what it wrote, or decide what goes out."""
    session, path = Session(context, data_dir, workspace), f"/{playbook}/runs/{run}"
    if (approve is not None) and (reject is not None):
        raise Invalid("Approve or reject, one at a time.")
    for verdict, named in (("approve", approve), ("reject", reject)):
        if named is not None:
            made = session.one("POST", f"{path}/messages/{verdict}", json=_meant(named))
            print_json(made) if as_json else typer.echo(f"{made['changed']} changed.")
            return
    asked = {"limit": limit} | ({"state": state} if state else {})
    execution, found = session.ask(
        ("GET", f"{path}/execution", {}), ("GET", f"{path}/messages", {"params": asked})
    )
    if as_json:
        print_json(execution | found)
    else:
        tables.print_messages(execution["execution"], found["messages"])


def _meant(named: str) -> dict[str, Any]:
    return {"all": True} if named == _ALL else {"messageIds": [one.strip() for one in named.split(",")]}


def export(
    context: typer.Context,
    playbook: PlaybookId,
    run: RunId,
    form: Annotated[
        str, typer.Option("--format", help="csv, smartlead, instantly, lemlist or hubspot.")
    ] = "csv",
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
) -> None:
    """Print the approved messages of an executed run as the file of the tool that sends them. Each is taken out once."""
    if form == "mime":
        raise Invalid("Drafts are a zip archive; take them over HTTP: POST …/export.")
    path = f"/{playbook}/runs/{run}/export"
    typer.echo(Session(context, data_dir, workspace).text("POST", path, json={"format": form}), nl=False)
