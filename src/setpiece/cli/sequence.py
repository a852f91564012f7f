"""sequence run, export."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from pydantic import ValidationError

from setpiece.agents.run_repository import KeptRun
from setpiece.agents.running import Answer, run_agent
from setpiece.agents.sequence.exports import TABLES, as_csv, as_drafts, ready_from
from setpiece.agents.sequence.run import SEQUENCE
from setpiece.agents.sequence.runs import emails_to_send, export_runs
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.cli.bulk import bulk
from setpiece.cli.context import DataDir, installation
from setpiece.cli.letters import print_answer
from setpiece.cli.output import EXIT_CODE_BY_KIND, AsJson, WorkspaceName, print_json, printable
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.field_problems import findings, sentence
from setpiece.kernel.ids import new_uuid

app = typer.Typer(help="Write the emails for one person or for a list.", no_args_is_help=True)
Text = Annotated[str | None, typer.Option()]


@app.command()
def run(
    context: typer.Context,
    workspace: str = WorkspaceName,
    email: Text = None,
    first_name: Text = None,
    last_name: Text = None,
    job_title: Text = None,
    company_name: Text = None,
    company_domain: Text = None,
    about: Annotated[str | None, typer.Option(help="Facts about the person or company.")] = None,
    instructions: Annotated[str | None, typer.Option(help="How to write, such as 'under 60 words'.")] = None,
    selection: Annotated[str | None, typer.Option(help="Steers the choice of the playbook.")] = None,
    agent: Annotated[str | None, typer.Option(help="Id of a saved agent.")] = None,
    output_format: Annotated[str, typer.Option("--format", help="text, html or markdown.")] = "text",
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Choose the play, write the emails, and say where each claim comes from."""
    sent = {
        "email": email,
        "firstName": first_name,
        "lastName": last_name,
        "jobTitle": job_title,
        "companyName": company_name,
        "companyDomain": company_domain,
        "runtimeContext": about,
        "runtimeInstructions": instructions,
        "playbookSelectionContext": selection,
        "agentOId": agent,
        "outputFormat": output_format,
        "includeFullAnnotation": True,
    }
    request = _request({name: value for name, value in sent.items() if value})

    async def answered() -> Answer:
        async with installation(context, data_dir).workplace(workspace) as place:
            return await run_agent(SEQUENCE, request, str(new_uuid()), place.open_work, place.tools)

    answer = asyncio.run(answered())
    if as_json:
        print_json(
            {
                "requestId": answer.request_id,
                "found": answer.outcome.data is not None,
                "message": answer.outcome.message,
                "data": answer.outcome.data,
            }
        )
    elif answer.outcome.data is not None:
        print_answer(answer.outcome.data, answer.outcome.message)
        typer.echo(f"\nRequest id: {answer.request_id}")
    if answer.outcome.data is None:
        if not as_json:
            raise NotFound(answer.outcome.message)
        raise typer.Exit(EXIT_CODE_BY_KIND[NotFound.kind])


@app.command()
def export(
    context: typer.Context,
    request_ids: Annotated[list[str], typer.Argument(help="As printed by 'sequence run'.")],
    format: Annotated[
        str, typer.Option(help=f"json, {', '.join(TABLES)} or mime (a zip of drafts).")
    ] = "json",
    out: Annotated[Path | None, typer.Option(help="File to write; needed for mime.")] = None,
    workspace: str = WorkspaceName,
    data_dir: DataDir = None,
    as_json: bool = AsJson,
) -> None:
    """Take the emails of runs out to be sent; they count as sent for the persona."""
    chosen = "json" if as_json else format
    if chosen not in ("json", "mime", *TABLES):
        raise Invalid(f"There is no format '{printable(chosen)}'; there are json, {', '.join(TABLES)}, mime.")
    if chosen == "mime" and out is None:
        raise Invalid("Drafts are a zip archive; name a file for it with --out.")

    async def exported() -> list[KeptRun]:
        async with installation(context, data_dir).work(workspace, writes=True) as work:
            return await export_runs(work, request_ids)

    content = _in_format(asyncio.run(exported()), chosen)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"{printable(str(out))} cannot be written: {problem.strerror}.") from problem


def _in_format(runs: list[KeptRun], format: str) -> bytes:
    if format == "json":
        emails = [email for one in runs for email in emails_to_send(one)]
        return orjson.dumps(emails, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    ready = [ready_from(one) for one in runs]
    return as_drafts(ready) if format == "mime" else as_csv(TABLES[format], ready).encode("utf-8", "replace")


def _request(sent: dict[str, Any]) -> SequenceRun:
    try:
        return SequenceRun.model_validate(sent)
    except ValidationError as problem:
        raise Invalid(f"{sentence(findings(problem)[0])}.") from problem


app.command()(bulk)
