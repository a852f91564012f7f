"""library import, export, diff, lint."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.lint_report import FOUND_SOMETHING, print_report
from setpiece.cli.output import AsJson, WorkspaceName, print_json, printable
from setpiece.kernel.errors import Invalid
from setpiece.library.lint.check import LintReport
from setpiece.library.lint.model import LintSettings, Severity
from setpiece.library.lint.service import lint_document, lint_workspace
from setpiece.library.transfer.apply import apply_import
from setpiece.library.transfer.document import Document
from setpiece.library.transfer.export import export_library
from setpiece.library.transfer.plan import ImportPlan, plan_import
from setpiece.library.transfer.reading import read_path, read_text
from setpiece.library.transfer.render import describe_change, render_plan, summary
from setpiece.library.transfer.writing import dump

app = typer.Typer(help="The library as a file or folder.", no_args_is_help=True)

Source = Annotated[
    Path, typer.Argument(help="A YAML or JSON file, a folder of them, or - for standard input.")
]
Prune = Annotated[bool, typer.Option("--prune", help="Also delete what the file does not have.")]


@app.command("import")
def import_(
    context: typer.Context,
    source: Source,
    workspace: str = WorkspaceName,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the difference and write nothing.")
    ] = False,
    prune: Prune = False,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Make the workspace's library say what the file says: all of it, or nothing."""
    plan = asyncio.run(
        _planned(context, data_dir, source, workspace, prune=prune, write=not dry_run, imagine=dry_run)
    )
    _show(plan, as_json=as_json)
    if not as_json and plan.changes:
        typer.echo("Nothing was written." if dry_run else f"Written to workspace '{printable(workspace)}'.")


@app.command()
def diff(
    context: typer.Context,
    source: Source,
    workspace: str = WorkspaceName,
    prune: Prune = False,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Show what an import would change; exit code 1 when it would change something."""
    plan = asyncio.run(_planned(context, data_dir, source, workspace, prune=prune, write=False))
    _show(plan, as_json=as_json)
    if plan.changes:
        raise typer.Exit(1)


@app.command()
def export(
    context: typer.Context,
    target: Annotated[Path | None, typer.Argument(help="File to write; standard output when absent.")] = None,
    workspace: str = WorkspaceName,
    form: Annotated[Literal["yaml", "json"], typer.Option("--format", help="yaml or json.")] = "yaml",
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Write the whole library as one file, which import reads again."""

    async def exported() -> str:
        async with installation(context, data_dir).work(workspace, writes=False) as work:
            return dump(await export_library(work), "json" if as_json else form)

    text = asyncio.run(exported())
    if target is None:
        typer.echo(text, nl=False)
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as refused:
        raise Invalid(f"{target} cannot be written: {refused.strerror}.") from refused
    typer.echo(f"Wrote {target}.")


@app.command()
def lint(
    context: typer.Context,
    source: Annotated[
        Path | None,
        typer.Argument(help="A file, a folder of them, or - for standard input; a workspace when absent."),
    ] = None,
    workspace: str = WorkspaceName,
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="The least severity that gives exit code 8.")
    ] = Severity.WARNING,
    stale_days: Annotated[
        int,
        typer.Option(
            "--stale-days", min=1, help="Days behind the newest change from which an entity is stale."
        ),
    ] = LintSettings().stale_after_days,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Say what is wrong with the library; exit code 8 when something is. A file needs no database."""
    report = _linted(context, data_dir, source, workspace, LintSettings(stale_after_days=stale_days))
    print_report(report, as_json=as_json)
    if report.fails(fail_on):
        raise typer.Exit(FOUND_SOMETHING)


def _linted(
    context: typer.Context, data_dir: Path | None, source: Path | None, workspace: str, settings: LintSettings
) -> LintReport:
    if source is not None:
        return lint_document(_document(source), settings)

    async def linted() -> LintReport:
        async with installation(context, data_dir).work(workspace, writes=False) as work:
            return await lint_workspace(work, settings)

    return asyncio.run(linted())


def _document(source: Path) -> Document:
    return read_text(sys.stdin.buffer.read()) if str(source) == "-" else read_path(source)


async def _planned(
    context: typer.Context,
    data_dir: Path | None,
    source: Path,
    workspace: str,
    *,
    prune: bool,
    write: bool,
    imagine: bool = False,
) -> ImportPlan:
    """The plan, carried out when `write`; the file is read before the database is touched.

    With `imagine`, a workspace that is missing, and that an import would make, counts as an empty one.
    """
    document = _document(source)
    async with installation(context, data_dir).work(
        workspace, writes=write, make=write, imagine=imagine
    ) as work:
        plan = await plan_import(work, document, prune=prune)
        if write:
            await apply_import(work, plan)
    return plan


def _show(plan: ImportPlan, *, as_json: bool) -> None:
    if as_json:
        print_json(summary(plan) | {"changes": [describe_change(change) for change in plan.changes]})
        return
    for line in render_plan(plan):
        typer.echo(line)
