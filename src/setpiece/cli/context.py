"""How a command gets its installation: the maker of one is put into the context by bootstrap."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from setpiece.cli.installation import Installation

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Folder of the embedded database. Default: SETPIECE_DATA_DIR, or a folder of the user.",
    ),
]
OpenInstallation = Callable[[Path | None], Installation]


def installation(context: typer.Context, data_dir: Path | None) -> Installation:
    opened: Any = context.obj(data_dir)
    found: Installation = opened
    return found
