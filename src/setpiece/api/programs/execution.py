"""`/v1/playbooks/:id/runs/:runId/…` of runs that Setpiece executes: how they stand, their messages, and what people say of those."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import INTEGER, array, maybe, obj
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.execution_shapes import (
    DISPATCH,
    EXECUTION,
    MESSAGE,
    show_dispatches,
    show_execution,
    show_message,
)
from setpiece.api.programs.reading import ONE, TAG, both
from setpiece.kernel.errors import Invalid
from setpiece.programs.execution import approval, service
from setpiece.programs.execution.message_repository import WantedMessages
from setpiece.programs.execution.model import Email, MessageState
from setpiece.programs.execution.schemas import Decision, Edit, Settlement
from setpiece.workspaces.model import Permission

RUN = f"{ONE}/runs/{{runId}}"
MESSAGES = f"{RUN}/messages"
_ONE_MESSAGE = f"{MESSAGES}/{{messageId}}"
_EXECUTION = obj("*", execution=EXECUTION)
_MESSAGE = obj("message", message=MESSAGE, dispatches=array(DISPATCH))
_CHANGED = obj("*", changed=INTEGER)
_DECIDED = {409: "A message is past deciding, or the run has ended; nothing was changed"}


class MessagesQuery(BaseModel):
    state: list[MessageState] | None = Field(None, description="Only those in one of these")
    limit: int = Field(50, ge=1, le=500, description="How many at most")
    cursor: int = Field(0, ge=0, le=2**31 - 1, description="`cursor` of the page before")


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{RUN}/execution", read, Permission.READ, "See how an executed run stands", TAG, _EXECUTION,
        description="What holds it, how many leads are in which state, and what it has cost.",
    ))  # fmt: skip
    for name, does, summary in (
        ("pause", pause, "Pause an executed run: nothing is written or sent"),
        ("resume", resume, "Let a paused run go on"),
    ):
        yield both(Operation("POST", f"{RUN}/{name}", does, Permission.WRITE, summary, TAG, _EXECUTION))
    yield both(Operation(
        "GET", MESSAGES, list_all, Permission.READ, "List the messages of an executed run, in the order of the draw", TAG,
        obj("*", messages=array(MESSAGE), cursor=maybe(INTEGER)), query=MessagesQuery,
    ))  # fmt: skip
    yield both(
        Operation(
            "GET", _ONE_MESSAGE, get, Permission.READ, "Get a message, and what went out of it", TAG, _MESSAGE
        )
    )
    yield both(Operation(
        "PUT", _ONE_MESSAGE, change, Permission.WRITE, "Put a message that waits into other words", TAG, _MESSAGE, body=Edit,
        example={"emails": [{"subject": "Two hours a week", "body": "Hi Dana,\n\n…"}]}, also_answers=_DECIDED,
    ))  # fmt: skip
    for name, one, several in (
        ("approve", approve_one, approve_several),
        ("reject", reject_one, reject_several),
    ):
        yield both(Operation(
            "POST", f"{_ONE_MESSAGE}/{name}", one, Permission.WRITE, f"{name.capitalize()} a message", TAG, _MESSAGE,
            also_answers=_DECIDED,
        ))  # fmt: skip
        yield both(Operation(
            "POST", f"{MESSAGES}/{name}", several, Permission.WRITE, f"{name.capitalize()} several messages, or all that wait", TAG,
            _CHANGED, body=Decision, example={"all": True}, also_answers=_DECIDED,
            description="All that are named, or none. `changed` counts those that were not decided so before.",
        ))  # fmt: skip
    yield both(Operation(
        "POST", f"{_ONE_MESSAGE}/settle", settle, Permission.WRITE, "Say whether a message arrived of which nobody can know", TAG,
        _MESSAGE, body=Settlement, example={"arrived": True},
        description="A message is `uncertain` when its sending was cut short. It is never sent again by itself; `arrived: false` lets it.",
        also_answers={409: "It is not uncertain"},
    ))  # fmt: skip


async def read(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return await _execution(call, work)


async def pause(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        await service.pause(work, *_run(call))
        return await _execution(call, work)


async def resume(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        await service.resume(work, *_run(call))
        return await _execution(call, work)


async def list_all(call: Call[MessagesQuery, None]) -> dict[str, Any]:
    query = call.query
    wanted = WantedMessages(query.state, query.cursor)
    async with call.bound() as work:
        found, has_more = await approval.list_messages(work, *_run(call), wanted, query.limit)
    cursor = found[-1].position if has_more else None
    return {"messages": [show_message(one) for one in found], "cursor": cursor}


async def get(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        message, dispatches = await approval.get_message(work, *_run(call), call.path["messageId"])
    return {"message": show_message(message), "dispatches": show_dispatches(dispatches)}


async def change(call: Call[None, Edit]) -> dict[str, Any]:
    emails = [Email(one.subject, one.body) for one in call.body.emails]
    async with call.transaction() as work:
        message = await approval.edit(work, *_run(call), call.path["messageId"], emails)
    return {"message": show_message(message)}


async def approve_one(call: Call[None, None]) -> dict[str, Any]:
    return await _decide_one(call, MessageState.APPROVED)


async def reject_one(call: Call[None, None]) -> dict[str, Any]:
    return await _decide_one(call, MessageState.REJECTED)


async def approve_several(call: Call[None, Decision]) -> dict[str, Any]:
    return await _decide_several(call, MessageState.APPROVED)


async def reject_several(call: Call[None, Decision]) -> dict[str, Any]:
    return await _decide_several(call, MessageState.REJECTED)


async def settle(call: Call[None, Settlement]) -> dict[str, Any]:
    async with call.transaction() as work:
        message = await approval.settle(work, *_run(call), call.path["messageId"], arrived=call.body.arrived)
    return {"message": show_message(message)}


async def _decide_one(call: Call[None, None], verdict: MessageState) -> dict[str, Any]:
    async with call.transaction() as work:
        await approval.decide(work, *_run(call), [call.path["messageId"]], verdict)
    return await get(call)


async def _decide_several(call: Call[None, Decision], verdict: MessageState) -> dict[str, Any]:
    asked = call.body
    if asked.all == bool(asked.messageIds):
        raise Invalid("Name 'messageIds', or say 'all': true for all that wait.")
    async with call.transaction() as work:
        changed = await approval.decide(work, *_run(call), asked.messageIds, verdict)
    return {"changed": changed}


async def _execution(call: Call[Any, Any], work: Any) -> dict[str, Any]:
    found = await service.read(work, *_run(call), has_mail=call.services.has_mail)
    return {"execution": show_execution(found)}


def _run(call: Call[Any, Any]) -> tuple[str, str]:
    return call.path["playbookId"], call.path["runId"]
