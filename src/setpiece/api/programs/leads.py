"""`/v1/playbooks/:id/leads`: leads are uploaded, listed, drawn on trial and erased. All of it is ours."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.responses import Response

from setpiece.api.body import stream_bytes
from setpiece.api.gtm.answers import BOOLEAN, INTEGER, array, maybe, obj, string
from setpiece.api.multipart import Form
from setpiece.api.operation import Call, Operation, validate
from setpiece.api.programs.lead_shapes import (
    LEAD,
    LIST,
    PREVIEW,
    SOURCE,
    show_lead,
    show_list,
    show_preview,
)
from setpiece.api.programs.reading import ONE, PATH, both
from setpiece.kernel.errors import Invalid, SetpieceError
from setpiece.kernel.ids import parse, show
from setpiece.programs import service as programs
from setpiece.programs.leads import service
from setpiece.programs.leads.gathering import gather
from setpiece.programs.leads.importing import Sent, import_file, preview_file
from setpiece.programs.leads.model import LEAD_PREFIX, LIST_PREFIX
from setpiece.providers.lead_sources.port import LeadSource
from setpiece.workspaces.model import Permission

_TAG = "Playbooks: leads"
_LEADS = f"{ONE}/leads"
_LEAD = f"{PATH}/leads/{{leadId}}"
_LIST = f"{_LEADS}/lists/{{listId}}"
_LONGEST_READING_S = 20.0  # clients and proxies often give up after 30
_LONGEST_CHECK_S = 10.0
_IN_MEMORY = 1 << 20  # bytes of an upload that are held before it goes to a temporary file
_MAPPING = TypeAdapter(dict[str, str | None])
_FILE = {"type": "string", "format": "binary"}
_PEOPLE = obj(
    "leads", leads=array({"type": "object", "example": {"email": "ann@example.com", "firstName": "Ann"}})
)
_NEWEST = "The newest first; `cursor` leads to the next page."


class ImportQuery(BaseModel):
    preview: bool = Field(False, description="Only say what would be made of the file; nothing is kept")
    name: str | None = Field(
        None, max_length=200, description="What to call the list", examples=["trade-fair.csv"]
    )
    encoding: str | None = Field(
        None,
        max_length=40,
        description="Of the file, when it is not found by itself",
        examples=["windows-1252"],
    )
    delimiter: str | None = Field(
        None, max_length=1, description="Between the cells, when it is not found by itself"
    )
    mapping: str | None = Field(
        None,
        max_length=20_000,
        description="JSON: the field for a column, null to leave a column out",
        examples=['{"Mail": "email", "Notes": null}'],
    )


class LeadsQuery(BaseModel):
    limit: int = Field(50, ge=1, le=500, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")


class PersonQuery(BaseModel):
    email: str = Field(max_length=320, description="The address", examples=["ann@example.com"])


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "POST", f"{_LEADS}/import", import_leads, Permission.WRITE, "Upload a list of leads", _TAG,
        {"anyOf": [obj("*", list=LIST), obj("*", preview=PREVIEW)]}, query=ImportQuery,
        streamed_body={"application/json": _PEOPLE, "text/csv": _FILE, "multipart/form-data": obj("file", file=_FILE)},
        description="CSV with a line of column names, or JSON: a list of objects, `{\"leads\": [...]}`, or one object to a line; up to "
        "100,000 rows. Rows that cannot be used are left out and told in a file; when the file cannot be read, nothing is kept. "
        "The parameters can also be fields of the form.",
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{_LEADS}/lists", list_lists, Permission.READ, "List what a playbook's leads came from", _TAG,
        obj("*", lists=array(LIST), cursor=maybe(string())), query=LeadsQuery, description=_NEWEST,
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{_LIST}/problems", get_problems, Permission.READ, "The rows that a list left out, as CSV", _TAG, {},
        answer_type="text/csv", other_answers={"text/csv": {"type": "string"}},
        description="A line for each: where the row stands and why it was left out. What stood in it is not kept.",
    ))  # fmt: skip
    yield both(Operation(
        "POST", f"{_LEADS}/gather", gather_leads, Permission.WRITE, "Read the people of a playbook's lead source", _TAG,
        obj("*", list=maybe(LIST)),
        description="For a CRM or another source; an executed run does it by itself. It reads for up to 20 seconds: while `isComplete` is "
        "false, call it again and it goes on. What was read in the last hour is not read again. Null for lists that are uploaded, and when a source that costs "
        "has enough people already.",
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{PATH}/lead-sources", list_sources, Permission.READ, "The lead sources that are set up, and whether they answer", _TAG,
        obj("*", leadSources=array(SOURCE)), description="A vendor is asked with the workspace's key; nothing is read.",
    ))  # fmt: skip
    yield both(Operation(
        "GET", _LEADS, list_all, Permission.READ, "List a playbook's leads, the oldest first", _TAG,
        obj("*", leads=array(LEAD), cursor=maybe(string())), query=LeadsQuery,
    ))  # fmt: skip
    yield both(Operation(
        "DELETE", _LIST, delete_list, Permission.WRITE, "Delete a list of leads", _TAG, obj("*", ok=BOOLEAN | {"const": True}, deleted=INTEGER),
        description="With the leads that stand in no other list. Who was drawn stays, until the person is erased.",
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{PATH}/leads", find, Permission.READ, "Find a person in every playbook", _TAG, obj("*", leads=array(LEAD)), query=PersonQuery,
        description="What the workspace has of an address, to tell or to erase the person.",
    ))  # fmt: skip
    yield both(Operation(
        "GET", _LEAD, get, Permission.READ, "Get a lead, with where it came from", _TAG, obj("*", lead=LEAD),
        audited="lead.read",
    ))  # fmt: skip
    yield both(Operation(
        "DELETE", _LEAD, erase, Permission.WRITE, "Erase a person", _TAG, obj("*", ok=BOOLEAN | {"const": True}),
        description="From every playbook of the workspace, with all that was written to them. Numbers stay.",
    ))  # fmt: skip


async def import_leads(call: Call[ImportQuery, None]) -> dict[str, Any] | Response:
    async with call.bound() as work:
        program = await programs.get_program(work, call.path["playbookId"])
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        content: IO[bytes] = kept
        asked, name = await _receive(call, content)
        sent = Sent(
            content, (asked.name or name)[:200], asked.encoding, asked.delimiter, _mapping(asked.mapping)
        )
        if asked.preview:
            return {"preview": show_preview(await preview_file(sent))}
        return {"list": show_list(await import_file(call.transaction, program.id, sent))}


async def _receive(call: Call[ImportQuery, None], into: IO[bytes]) -> tuple[ImportQuery, str]:
    """Write the file, and give what was said of it and its name."""
    most = call.services.settings.max_import_bytes
    if not call.request.headers.get("content-type", "").lower().startswith("multipart/"):
        await _write(stream_bytes(call.request, most), into)
        return call.query, "upload"
    form = Form(call.request, "file", most)
    await _write(form.file(), into)
    told = call.query.model_dump(exclude_unset=True) | form.fields
    return validate(ImportQuery, told, call.warnings), form.file_name or "upload"


async def _write(pieces: AsyncIterator[bytes], into: IO[bytes]) -> None:
    async for piece in pieces:
        into.write(piece)


def _mapping(text: str | None) -> Mapping[str, str | None] | None:
    try:
        return _MAPPING.validate_json(text) if text else None
    except ValidationError as wrong:
        raise Invalid(
            """'mapping' must be a JSON object such as {"Mail": "email", "Notes": null}.""",
            code="invalid_mapping",
        ) from wrong


async def list_lists(call: Call[LeadsQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        program = await programs.get_program(work, call.path["playbookId"])
        found, has_more = await service.list_lists(work, program, _cursor(call.query), call.query.limit)
    return {
        "lists": [show_list(one) for one in found],
        "cursor": show(LIST_PREFIX, found[-1].id) if has_more else None,
    }


async def get_problems(call: Call[None, None]) -> Response:
    async with call.bound() as work:
        program = await programs.get_program(work, call.path["playbookId"])
        found, problems = await service.left_out(work, program, call.path["listId"])
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["row", "problem"])
    writer.writerows((one.line, one.why) for one in problems)
    headers = {"content-disposition": f'attachment; filename="{show(LIST_PREFIX, found.id)}-problems.csv"'}
    return Response(text.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")


async def gather_leads(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        program = await programs.get_program(work, call.path["playbookId"])
    found = await gather(call.transaction, call.services.lead_sources, program, within_s=_LONGEST_READING_S)
    return {"list": show_list(found) if found else None}


async def list_sources(call: Call[None, None]) -> dict[str, Any]:
    sources = call.services.lead_sources.of(call.principal.workspace.name)
    answers = await asyncio.gather(*(_checked(one) for one in sources.values()))
    return {
        "leadSources": [
            {"source": name, "answers": problem is None, "message": problem}
            for name, problem in zip(sources, answers, strict=True)
        ]
    }


async def _checked(source: LeadSource) -> str | None:
    """What is wrong with it."""
    try:
        async with asyncio.timeout(_LONGEST_CHECK_S):
            await source.check()
    except SetpieceError as wrong:
        return wrong.message
    except TimeoutError:
        return f"It did not answer within {_LONGEST_CHECK_S:.0f} seconds."
    return None


async def list_all(call: Call[LeadsQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        program = await programs.get_program(work, call.path["playbookId"])
        found, has_more = await service.list_leads(work, program, _cursor(call.query), call.query.limit)
    return {
        "leads": [show_lead(one) for one in found],
        "cursor": show(LEAD_PREFIX, found[-1].id) if has_more else None,
    }


async def delete_list(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        program = await programs.get_program(work, call.path["playbookId"])
        return {"ok": True, "deleted": await service.delete_list(work, program, call.path["listId"])}


async def find(call: Call[PersonQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return {"leads": [show_lead(one) for one in await service.find_leads(work, call.query.email)]}


async def get(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return {"lead": show_lead(await service.get_lead(work, call.path["leadId"]))}


async def erase(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        await service.erase_lead(work, call.path["leadId"])
    return {"ok": True}


def _cursor(query: LeadsQuery) -> Any:
    if query.cursor is None:
        return None
    if (found := parse(query.cursor)) is None:
        raise Invalid("'cursor' must be the 'cursor' of the page before.")
    return found
