"""The library's operations: six verbs for each kind in the catalog."""

from collections.abc import Iterator
from typing import Any

from setpiece.agents.generation.drafts import make_drafts
from setpiece.agents.generation.schemas import GenerateBody, generate_schema
from setpiece.agents.generation.write import check_links, notes_on, write_drafts
from setpiece.api.gtm import answers, lenient
from setpiece.api.gtm.envelope import data, flat, listed
from setpiece.api.gtm.queries import ListQuery, OneQuery, ProductListQuery
from setpiece.api.operation import Call, Handler, Operation
from setpiece.kernel.ids import parse
from setpiece.library import service
from setpiece.library.kind import Kind
from setpiece.library.record import record
from setpiece.library.repository import Filter
from setpiece.library.schemas import Sent, change_of, create_schema, emptied, update_schema
from setpiece.workspaces.model import Permission

_NOWHERE = parse("0" * 22)  # an id that nothing has: a filter by an unknown id finds nothing


def operations(kind: Kind) -> Iterator[Operation]:
    """create, get, list, update, delete and generate of one kind."""
    yield _operation(kind, "POST", "create", _create(kind), body=create_schema(kind), lenient=lenient.entity)
    yield _operation(kind, "GET", "get", _get(kind), query=OneQuery)
    yield _operation(kind, "GET", "list", _list(kind), query=_list_query(kind))
    yield _operation(kind, "POST", "update", _update(kind), body=update_schema(kind), lenient=lenient.entity)
    yield _operation(kind, "DELETE", "delete", _delete(kind), query=OneQuery)
    yield _operation(
        kind, "POST", "generate", _generate(kind), body=generate_schema(kind), lenient=lenient.given,
        description=_GENERATED, example={kind.collection: [{"name": f"Example {kind.label}", "sources": [_SOURCE]}]},
    )  # fmt: skip


_SUMMARY = {
    "create": "Create {one}",
    "get": "Get one {label}",
    "list": "List {label}s, newest first",
    "update": "Change the given fields of {one}",
    "generate": "Make {label}s from texts and pages, each value quoted from them",
    "delete": "Delete {one}; it can still be read in its revisions",
}

_GENERATED = (
    "Each element makes one entity; all of them, or none. Every value is a sentence or list item of a source, and "
    "`generationMetadata.fields` says which. The rule is in docs/generate.md."
)
_SOURCE = {"type": "URL", "value": "https://example.com/page"}


def _operation(kind: Kind, method: str, verb: str, handler: Handler, **more: Any) -> Operation:
    methods = (method, "PUT") if verb == "update" else (method,)
    paths = [f"/api/v2/{name}/{verb}" for name in (kind.name, *kind.also_at)]
    return Operation(
        method=method,
        path=paths[0],
        handler=handler,
        permission=Permission.READ if method == "GET" else Permission.WRITE,
        summary=_SUMMARY[verb].format(one=kind.one, label=kind.label),
        tag=f"Library: {kind.label}",
        answer=answers.of_verb(kind, verb),
        also_at=[(one, path) for path in paths for one in methods][1:],
        **more,
    )


def _create(kind: Kind) -> Handler:
    async def create(call: Call[None, Sent]) -> dict[str, Any]:
        async with call.bound() as work:
            entity = await service.create_entity(work, kind, change_of(call.body))
        return data(call, record(kind, entity))

    return create


def _generate(kind: Kind) -> Handler:
    async def generate(call: Call[None, GenerateBody]) -> dict[str, Any]:
        async with call.bound() as work:
            await check_links(work, kind, call.body)
        drafts = await make_drafts(call.services.tools.page_reader, kind, call.body)
        async with call.transaction() as work:
            made = await write_drafts(work, kind, call.body, drafts)
        call.warnings += notes_on(kind, call.body, drafts)
        return data(call, [record(kind, one) for one in made])

    return generate


def _get(kind: Kind) -> Handler:
    async def get(call: Call[OneQuery, None]) -> dict[str, Any]:
        async with call.bound() as work:
            entity = await service.get_entity(work, kind, call.query.oId)
        return flat(call, record(kind, entity))

    return get


def _list(kind: Kind) -> Handler:
    async def list_(call: Call[ListQuery, None]) -> dict[str, Any]:
        async with call.bound() as work:
            page = await service.list_entities(work, kind, filter_of(kind, call.query), call.query.window)
        return listed(call, page, [record(service.KIND_BY_NAME[one.kind], one) for one in page.items])

    return list_


def _update(kind: Kind) -> Handler:
    async def update(call: Call[None, Any]) -> dict[str, Any]:
        change = change_of(call.body)
        change = emptied(kind, change.pop("clear", [])) | change
        async with call.transaction() as work:
            entity = await service.update_entity(work, kind, call.body.oId, change)
        return data(call, record(kind, entity))

    return update


def _delete(kind: Kind) -> Handler:
    async def delete(call: Call[OneQuery, None]) -> dict[str, Any]:
        async with call.transaction() as work:
            entity = await service.delete_entity(work, kind, call.query.oId)
        return flat(call, record(kind, entity))

    return delete


def _list_query(kind: Kind) -> type[ListQuery]:
    return ProductListQuery if kind.is_offering and kind.data_type is None else ListQuery


def filter_of(kind: Kind, query: ListQuery) -> Filter:
    """The query as a filter; only products can be listed together with services."""
    wanted = query.type if isinstance(query, ProductListQuery) else None
    return Filter(
        kinds=("product", "service") if wanted in ("ALL", "SERVICE") else (kind.name,),
        text=query.text,
        offering_id=(parse(query.productOId) or _NOWHERE) if query.productOId else None,
        playbook_id=(parse(query.playbookOId) or _NOWHERE) if query.playbookOId else None,
        data_type=wanted if wanted != "ALL" else None,
    )
