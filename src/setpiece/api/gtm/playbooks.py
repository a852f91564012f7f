"""Playbook operations: create with its own answer, the usual verbs, and value props and templates beside them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from setpiece.agents import playbook_creation as creation
from setpiece.agents.tasks import queue_playbook
from setpiece.api.gtm import lenient
from setpiece.api.gtm.answers import META, array, maybe, obj, page_of, ref, string, wrapped
from setpiece.api.gtm.background import QUEUED, acknowledge_playbook
from setpiece.api.gtm.envelope import data, flat, listed, meta
from setpiece.api.gtm.library import filter_of
from setpiece.api.gtm.queries import ListQuery, OneQuery
from setpiece.api.operation import Call, Operation
from setpiece.kernel.ids import parse
from setpiece.kernel.pages import Page, Window
from setpiece.library import service as library
from setpiece.library.playbooks import record, service, value_props
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import LinkRole
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.schemas import PlaybookCreate, PlaybookUpdate, ValuePropAdd, ValuePropUpdate
from setpiece.library.schemas import OId
from setpiece.workspaces.model import Permission

_TAG = "Playbooks"
_PROPS = "/api/v2/playbook/value-prop"
_EXAMPLE = {
    "productOId": "px_0AbCdEfGhIjKlMnOpQrStU",
    "description": "For teams whose emails must be provable",
    "keyInsight": "A claim nobody can trace is a claim nobody may repeat",
    "context": "Heads of RevOps who answer for what the team promises",
    "status": "active",
    "additionalContextSources": [
        {"type": "TEXT", "value": "Security reviews now ask where outbound claims come from."}
    ],
}


class PartsQuery(BaseModel):
    """Parts of one playbook."""

    playbookOId: OId = Field(description="The playbook")
    personaOId: OId | None = Field(None, description="Only those of this persona")


_BRIEF = obj(
    "*",
    oId=string("pb_0AbCdEfGhIjKlMnOpQrStU"),
    name=string(),
    description=maybe(string()),
    type=string("SOLUTION"),
    keyInsight=array(string()),
)
_TEMPLATE = obj(
    "*", oId=string("tp_0AbCdEfGhIjKlMnOpQrStU"), name=string(), persona=obj("*", oId=string(), name=maybe(string())),
    status=string("active"),
)  # fmt: skip
_PROP = obj(
    "oId title details evidence", oId=string(), title=string(), details=string(), evidence=array(string())
)
_CREATED = obj(
    "*", _metadata=META, playbook=_BRIEF, personas=array(ref("Persona")), templates=array(array(_TEMPLATE))
)
_FLAT = {"allOf": [obj("_metadata", _metadata=META), ref("Playbook")]}


def operations() -> Iterator[Operation]:
    read, write = Permission.READ, Permission.WRITE
    yield Operation(
        "POST", "/api/v2/playbook/create", create, write, "Create a playbook", _TAG, {"anyOf": [_CREATED, QUEUED]},
        body=PlaybookCreate, lenient=lenient.given, example=_EXAMPLE,
    )  # fmt: skip
    yield Operation("GET", "/api/v2/playbook/get", get, read, "Get one playbook", _TAG, _FLAT, query=OneQuery)
    yield Operation(
        "GET", "/api/v2/playbook/list", list_playbooks, read, "List playbooks, newest first", _TAG,
        page_of(ref("Playbook")), query=ListQuery,
    )  # fmt: skip
    yield Operation(
        "POST", "/api/v2/playbook/update", update, write, "Change the given fields of a playbook", _TAG,
        wrapped(ref("Playbook")), body=PlaybookUpdate, lenient=lenient.entity,
        also_at=[("PUT", "/api/v2/playbook/update")],
    )  # fmt: skip
    yield Operation(
        "DELETE", "/api/v2/playbook/delete", delete, write, "Delete a playbook", _TAG, _FLAT, query=OneQuery
    )
    yield Operation(
        "GET",
        f"{_PROPS}/list",
        list_props,
        read,
        "List a playbook's value props",
        _TAG,
        page_of(_PROP),
        query=PartsQuery,
    )
    yield Operation(
        "POST", f"{_PROPS}/add", add_props, write, "Add value props for a persona", _TAG, wrapped(array(_PROP)),
        body=ValuePropAdd, lenient=lenient.given,
    )  # fmt: skip
    yield Operation(
        "POST", f"{_PROPS}/update", update_prop, write, "Change a value prop", _TAG, wrapped(_PROP),
        body=ValuePropUpdate, lenient=lenient.given, also_at=[("PUT", f"{_PROPS}/update")],
    )  # fmt: skip
    yield Operation(
        "DELETE",
        f"{_PROPS}/delete",
        delete_prop,
        write,
        "Delete a value prop",
        _TAG,
        wrapped(_PROP),
        query=OneQuery,
    )
    yield Operation(
        "GET", "/api/v2/playbook/template/list", list_templates, read, "List a playbook's templates with their text",
        _TAG, page_of(_TEMPLATE), query=PartsQuery,
    )  # fmt: skip


async def create(call: Call[None, PlaybookCreate]) -> dict[str, Any]:
    if call.body.in_background:
        async with call.transaction() as work:
            return acknowledge_playbook(call, await queue_playbook(work, call.body, call.request_id))
    sources = await creation.read_sources(call.services.tools.page_reader, call.body)
    async with call.transaction() as work:
        created = await creation.create(work, call.body, sources)
    found = created.found
    names = {one.id: one.name for one in found.named.values()}
    return {
        "_metadata": meta(call),
        "playbook": record.brief(found.playbook),
        "personas": [record.persona(found, one) for one in found.personas],
        "templates": [[record.template(one, names) for one in several] for several in created.templates],
    }


async def get(call: Call[OneQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await service.get_playbook(work, call.query.oId)
    return flat(call, record.full(found))


async def list_playbooks(call: Call[ListQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        page = await library.list_entities(work, PLAYBOOK, filter_of(PLAYBOOK, call.query), call.query.window)
        playbooks = await service.with_traits(work, page.items)
    return listed(call, page, [record.listed(one) for one in playbooks])


async def update(call: Call[None, PlaybookUpdate]) -> dict[str, Any]:
    async with call.transaction() as work:
        found = await service.update_playbook(work, call.body)
    return data(call, record.full(found))


async def delete(call: Call[OneQuery, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        found = await service.get_playbook(work, call.query.oId)
        gone = await library.delete_entity(work, PLAYBOOK, call.query.oId)
    return flat(call, record.full(found.of(gone)))


async def list_props(call: Call[PartsQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await service.get_playbook(work, call.query.playbookOId)
    props = [one for one in found.value_props if _is_wanted(call.query, found, one.persona_id)]
    return listed(call, _whole(props), [record.value_prop(one) for one in props])


async def add_props(call: Call[None, ValuePropAdd]) -> dict[str, Any]:
    async with call.transaction() as work:
        props = await value_props.add(work, call.body)
    return data(call, [record.value_prop(one) for one in props])


async def update_prop(call: Call[None, ValuePropUpdate]) -> dict[str, Any]:
    async with call.transaction() as work:
        prop = await value_props.update(work, call.body)
    return data(call, record.value_prop(prop))


async def delete_prop(call: Call[OneQuery, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        prop = await value_props.delete(work, call.query.oId)
    return data(call, record.value_prop(prop))


async def list_templates(call: Call[PartsQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await service.get_playbook(work, call.query.playbookOId)
        templates = await PlaybookRepository(work.scope).templates(found.playbook.id)
    names = {one.id: one.name for one in found.named.values()}
    shown = [one for one in templates if _is_wanted(call.query, found, one.persona_id)]
    return listed(
        call, _whole(shown), [record.template(one, names) | record.template_text(one) for one in shown]
    )


def _is_wanted(query: PartsQuery, found: service.Details, persona_id: UUID) -> bool:
    """Whether it is for the persona that was asked for; what was made for one that left the playbook is not shown."""
    if persona_id not in found.playbook.linked(LinkRole.PERSONA):
        return False
    return query.personaOId is None or parse(query.personaOId) == persona_id


def _whole(items: list[Any]) -> Page[Any]:
    return Page(items, len(items), Window(limit=max(1, len(items))))
