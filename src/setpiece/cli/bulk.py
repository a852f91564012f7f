"""sequence bulk: a list of leads in, a row for each lead out."""

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from setpiece.agents.sequence.brief import emails_of
from setpiece.agents.sequence.bulk.leads import Lead, LeadList, read_leads
from setpiece.agents.sequence.bulk.results import Results, open_results
from setpiece.agents.sequence.bulk.write import Status
from setpiece.agents.sequence.exports import TABLES, Table
from setpiece.agents.service import default_agent, get_agent
from setpiece.cli.context import DataDir, installation
from setpiece.cli.installation import Installation
from setpiece.cli.output import AsJson, WorkspaceName, print_json, printable
from setpiece.kernel.errors import Invalid, SetpieceError

_LABELS = {Status.WRITTEN: "written", Status.NOT_FOUND: "without emails", Status.FAILED: "failed"}
_SPOKEN = 5  # failures that are told on the terminal; every one is in the file


def bulk(
    context: typer.Context,
    leads: Annotated[Path, typer.Argument(help="A CSV file of leads with a header line.")],
    out: Annotated[
        Path | None, typer.Option(help="The file of results. Default: <leads>.sequences.csv")
    ] = None,
    format: Annotated[str, typer.Option("--format", help=f"Columns for: {', '.join(TABLES)}.")] = "csv",
    workspace: str = WorkspaceName,
    agent: Annotated[str | None, typer.Option(help="Id of a saved agent.")] = None,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Write a sequence for every lead: one row each, also where it failed. Run again, it goes on where it stopped."""
    table = _table(format)
    found = read_leads(_content(leads))
    path = out or leads.with_name(f"{leads.stem}.sequences.csv")
    opened = installation(context, data_dir)
    emails = asyncio.run(_emails(opened, workspace, agent))
    with open_results(path, table, emails) as results:
        waiting = [(results.request_id(one), one) for one in found.leads if one.key not in results.done]
        _say_what_is_read(found, len(found.leads) - len(waiting))
        started = time.monotonic()
        counts = asyncio.run(_write(opened, workspace, agent, results, waiting))
    taken_s = time.monotonic() - started
    if as_json:
        print_json({"out": str(path), **{status.value: counts[status] for status in Status}})
    else:
        typer.echo(_summary(counts, taken_s))
        typer.echo(f"Results: {printable(str(path))}")
    if counts[Status.FAILED]:
        raise typer.Exit(1)


def _table(name: str) -> Table:
    if name not in TABLES:
        raise Invalid(f"There is no format '{printable(name)}'; there are {', '.join(TABLES)}.")
    return TABLES[name]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Invalid(f"{printable(str(path))} cannot be read: {problem.strerror}.") from problem


async def _emails(opened: Installation, workspace: str, agent: str | None) -> int:
    """How many emails the agent writes: so many have columns."""
    async with opened.work(workspace, writes=False) as work:
        found = await (get_agent(work, agent) if agent else default_agent(work))
    return emails_of(found.settings)


async def _write(
    opened: Installation,
    workspace: str,
    agent: str | None,
    results: Results,
    waiting: list[tuple[str, Lead]],
) -> Counter[Status]:
    """Results go to the file as they come; what was written stays when the run ends early."""
    counts: Counter[Status] = Counter()
    if not waiting:
        return counts
    async with opened.write_many(workspace, agent, waiting) as written:
        with _progress() as progress:
            task = progress.add_task("Writing", total=len(waiting))
            try:
                for lead, result in written:
                    results.add(lead, result)
                    counts[result.status] += 1
                    if result.status is Status.FAILED and counts[Status.FAILED] <= _SPOKEN:
                        progress.console.print(f"Row {lead.row}: {printable(result.message)}", markup=False)
                    progress.advance(task)
            except (KeyboardInterrupt, SetpieceError):
                typer.echo(
                    f"Stopped after {counts.total()} of {len(waiting)}; the same command goes on.", err=True
                )
                raise
    return counts


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False),
    )


def _say_what_is_read(found: LeadList, done: int) -> None:
    if found.ignored:
        typer.echo(f"Not used: {printable(', '.join(found.ignored)[:200])}", err=True)
    if done:
        typer.echo(f"{done} of {len(found.leads)} leads have a row already.", err=True)


def _summary(counts: Counter[Status], taken_s: float) -> str:
    told = ", ".join(f"{counts[status]} {_LABELS[status]}" for status in Status)
    rate = f" ({counts.total() / taken_s:.0f} a second)" if counts.total() and taken_s else ""
    return f"{told[0].upper()}{told[1:]}{rate}."
