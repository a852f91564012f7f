"""workspaces list, freeze, thaw, voices."""

import asyncio
from typing import Annotated, Any, Literal

import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.output import AsJson, print_json, print_table, printable
from setpiece.media.identities.service import are_identities_on, switch_identities

app = typer.Typer(help="List workspaces; make one read-only; forget its voices.", no_args_is_help=True)
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


@app.command()
def voices(
    context: typer.Context,
    name: Name,
    state: Annotated[
        Literal["on", "off"] | None,
        typer.Argument(help="off: no voice is kept. Says what is set when left out."),
    ] = None,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Whether voices are known again across the files of a workspace."""
    on = asyncio.run(_switch_voices(context, data_dir, name, state))
    if as_json:
        print_json({"name": name, "voices": on})
    else:
        told = "are known again across its files" if on else "are not kept; each file has its own"
        typer.echo(f"Voices of workspace '{printable(name)}' {told}.")


async def _switch_voices(context: typer.Context, data_dir: DataDir, name: str, state: str | None) -> bool:
    async with installation(context, data_dir).work(name, writes=state is not None) as work:
        if state is not None:
            await switch_identities(work, state == "on")
        return await are_identities_on(work)


def _tell(name: str, state: str, *, read_only: bool, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, "read only": read_only})
    else:
        typer.echo(f"Workspace '{printable(name)}' {state}.")


async def _set_read_only(context: typer.Context, data_dir: DataDir, name: str, *, read_only: bool) -> None:
    async with installation(context, data_dir).directory() as directory:
        await directory.set_read_only(name, read_only)
