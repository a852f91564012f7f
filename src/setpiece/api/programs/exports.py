"""`/v1/playbooks/:id/runs/:runId/export` and `/exports`: approved messages as a file of the tool that sends them."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field
from starlette.responses import Response

from setpiece.agents.sequence.exports import TABLES, as_csv, as_drafts
from setpiece.api.gtm.answers import array, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.execution import RUN
from setpiece.api.programs.execution_shapes import EXPORT, show_export
from setpiece.api.programs.reading import TAG, both
from setpiece.kernel.ids import show
from setpiece.programs.execution import exporting
from setpiece.programs.execution.exporting import Taken
from setpiece.programs.execution.model import EXPORT_PREFIX
from setpiece.workspaces.model import Permission
from setpiece.workspaces.receipts import check_key

_CSV, _ZIP = "text/csv; charset=utf-8", "application/zip"
_FILES = {"text/csv": {"type": "string"}, "application/zip": {"type": "string", "format": "binary"}}
Format = Literal["csv", "smartlead", "instantly", "lemlist", "hubspot", "mime"]


class ExportWanted(BaseModel):
    format: Format = Field("csv", description="The tool that sends them; `mime` is a zip of drafts")


class ExportQuery(BaseModel):
    format: Format | None = Field(None, description="Another form than the first")


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "POST", f"{RUN}/export", take, Permission.WRITE, "Take approved messages out to be sent", TAG,
        string("email,firstName,…\n"), body=ExportWanted, answer_type="text/csv", other_answers=_FILES, is_idempotent=True,
        example={"format": "instantly"},
        description="Each message once, in one export: they count as sent from now on. The header `Location` names the export, which can "
        "be read again.",
        also_answers={409: "Nothing is approved, or something holds the run; `code` says what"},
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{RUN}/exports", list_all, Permission.READ, "List the exports of a run, the newest first", TAG,
        obj("*", exports=array(EXPORT)),
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{RUN}/exports/{{exportId}}", read, Permission.READ, "Read an export again", TAG, string("email,firstName,…\n"),
        query=ExportQuery, answer_type="text/csv", other_answers=_FILES,
    ))  # fmt: skip


async def take(call: Call[None, ExportWanted]) -> Response:
    key = check_key(call.request.headers.get("idempotency-key"))
    async with call.transaction() as work:
        taken = await exporting.export_approved(work, *_run(call), call.body.format, key=key)
    return _file(call, taken, call.body.format)


async def list_all(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await exporting.list_exports(work, *_run(call))
    return {"exports": [show_export(one) for one in found]}


async def read(call: Call[ExportQuery, None]) -> Response:
    async with call.bound() as work:
        taken = await exporting.read_export(work, *_run(call), call.path["exportId"])
    return _file(call, taken, call.query.format or taken.export.format)


def _file(call: Call[Any, Any], taken: Taken, form: str) -> Response:
    program, run = _run(call)
    shown = show(EXPORT_PREFIX, taken.export.id)
    name = f"{shown}.{'zip' if form == 'mime' else 'csv'}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "location": f"/v1/playbooks/{program}/runs/{run}/exports/{shown}",
    }
    if form == "mime":
        return Response(as_drafts(taken.ready), media_type=_ZIP, headers=headers)
    return Response(as_csv(TABLES[form], taken.ready), media_type=_CSV, headers=headers)


def _run(call: Call[Any, Any]) -> tuple[str, str]:
    return call.path["playbookId"], call.path["runId"]
