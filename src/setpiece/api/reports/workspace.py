"""`/v1/workspace` (ours): what an administrator sets for the workspace of the key."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field, StrictBool

from setpiece.api.gtm.answers import BOOLEAN, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.kernel.ids import show
from setpiece.media.identities.service import are_identities_on, switch_identities
from setpiece.workspaces.model import WORKSPACE_PREFIX, Permission
from setpiece.workspaces.work import Work

_TAG = "Reports: workspace"
_WORKSPACE = obj(
    "*",
    workspaceId=string("wa_0AbCdEfGhIjKlMnOpQrStU"),
    voiceIdentities=BOOLEAN | {"description": "Whether voices are known again across files"},
)


class WorkspaceUpdate(BaseModel):
    voiceIdentities: Annotated[
        StrictBool,
        Field(
            description="false: no voice is kept, and every file has entities of its own", examples=[False]
        ),
    ]


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/workspace", get_workspace, Permission.READ, "See what is set for the workspace", _TAG, _WORKSPACE,
    )  # fmt: skip
    yield Operation(
        "PATCH", "/v1/workspace", change_workspace, Permission.ADMINISTER, "Switch voice identities off or on", _TAG,
        _WORKSPACE, body=WorkspaceUpdate,
        description="Switched off, the voices that are kept are deleted, and entities that span several files become one for "
        "each file. Switched on again, only files that are processed from then on are compared.",
    )  # fmt: skip


async def get_workspace(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return await _workspace(work)


async def change_workspace(call: Call[None, WorkspaceUpdate]) -> dict[str, Any]:
    async with call.transaction() as work:
        await switch_identities(work, call.body.voiceIdentities)
        return await _workspace(work)


async def _workspace(work: Work) -> dict[str, Any]:
    return {
        "workspaceId": show(WORKSPACE_PREFIX, work.workspace_id),
        "voiceIdentities": await are_identities_on(work),
    }
