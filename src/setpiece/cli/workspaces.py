"""workspaces list, freeze, thaw."""

import asyncio
from typing import Annotated, Any

import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.output import AsJson, print_json, print_table, printable

app = typer.Typer(help="List workspaces; make one read-only.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the workspace.")]


@app.command("list")
def list_workspaces(context: typer.Context, data_dir: DataDir = None, as_json: bool = AsJson) -> None:
    """List all workspaces of this installation."""

    async def found() -> list[dict[str, Any]]:
        async with installation(context, data_dir).directory() as directory:
            return [{"name": one.name, "read only": one.read_only} for one in await directory.workspaces()]

    rows = asyncio.run(found())
    if as_json:
        print_json(rows)
    else:
        print_table(
            ("name", "read only"), rows, "There are no workspaces yet; 'setpiece keys create' makes one."
        )


@app.command()
def freeze(context: typer.Context, name: Name, data_dir: DataDir = None, as_json: bool = AsJson) -> None:
    """Make a workspace read-only: whatever would change something answers 403."""
    asyncio.run(_set_read_only(context, data_dir, name, read_only=True))
    _tell(name, "is read-only", read_only=True, as_json=as_json)


@app.command()
def thaw(context: typer.Context, name: Name, data_dir: DataDir = None, as_json: bool = AsJson) -> None:
    """Let a read-only workspace be changed again."""
    asyncio.run(_set_read_only(context, data_dir, name, read_only=False))
    _tell(name, "can be changed", read_only=False, as_json=as_json)


def _tell(name: str, state: str, *, read_only: bool, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, "read only": read_only})
    else:
        typer.echo(f"Workspace '{printable(name)}' {state}.")


async def _set_read_only(context: typer.Context, data_dir: DataDir, name: str, *, read_only: bool) -> None:
    async with installation(context, data_dir).directory() as directory:
        await directory.set_read_only(name, read_only)
