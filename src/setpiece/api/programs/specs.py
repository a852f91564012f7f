"""`/v1/playbooks`: programs are listed, made, read, changed and deleted. Filters, conditions and versions are ours."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import BOOLEAN, INTEGER, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.reading import (
    IF_MATCH,
    ONE,
    PATH,
    PREFER,
    TAG,
    both,
    etag,
    is_strict,
    read_object,
    read_place,
    show_place,
    unless_changed,
    warned,
)
from setpiece.api.programs.shapes import (
    CREATE_BODY,
    PLAYBOOK,
    UPDATE_BODY,
    VERSION,
    WRITTEN,
    show_playbook,
    show_version,
)
from setpiece.kernel.ids import show
from setpiece.programs import service
from setpiece.programs.model import PROGRAM_PREFIX, Program
from setpiece.programs.repository import Place, Wanted
from setpiece.programs.spec.model import Buddy, Mode, ProgramStatus
from setpiece.workspaces.model import Permission
from setpiece.workspaces.receipts import check_key

_FORGIVEN = (
    "Unknown fields are dropped, values that are not allowed are ignored, what is out of bounds is brought in and named in `warnings`. "
    "With the header `Prefer: handling=strict` each of these is an error."
)
_CHANGED = {412: "`If-Match` names another version than the present one"}


class PlaybooksQuery(BaseModel):
    status: list[ProgramStatus] | None = Field(None, description="Only those with one of these")
    buddyId: list[Buddy] | None = Field(None, description="Only those of one of these agents")
    mode: list[Mode] | None = Field(None, description="Only those with one of these")
    limit: int | None = Field(None, ge=1, le=1000, description="How many at most; all when it is left out")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")


class VersionsQuery(BaseModel):
    limit: int = Field(50, ge=1, le=500, description="How many at most")
    cursor: int | None = Field(None, ge=1, le=2**31 - 1, description="`cursor` of the page before")


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", PATH, list_all, Permission.READ, "List playbooks, the last changed first", TAG,
        obj("playbooks", playbooks=array(PLAYBOOK), cursor=maybe(string())), query=PlaybooksQuery,
        description="All of them, unless `limit` is given; then `cursor` leads to the next page.",
    ))  # fmt: skip
    yield both(Operation(
        "POST", PATH, create, Permission.WRITE, "Make a playbook", TAG, WRITTEN, status=201, is_idempotent=True,
        streamed_body={"application/json": CREATE_BODY}, headers=[PREFER], description=_FORGIVEN,
        also_answers={409: "The key was sent with another request"},
    ))  # fmt: skip
    yield both(Operation(
        "GET", ONE, get, Permission.READ, "Get a playbook", TAG, obj("*", playbook=PLAYBOOK),
        description="The header `ETag` names its version.",
    ))  # fmt: skip
    yield both(Operation(
        "PUT", ONE, update, Permission.WRITE, "Change a playbook", TAG, WRITTEN, streamed_body={"application/json": UPDATE_BODY},
        description="What is left out stays. `leadSource`, `strategy` and `adaptation` are merged field by field; a list within is "
        f"replaced. Null empties what may be absent. {_FORGIVEN}",
        headers=[PREFER, IF_MATCH], also_answers=_CHANGED,
    ))  # fmt: skip
    yield both(Operation(
        "DELETE", ONE, delete, Permission.WRITE, "Delete a playbook with its runs", TAG, obj("*", ok=BOOLEAN | {"const": True}),
        headers=[IF_MATCH], also_answers=_CHANGED,
        description="With `/v1/playbooks/deleted` an administrator can take it out for 30 days.",
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{ONE}/versions", list_versions, Permission.READ, "What a playbook was, the newest version first", TAG,
        obj("*", versions=array(VERSION), cursor=maybe(INTEGER)), query=VersionsQuery,
    ))  # fmt: skip


async def list_all(call: Call[PlaybooksQuery, None]) -> dict[str, Any]:
    query = call.query
    wanted = Wanted(query.status, query.mode, query.buddyId)
    async with call.bound() as work:
        found, has_more = await service.list_programs(work, wanted, read_place(query.cursor), query.limit)
    playbooks = {"playbooks": [show_playbook(one) for one in found]}
    if query.limit is None:
        return playbooks
    cursor = show_place(Place(found[-1].updated_at, found[-1].id)) if has_more else None
    return playbooks | {"cursor": cursor}


async def create(call: Call[None, None]) -> dict[str, Any]:
    content, strict = await read_object(call), is_strict(call)
    key = check_key(call.request.headers.get("idempotency-key"))
    async with call.transaction() as work:
        written = await service.create_program(work, content, is_strict=strict, key=key)
    call.add_header("location", f"{PATH}/{show(PROGRAM_PREFIX, written.program.id)}")
    return warned(_tagged(call, written.program), written.warnings)


async def get(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return _tagged(call, await service.get_program(work, call.path["playbookId"]))


async def update(call: Call[None, None]) -> dict[str, Any]:
    shown_id = call.path["playbookId"]
    async with call.bound() as work:
        await service.get_program(work, shown_id)
    content, strict = await read_object(call), is_strict(call)
    async with call.transaction() as work:
        written = await service.update_program(
            work, shown_id, content, is_strict=strict, require=unless_changed(call)
        )
    return warned(_tagged(call, written.program), written.warnings)


async def delete(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        await service.delete_program(work, call.path["playbookId"], unless_changed(call))
    return {"ok": True}


async def list_versions(call: Call[VersionsQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found, has_more = await service.list_versions(
            work, call.path["playbookId"], call.query.cursor, call.query.limit
        )
    cursor = found[-1].number if has_more else None
    return {"versions": [show_version(one) for one in found], "cursor": cursor}


def _tagged(call: Call[Any, Any], program: Program) -> dict[str, Any]:
    call.add_header("etag", etag(program))
    return {"playbook": show_playbook(program)}
