"""`/v1/playbooks/deleted`: what was deleted can be taken out for a month. Ours."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import INSTANT, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.reading import PATH, TAG, both
from setpiece.api.programs.shapes import PLAYBOOK, RUN, VERSION, show_playbook, show_run, show_version
from setpiece.api.reports.files import parsed_id
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.programs import deleted as service
from setpiece.programs.deleted import Deleted
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.workspaces.model import Permission

_DELETED: dict[str, Any] = {"playbook": PLAYBOOK, "deletedAt": INSTANT, "goneAt": INSTANT}


class DeletedQuery(BaseModel):
    limit: int = Field(50, ge=1, le=500, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{PATH}/deleted", list_all, Permission.ADMINISTER, "List deleted playbooks, the newest first", TAG,
        obj("*", deleted=array(obj("*", **_DELETED)), cursor=maybe(string())), query=DeletedQuery,
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{PATH}/deleted/{{playbookId}}", get, Permission.ADMINISTER, "Take out a deleted playbook", TAG,
        obj("*", **_DELETED, versions=array(VERSION), runs=array(RUN)),
        description="With every version and run. After `goneAt` nothing of it is left.",
    ))  # fmt: skip


async def list_all(call: Call[DeletedQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found, has_more = await service.list_deleted(
            work, parsed_id("cursor", call.query.cursor), call.query.limit
        )
    cursor = show(PROGRAM_PREFIX, found[-1].program.id) if has_more else None
    return {"deleted": [_show(one) for one in found], "cursor": cursor}


async def get(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        kept = await service.get_deleted(work, call.path["playbookId"])
    return _show(kept.deleted) | {
        "versions": [show_version(one) for one in kept.versions],
        "runs": [show_run(one) for one in kept.runs],
    }


def _show(deleted: Deleted) -> dict[str, Any]:
    return {
        "playbook": show_playbook(deleted.program),
        "deletedAt": show_instant(deleted.at),
        "goneAt": show_instant(deleted.gone_at),
    }
