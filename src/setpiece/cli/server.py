"""serve, api, worker, migrate, doctor."""

import asyncio
from typing import Annotated

import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.output import AsJson, print_json

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]


def serve(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data_dir: DataDir = None,
    worker: Annotated[bool, typer.Option(help="Also run a worker, in a process of its own.")] = True,
) -> None:
    """Run the server: embedded database, schema, API, worker."""
    installation(context, data_dir).serve(host, port, with_worker=worker)


def api(
    context: typer.Context, host: Host = "127.0.0.1", port: Port = 8000, data_dir: DataDir = None
) -> None:
    """Run the API alone, for several machines on one database."""
    installation(context, data_dir).serve_api(host, port)


def worker(
    context: typer.Context,
    concurrency: Annotated[
        int | None,
        typer.Option(min=1, max=100, help="Jobs done at a time. Default: SETPIECE_WORKER_CONCURRENCY, or 2."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Run a worker alone: it does what was asked for in the background."""
    installation(context, data_dir).work_jobs(concurrency)


def migrate(context: typer.Context, data_dir: DataDir = None, as_json: bool = AsJson) -> None:
    """Bring the database to the newest schema."""
    before, after = asyncio.run(installation(context, data_dir).migrate())
    if as_json:
        print_json({"before": before, "after": after})
    elif before == after:
        typer.echo(f"The schema is up to date: {after}.")
    else:
        typer.echo(f"The schema went from {before or 'nothing'} to {after}.")


def doctor(context: typer.Context, data_dir: DataDir = None, as_json: bool = AsJson) -> None:
    """Say whether everything Setpiece needs is there, and what to do about the rest."""
    checks = asyncio.run(installation(context, data_dir).doctor())
    if as_json:
        print_json([{"name": one.name, "passed": one.passed, "finding": one.finding} for one in checks])
    else:
        for one in checks:
            typer.echo(f"{'ok  ' if one.passed else 'FAIL'}  {one.name}: {one.finding}")
    if not all(one.passed for one in checks):
        raise typer.Exit(7)
