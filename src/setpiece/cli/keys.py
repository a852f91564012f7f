"""keys create, list, revoke."""

import asyncio
from typing import Annotated, Any

import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.output import AsJson, WorkspaceName, print_json, print_table, printable
from setpiece.kernel.clock import now, show_if_any
from setpiece.kernel.ids import show
from setpiece.workspaces.model import KEY_PREFIX, ApiKey, Role

app = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)


@app.command()
def create(
    context: typer.Context,
    workspace: str = WorkspaceName,
    role: Annotated[Role, typer.Option(help="What the key may do.")] = Role.MEMBER,
    name: Annotated[str, typer.Option(help="What the key is for; shown in lists.")] = "",
    member: Annotated[str, typer.Option(help="First and last name of whom the key acts for.")] = "",
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Make a key; it is printed once, alone on the last line. A missing workspace is made."""
    label = name or f"{role} key"
    secret = asyncio.run(
        installation(context, data_dir).create_key(workspace, role, label, member or role.title())
    )
    if as_json:
        print_json({"workspace": workspace, "role": role, "name": label, "key": secret})
        return
    typer.echo(
        f"A key with the role {role} for workspace '{printable(workspace)}'. It is not shown again:", err=True
    )
    typer.echo(secret)


@app.command("list")
def list_keys(
    context: typer.Context,
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", help="Only this workspace.")] = None,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """List keys, masked, with their last use."""

    async def found() -> list[dict[str, Any]]:
        async with installation(context, data_dir).directory() as directory:
            only = await directory.workspace(workspace) if workspace else None
            return [_row(key) for key in await directory.keys(only)]

    rows = asyncio.run(found())
    if as_json:
        print_json(rows)
    else:
        # Without the id, which --json has: the masked key means the same to 'revoke', and leaves a terminal room.
        columns = ("key", "workspace", "role", "name", "last used", "revoked")
        print_table(columns, rows, "There are no keys yet; 'setpiece keys create' makes one.")


@app.command()
def revoke(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Its id, its masked form, or the key itself.")],
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Revoke a key; servers that are running refuse it at once."""

    async def gone() -> ApiKey:
        async with installation(context, data_dir).directory() as directory:
            return await directory.revoke(key, now())

    revoked = asyncio.run(gone())
    if as_json:
        print_json({"id": show(KEY_PREFIX, revoked.id), "key": revoked.hint, "revoked": True})
    else:
        typer.echo(f"Key {revoked.hint} of workspace '{printable(revoked.workspace_name)}' is revoked.")


def _row(key: ApiKey) -> dict[str, Any]:
    return {
        "id": show(KEY_PREFIX, key.id),
        "key": key.hint,
        "workspace": key.workspace_name,
        "role": key.role,
        "name": key.name,
        "last used": show_if_any(key.last_used_at),
        "revoked": show_if_any(key.revoked_at),
    }
