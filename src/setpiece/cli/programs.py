"""programs list, show, create, edit, run, messages, export, decision, pivots, leads, outcomes, history."""

from pathlib import Path
from typing import Annotated, Any

import typer

from setpiece.cli import program_tables as tables
from setpiece.cli import program_work
from setpiece.cli.context import DataDir
from setpiece.cli.output import AsJson, WorkspaceName, print_json
from setpiece.cli.program_files import media_type_of, read_batches, read_bytes, read_object, section_of
from setpiece.cli.program_session import PlaybookId, RunId, Session

app = typer.Typer(help="Executable playbooks: what they are, and whether they work.", no_args_is_help=True)
_STATUSES = "draft,active,paused,archived"
_IMPORT_S = 900.0  # the longest list takes half a minute on a busy machine


@app.command("list")
def list_all(
    context: typer.Context,
    status: Annotated[str, typer.Option(help="Only these, with commas between.")] = _STATUSES,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """List playbooks with what is known of each, those with the most evidence against their target first."""
    found = Session(context, data_dir, workspace).one("GET", "/portfolio", params={"status": status})
    print_json(found) if as_json else tables.print_portfolio(found)


@app.command()
def show(
    context: typer.Context,
    playbook: PlaybookId,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Show a playbook and its runs."""
    found, runs = Session(context, data_dir, workspace).ask(
        ("GET", f"/{playbook}", {}), ("GET", f"/{playbook}/runs", {"params": {"limit": 10}})
    )
    print_json(found | runs) if as_json else tables.print_playbook(found["playbook"], runs["runs"])


@app.command()
def create(
    context: typer.Context,
    spec: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A spec as YAML or JSON: docs/programs.md.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Its name.")] = None,
    mode: Annotated[str | None, typer.Option(help="inbound, outbound or hybrid.")] = None,
    buddy: Annotated[str | None, typer.Option(help="insights, prospect, campaign or pipeline.")] = None,
    hypothesis: Annotated[str | None, typer.Option(help="What is tried.")] = None,
    metric: Annotated[
        str | None, typer.Option(help="reply_rate, meeting_booked, pipeline_arr or custom.")
    ] = None,
    target: Annotated[float | None, typer.Option(help="The target, in the metric's own unit.")] = None,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Make a playbook, from a file, from options, or from a file that options change."""
    body = read_object(spec) if spec else {}
    strategy = {"hypothesis": hypothesis, "successMetric": metric, "successTarget": target}
    body |= {
        key: value for key, value in (("name", name), ("mode", mode), ("buddyId", buddy)) if value is not None
    }
    body["strategy"] = section_of(body) | {key: value for key, value in strategy.items() if value is not None}
    made = Session(context, data_dir, workspace).one(
        "POST", "", json=body, headers={"Prefer": "handling=strict"}
    )
    if as_json:
        print_json(made)
    else:
        tables.print_playbook(made["playbook"], [])


app.command()(program_work.edit)


@app.command()
def run(
    context: typer.Context,
    playbook: PlaybookId,
    execute: Annotated[
        bool, typer.Option("--execute", help="Setpiece does the work; a worker has to be running.")
    ] = False,
    settings: Annotated[
        Path | None, typer.Option(help="Further fields of the run, such as delivery, as YAML or JSON.")
    ] = None,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Begin a run: recorded for a client that does the work, or executed."""
    body = (read_object(settings) if settings else {}) | ({"execute": True} if execute else {})
    made = Session(context, data_dir, workspace).one("POST", f"/{playbook}/run", json=body)
    print_json(made) if as_json else tables.print_runs([made["run"]])


app.command()(program_work.messages)
app.command()(program_work.export)


@app.command()
def decision(
    context: typer.Context,
    playbook: PlaybookId,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Say whether a playbook should change course, with its evidence as a row of bars."""
    decided, history = Session(context, data_dir, workspace).ask(
        ("GET", f"/{playbook}/decision", {}), ("GET", f"/{playbook}/history", {})
    )
    if as_json:
        print_json(decided)
    else:
        tables.print_decision(decided["decision"], history["epochs"])


@app.command()
def pivots(
    context: typer.Context,
    playbook: PlaybookId,
    revert: Annotated[str | None, typer.Option(help="Take this pivot back: piv_…")] = None,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """List how a playbook changed course, or take a pivot back."""
    session = Session(context, data_dir, workspace)
    back: list[tuple[str, str, dict[str, Any]]] = (
        [("POST", f"/{playbook}/pivots/{revert}/revert", {"json": {}})] if revert else []
    )
    found = session.ask(*back, ("GET", f"/{playbook}/pivots", {}))[-1]
    print_json(found) if as_json else tables.print_pivots(found["pivots"])


@app.command()
def leads(
    context: typer.Context,
    playbook: PlaybookId,
    file: Annotated[Path | None, typer.Option("--import", help="Upload this CSV or JSON file first.")] = None,
    limit: Annotated[int, typer.Option(help="How many to list.", min=1, max=1000)] = 50,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """List a playbook's leads, the oldest first, or upload a list of them."""
    session = Session(context, data_dir, workspace)
    if file:
        sent = {
            "content": read_bytes(file),
            "headers": {"content-type": media_type_of(file)},
            "params": {"name": file.name},
            "timeout": _IMPORT_S,
        }
        imported = session.one("POST", f"/{playbook}/leads/import", **sent)
        print_json(imported) if as_json else tables.print_import(imported["list"])
        return
    found = session.one("GET", f"/{playbook}/leads", params={"limit": limit})
    print_json(found) if as_json else tables.print_leads(found["leads"])


@app.command()
def outcomes(
    context: typer.Context,
    playbook: PlaybookId,
    run: RunId,
    file: Annotated[
        Path | None, typer.Option("--report", help="Report the outcomes of this YAML or JSON file.")
    ] = None,
    correct: Annotated[
        str | None, typer.Option(help="Put right the outcome with this id: it was of another --kind.")
    ] = None,
    kind: Annotated[
        str, typer.Option(help="What it was, such as auto_reply; 'retracted': a mistake.")
    ] = "retracted",
    value: Annotated[float | None, typer.Option(help="Of a corrected deal, the money.")] = None,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """List what came of a run, the last reported first, report it, or put it right."""
    session = Session(context, data_dir, workspace)
    path = f"/{playbook}/runs/{run}/outcomes"
    if correct:
        fix = {"corrects": correct, "kind": kind} | ({} if value is None else {"value": value})
        made = session.one("POST", path, json=fix)
        print_json(made) if as_json else tables.print_corrected(made)
        return
    if file is None:
        found = session.one("GET", path, params={"limit": 1000})
        print_json(found) if as_json else tables.print_outcomes(found["outcomes"])
        return
    answers = session.ask(*(("POST", path, {"json": part}) for part in read_batches(file)))
    counts = {name: sum(one[name] for one in answers) for name in ("recorded", "duplicates", "rejected")}
    if as_json:
        print_json(counts | {"results": [result for one in answers for result in one["results"]]})
    else:
        tables.print_reported(counts, [result for one in answers for result in one["results"]])


@app.command()
def history(
    context: typer.Context,
    playbook: PlaybookId,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of text.")] = False,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Tell everything that a playbook tried: each epoch with its evidence, its runs and its pivots."""
    session = Session(context, data_dir, workspace)
    if as_csv:
        typer.echo(session.text("GET", f"/{playbook}/history", params={"format": "csv"}), nl=False)
        return
    found = session.one("GET", f"/{playbook}/history")
    print_json(found) if as_json else tables.print_history(found["epochs"])
