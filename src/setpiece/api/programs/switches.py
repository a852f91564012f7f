"""`/v1/playbooks/kill-switch` and `/:id/kill-switch`: stop everything that goes out, at once."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from setpiece.api.gtm.answers import array, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.execution_shapes import SWITCH, show_switch
from setpiece.api.programs.reading import ONE, PATH, TAG, both
from setpiece.kernel.ids import show
from setpiece.programs.execution import switches
from setpiece.programs.execution.schemas import Throw
from setpiece.programs.execution.switches import Switch
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.programs.service import get_program
from setpiece.workspaces.model import Permission
from setpiece.workspaces.work import Work

_WORKSPACE = obj(
    "*",
    killSwitch=SWITCH,
    playbooks=array(SWITCH | {"properties": SWITCH["properties"] | {"playbookId": string()}}),
)
_PROGRAM = obj("*", killSwitch=SWITCH)
_ABOUT = "While it is on nothing is written or sent. When it has answered, at most one email that was on its way may still go."


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{PATH}/kill-switch", read_all, Permission.READ, "See the kill switch of the workspace, and those of playbooks that are on",
        TAG, _WORKSPACE,
    ))  # fmt: skip
    yield both(Operation(
        "PUT", f"{PATH}/kill-switch", set_all, Permission.WRITE, "Stop every playbook of the workspace, or let them go on", TAG,
        _WORKSPACE, body=Throw, example={"on": True, "reason": "A wrong price stands in the emails"}, description=_ABOUT,
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{ONE}/kill-switch", read_one, Permission.READ, "See the kill switch of a playbook", TAG, _PROGRAM
    ))  # fmt: skip
    yield both(Operation(
        "PUT", f"{ONE}/kill-switch", set_one, Permission.WRITE, "Stop a playbook, or let it go on", TAG, _PROGRAM, body=Throw,
        example={"on": True, "reason": "A wrong price stands in the emails"}, description=_ABOUT,
    ))  # fmt: skip


async def read_all(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return _shown(await switches.thrown(work))


async def set_all(call: Call[None, Throw]) -> dict[str, Any]:
    async with call.transaction() as work:
        await _set(work, None, call.body)
        return _shown(await switches.thrown(work))


async def read_one(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return await _one(work, call)


async def set_one(call: Call[None, Throw]) -> dict[str, Any]:
    async with call.transaction() as work:
        program = await get_program(work, call.path["playbookId"])
        await _set(work, program.id, call.body)
        return await _one(work, call)


async def _set(work: Work, program_id: UUID | None, asked: Throw) -> None:
    if asked.on:
        await switches.throw(work, program_id, asked.reason)
    else:
        await switches.reset(work, program_id)


async def _one(work: Work, call: Call[Any, Any]) -> dict[str, Any]:
    program = await get_program(work, call.path["playbookId"])
    found = [one for one in await switches.thrown(work) if one.program_id == program.id]
    return {"killSwitch": show_switch(found[0] if found else None)}


def _shown(thrown: Sequence[Switch]) -> dict[str, Any]:
    whole = next((one for one in thrown if one.program_id is None), None)
    playbooks = [
        show_switch(one) | {"playbookId": show(PROGRAM_PREFIX, one.program_id)}
        for one in thrown
        if one.program_id
    ]
    return {"killSwitch": show_switch(whole), "playbooks": playbooks}
