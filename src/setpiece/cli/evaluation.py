"""eval matching, eval targets, eval replies."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from setpiece.agents.evaluation.cases import Case, Cases, WhichSplit, read_cases
from setpiece.agents.evaluation.compare import Compared, compare, comparison
from setpiece.agents.evaluation.evaluate import Evaluated, evaluate
from setpiece.agents.evaluation.library_file import LibraryFile, open_library
from setpiece.agents.evaluation.report import SavedRun, read_saved, report
from setpiece.agents.evaluation.source import Source
from setpiece.agents.evaluation.workspace import open_workspace
from setpiece.cli.context import DataDir, installation
from setpiece.cli.evaluation_tables import print_comparison, print_replies, print_report, print_targets
from setpiece.cli.output import AsJson, print_json
from setpiece.kernel.errors import Invalid
from setpiece.library.transfer.reading import parse, read_path
from setpiece.programs.replies import evaluation as reply_evaluation

app = typer.Typer(help="Judge choices on labelled cases.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """A run, and beside it the other ways when they were asked for."""

    evaluated: Evaluated
    ways: list[Compared]


@app.command()
def matching(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="CASES", help="A file of cases: docs/matching.md.")],
    split: Annotated[WhichSplit, typer.Option(help="Which half of the cases.")] = "all",
    workspace: Annotated[
        str | None,
        typer.Option("--workspace", "-w", help="Judge this workspace, not the file's own library."),
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Write the run to this file.")] = None,
    against: Annotated[Path | None, typer.Option(help="Tell what changed since this saved run.")] = None,
    compare_ways: Annotated[
        bool, typer.Option("--compare", help="Also show simpler ways of choosing.")
    ] = False,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """How often the right persona and playbook are chosen, and how far a confidence can be trusted."""
    cases = read_cases(_content(source))
    saved = read_saved(_content(against)) if against else None
    chosen = cases.of(split)
    if not chosen:
        raise Invalid(f"{source} has no case of the split '{split}'.")
    found = asyncio.run(_run(context, data_dir, cases, chosen, source, workspace, compare_ways=compare_ways))
    result = report(found.evaluated, split, saved)
    if save:
        _save(save, result)
    _show(result, found.ways, saved, as_json=as_json)


@app.command()
def targets(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="CASES", help="Calls and hints: docs/targets.md.")],
    split: Annotated[WhichSplit, typer.Option(help="Which half of the cases.")] = "all",
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """How often a hint finds the speaker whom it means, another one, or nobody."""
    # With numpy and the words of three languages, a quarter of the start of every command.
    from setpiece.reports.targets.evaluation.cases import read_target_cases
    from setpiece.reports.targets.evaluation.judge import judge, summary

    cases = read_target_cases(_content(source))
    chosen = cases.of(split)
    if not chosen:
        raise Invalid(f"{source} has no case of the split '{split}'.")
    embedder = installation(context, data_dir).tools().embedder
    result = summary(asyncio.run(judge(cases, chosen, embedder)), split)
    print_json(result) if as_json else print_targets(result)


@app.command()
def replies(
    source: Annotated[Path, typer.Argument(metavar="CASES", help="Labelled mails: docs/replies.md.")],
    split: Annotated[WhichSplit, typer.Option(help="Which half of the cases.")] = "all",
    as_json: bool = AsJson,
) -> None:
    """How often an answer to a cold email is taken for what it is: precision and recall of each kind."""
    chosen = reply_evaluation.read_reply_cases(_content(source)).of(split)
    if not chosen:
        raise Invalid(f"{source} has no case of the split '{split}'.")
    result = reply_evaluation.summary(reply_evaluation.judge(chosen), split)
    print_json(result) if as_json else print_replies(result)


async def _run(
    context: typer.Context,
    data_dir: Path | None,
    cases: Cases,
    chosen: list[Case],
    source: Path,
    workspace: str | None,
    *,
    compare_ways: bool,
) -> _Found:
    opened = installation(context, data_dir)
    tuned_on = cases.of("develop") or chosen
    if workspace is None:
        library = await _library(opened.tools().embedder, cases, source)
        return await _judge(library, chosen, tuned_on, compare_ways=compare_ways)
    async with opened.work(workspace, writes=False) as work:
        found = await open_workspace(work, opened.tools().embedder)
        return await _judge(found, chosen, tuned_on, compare_ways=compare_ways)


async def _library(embedder: Any, cases: Cases, source: Path) -> LibraryFile:
    if cases.library is None:
        raise Invalid(f"{source} names no 'library'; add one, or choose a workspace with --workspace.")
    return await open_library(read_path(source.parent / cases.library), embedder)


async def _judge(source: Source, chosen: list[Case], tuned_on: list[Case], *, compare_ways: bool) -> _Found:
    evaluated = await evaluate(chosen, source)
    if not compare_ways:
        return _Found(evaluated, [])
    tuned = await evaluate(tuned_on, source)
    return _Found(evaluated, compare(tuned, evaluated, source.label_by_id))


def _show(result: dict[str, Any], ways: list[Compared], saved: SavedRun | None, *, as_json: bool) -> None:
    if as_json:
        print_json(result | {"comparison": comparison(ways)})
        return
    print_report(result, against=saved is not None)
    if ways:
        print_comparison(ways)


def _content(path: Path) -> Any:
    try:
        return parse(path.read_bytes())
    except OSError as refused:
        raise Invalid(f"{path} cannot be read: {refused.strerror}.", code="unreadable_file") from refused


def _save(path: Path, result: dict[str, Any]) -> None:
    try:
        path.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    except OSError as refused:
        raise Invalid(f"{path} cannot be written: {refused.strerror}.") from refused
