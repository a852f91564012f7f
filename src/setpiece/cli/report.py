"""report: how to sell to somebody who speaks on a recorded call."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from setpiece.cli.calls import Told, report_on, target_of, upload
from setpiece.cli.client import ask, connect
from setpiece.cli.context import DataDir, installation
from setpiece.cli.evidence import print_evidence
from setpiece.cli.output import WIDTH, AsJson, WorkspaceName, console, print_json, printable, wrapped
from setpiece.kernel.errors import Invalid

_STAGES = {
    "transcoding": "Decoding",
    "extracting": "Listening",
    "scoring": "Measuring",
    "rendering": "Writing",
    "finalizing": "Keeping",
}


def report(
    context: typer.Context,
    recording: Annotated[Path, typer.Argument(help="A recorded call: any audio or video file.")],
    template: Annotated[str, typer.Option(help="sales_playbook or general_report.")] = "sales_playbook",
    target: Annotated[
        str,
        typer.Option(
            help="Whom it is about: dominant (who speaks most), a description ('the buyer'), a stretch "
            "(1:02-1:40), or a voice's id (ent_...)."
        ),
    ] = "dominant",
    or_dominant: Annotated[
        bool, typer.Option("--or-dominant", help="Who speaks most, when nobody fits the target.")
    ] = False,
    language: Annotated[str, typer.Option(help="Of the report: en, es or pt.")] = "en",
    speakers: Annotated[int | None, typer.Option(help="How many speak; counted when left out.")] = None,
    label: Annotated[str | None, typer.Option(help="Name of the report.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write the Markdown to.")] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Print what each section rests on too.")
    ] = False,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Hear a recorded call, and write how to sell to one of its speakers."""
    wanted: dict[str, Any] = {
        "output": {"template": template},
        "target": target_of(target) | ({"on_miss": "fallback_dominant"} if or_dominant else {}),
        "language": language,
    }
    if label:
        wanted["label"] = label
    if out is not None:
        _require_place(out)

    async def made() -> dict[str, Any]:
        async with (
            installation(context, data_dir).running(workspace, with_worker=True) as server,
            connect(server) as client,
        ):
            fields = {"label": recording.stem} | ({"speakers": str(speakers)} if speakers is not None else {})
            media_id = await upload(client, recording, fields)
            with stage_bars() as told:
                report = await report_on(client, wanted | {"media": {"mediaId": media_id}}, told)
            path = f"/v1/reports/{report['id']}"
            return {
                "report": report,
                "target": await ask(client, "GET", f"{path}/target"),
                "evidence": await ask(client, "GET", f"{path}/evidence"),
            }

    answer = asyncio.run(made())
    if out is not None:
        _write(out, answer["report"]["markdown"])
    if as_json:
        print_json(answer)
        return
    if out is None:
        print_markdown(answer["report"]["markdown"])
    else:
        typer.echo(f"Report: {printable(str(out))}")
    typer.echo(f"\n{wrapped(answer['target']['why'])}")
    if evidence:
        print_evidence(answer["evidence"])
    typer.echo(f"\nReport id: {answer['report']['id']}")


def print_markdown(text: str, *, for_people: bool = False) -> None:
    """Set for a terminal; as it is when piped, unless only people read it."""
    shown = console()
    if for_people and not shown.is_terminal:
        typer.echo("\n".join(wrapped(line) for line in text.split("\n")))
    elif shown.is_terminal:
        from rich.markdown import Markdown  # and a parser, which few commands need

        lines = "\n".join(printable(line) for line in text.split("\n"))
        shown.print(Markdown(lines), width=min(shown.width, WIDTH))
    else:
        typer.echo(text)


@contextmanager
def stage_bars() -> Iterator[Told]:
    """A bar for each stage that a job goes through, on standard error; gives what has to be told of the job."""
    progress = Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True, highlight=False),
    )
    bars: dict[str, TaskID] = {}

    def told(job: dict[str, Any]) -> None:
        stage = job.get("stage")
        if stage in _STAGES and stage not in bars:
            _fill(progress, bars)
            bars[stage] = progress.add_task(_STAGES[stage], total=None)
        if job["status"] == "succeeded":
            _fill(progress, bars)

    with progress:
        yield told


def _fill(progress: Progress, bars: dict[str, TaskID]) -> None:
    for bar in bars.values():
        progress.update(bar, total=1, completed=1)


def _require_place(path: Path) -> None:
    """Before anything is heard, which takes a while."""
    if path.is_dir() or not path.parent.is_dir():
        raise Invalid(f"{printable(str(path))} cannot be written: name a file in a folder that exists.")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as problem:
        raise Invalid(f"{printable(str(path))} cannot be written: {problem.strerror}.") from problem
