"""mcp."""

import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.output import WorkspaceName


def mcp(
    context: typer.Context,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
) -> None:
    """Give a chat the prompts of playbooks, by the Model Context Protocol on standard input and output."""
    installation(context, data_dir).serve_mcp(workspace)
