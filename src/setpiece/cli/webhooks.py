"""webhooks secret."""

import asyncio

import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.output import AsJson, WorkspaceName, print_json
from setpiece.events.secrets import signing_secret

app = typer.Typer(help="What webhooks are signed with.", no_args_is_help=True)


@app.callback()
def webhooks() -> None:
    """What webhooks are signed with."""


@app.command()
def secret(
    context: typer.Context,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Print what the webhooks of jobs and the callbacks of runs are signed with, alone on the last line."""

    async def found() -> str:
        opened = installation(context, data_dir)
        async with opened.work(workspace, writes=True) as work:
            return await signing_secret(work.scope, opened.webhook_secret)

    signs = asyncio.run(found())
    if as_json:
        print_json({"workspace": workspace, "secret": signs})
    else:
        typer.echo(signs)
