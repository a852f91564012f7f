"""`library/import`, `library/diff` and `library/export` (ours): the whole library as one YAML or JSON file."""

import asyncio
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field
from starlette.responses import Response

from setpiece.api.gtm.answers import INTEGER, Schema, array, obj, string, wrapped
from setpiece.api.gtm.envelope import data
from setpiece.api.operation import Call, Operation
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.transfer.apply import apply_import
from setpiece.library.transfer.document import VERSION, Document
from setpiece.library.transfer.export import export_library
from setpiece.library.transfer.model import Action, ImportPlan
from setpiece.library.transfer.plan import plan_import
from setpiece.library.transfer.reading import Form, read_text
from setpiece.library.transfer.render import describe_change, summary
from setpiece.library.transfer.writing import dump
from setpiece.workspaces.model import Permission

_TAG = "Library: as a file"
_YAML = "text/yaml"
_MOST_CHANGES = 500  # shown in one answer; the counts tell how many there are


class DiffQuery(BaseModel):
    prune: bool = Field(False, description="Also delete what the file does not have")


class ImportQuery(DiffQuery):
    dryRun: bool = Field(False, description="Show what would change and write nothing")


class ExportQuery(BaseModel):
    format: Form = Field("yaml", description="yaml or json")


_LIBRARY = obj(
    "setpiece",
    setpiece={"const": VERSION, "description": "Version of the format"},
    **{kind.collection: array({"type": "object"}) for kind in KIND_BY_NAME.values()},
)
_EXAMPLE = {
    "setpiece": VERSION,
    "products": [
        {"key": "example", "name": "Example", "summary": "Turns raw events into dashboards in a day"}
    ],
    "personas": [{"key": "head-of-data", "name": "Head of data", "offerings": "all"}],
}
_FILE: dict[str, Schema] = {
    "application/json": _LIBRARY | {"example": _EXAMPLE},
    _YAML: string(dump(_EXAMPLE)),
}
_CHANGE = obj(
    "action kind key name",
    action=string(enum=[action.value for action in Action]),
    kind=string("persona"),
    key=string("head-of-data"),
    name=string("Head of data"),
    fields={"type": "object", "additionalProperties": obj(before={}, after={})},
)
_ANSWER = wrapped(
    obj(
        "*", created=INTEGER, updated=INTEGER, deleted=INTEGER, unchanged=INTEGER,
        changes=array(_CHANGE) | {"description": f"The first {_MOST_CHANGES}"},
    )
)  # fmt: skip


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/api/v2/library/import", import_, Permission.WRITE, "Make the library say what a file says", _TAG,
        _ANSWER, query=ImportQuery, raw_body=_FILE,
        description="All or nothing. Unlike elsewhere, unknown fields and wrong types are errors, all told at once. "
        "A field that an entry leaves out is emptied; an entity that no entry speaks of stays.",
    )  # fmt: skip
    yield Operation(
        "POST", "/api/v2/library/diff", diff, Permission.READ, "Show what an import would change", _TAG,
        _ANSWER, query=DiffQuery, raw_body=_FILE,
    )  # fmt: skip
    yield Operation(
        "GET", "/api/v2/library/export", export, Permission.READ, "Get the whole library as a file", _TAG,
        _LIBRARY, query=ExportQuery, other_answers={_YAML: _FILE[_YAML]},
        description="Stable order, every entry with a key; importing it again changes nothing.",
    )  # fmt: skip


async def import_(call: Call[ImportQuery, bytes]) -> dict[str, Any]:
    if call.query.dryRun:
        return await diff(call)
    document = await _document(call)
    async with call.transaction() as work:
        plan = await plan_import(work, document, prune=call.query.prune)
        await apply_import(work, plan)
    return data(call, _shown(plan))


async def diff(call: Call[Any, bytes]) -> dict[str, Any]:
    document = await _document(call)
    async with call.bound() as work:
        plan = await plan_import(work, document, prune=call.query.prune)
    return data(call, _shown(plan))


async def export(call: Call[ExportQuery, None]) -> Response:
    async with call.bound() as work:
        document = await export_library(work)
    form = call.query.format
    text = await asyncio.to_thread(dump, document, form)
    return Response(
        text,
        media_type="application/json" if form == "json" else _YAML,
        headers={"content-disposition": f'attachment; filename="library.{form}"'},
    )


async def _document(call: Call[Any, bytes]) -> Document:
    """Read beside the event loop: a large file takes seconds."""
    declared = call.request.headers.get("content-type", "").lower()
    forms: tuple[Literal["yaml", "json"], ...] = ("yaml", "json")
    form = next((form for form in forms if form in declared), None)
    return await asyncio.to_thread(read_text, call.body, form)


def _shown(plan: ImportPlan) -> dict[str, Any]:
    return summary(plan) | {"changes": [describe_change(one) for one in plan.changes[:_MOST_CHANGES]]}
