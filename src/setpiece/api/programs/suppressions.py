"""`/v1/playbooks/suppressions` (ours): whom the workspace never contacts. Being taken off the list is noted in the audit log."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, array, maybe, obj, string
from setpiece.api.operation import Call, Operation, validate
from setpiece.api.programs.reading import PATH, TAG, both, read_object
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import parse, show
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.programs.suppressions import service
from setpiece.programs.suppressions.model import (
    LONGEST_NOTE,
    LONGEST_VALUE,
    SUPPRESSION_PREFIX,
    Contact,
    Key,
    Suppression,
    SuppressionKind,
    SuppressionReason,
    Wanted,
    keys_of,
    normal_value,
)
from setpiece.programs.suppressions.repository import WantedSuppressions
from setpiece.workspaces.model import MEMBER_PREFIX, Permission

_LIST = f"{PATH}/suppressions"
_MOST_AT_ONCE = 10_000
_SOURCE = "api"
_KIND = "`email`: one address; `domain`: everyone of it and of the domains below it; `account`: everyone of a company"
_VALUE = f"The address, the domain, or the account's id; at most {LONGEST_VALUE} characters"
_RECORD = obj(
    "id kind value reason source note createdAt",
    id=string("sup_0AbCdEfGhIjKlMnOpQrStU"),
    kind=string("email", enum=[*SuppressionKind]),
    value=string("ada@example.com", description="In the form in which it is compared"),
    reason=string("unsubscribed", enum=[*SuppressionReason]),
    source=string("unsubscribe_link"),
    note=string(""),
    playbookId=maybe(string("pb_0AbCdEfGhIjKlMnOpQrStU")),
    createdByUserId=maybe(string("u_0AbCdEfGhIjKlMnOpQrStU")),
    createdAt=INSTANT,
    removedByUserId=maybe(string()),
    removedAt=maybe(INSTANT),
)

_ENTRY = obj(
    "kind value",
    kind=string("email", enum=[*SuppressionKind], description=_KIND),
    value=string("ada@example.com", description=_VALUE),
    reason=string("manual", enum=[*SuppressionReason]),
    note=string("Asked on the phone", maxLength=LONGEST_NOTE),
)
_BODY = obj("", **_ENTRY["properties"], suppressions=array(_ENTRY) | {"maxItems": _MOST_AT_ONCE})


class SuppressionEntry(BaseModel):
    kind: SuppressionKind
    value: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    reason: SuppressionReason = SuppressionReason.MANUAL
    note: str = Field("", max_length=LONGEST_NOTE)


class SuppressionBody(BaseModel):
    suppressions: list[SuppressionEntry] = Field(min_length=1, max_length=_MOST_AT_ONCE)


class SuppressionsQuery(BaseModel):
    kind: SuppressionKind | None = Field(None, description="Only entries of this kind")
    email: str | None = Field(None, max_length=1000, description="Only entries that cover this address")
    accountId: str | None = Field(None, max_length=1000, description="Only entries that cover this account")
    removed: bool = Field(False, description="Also those that were taken off the list")
    limit: int = Field(100, ge=1, le=1000, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", _LIST, list_all, Permission.READ, "List whom nobody contacts, the newest first", TAG,
        obj("*", suppressions=array(_RECORD), cursor=maybe(string())), query=SuppressionsQuery,
        description="With `email` or `accountId`: why somebody is left out of every draw and sending.",
    ))  # fmt: skip
    yield both(Operation(
        "POST", _LIST, add, Permission.WRITE, "Never contact somebody again", TAG,
        obj("*", suppressions=array(_RECORD), added=INTEGER, alreadyThere=INTEGER), status=201,
        streamed_body={"application/json": _BODY},
        description=f"One entry, or up to {_MOST_AT_ONCE:,} under `suppressions`: all of them are taken, or none. It holds for all "
        "playbooks of the workspace at once, also for messages that wait to be sent.",
    ))  # fmt: skip
    yield both(Operation(
        "DELETE", f"{_LIST}/{{suppressionId}}", remove, Permission.ADMINISTER, "Take an entry off the list", TAG,
        obj("*", ok=BOOLEAN | {"const": True}),
        description="The entry stays readable with `removed=true`, and `/v1/audit` tells who did it.",
    ))  # fmt: skip


async def list_all(call: Call[SuppressionsQuery, None]) -> dict[str, Any]:
    query = call.query
    before = parse(query.cursor) if query.cursor else None
    if query.cursor and before is None:
        raise Invalid("'cursor' must be the 'cursor' of the page before.")
    wanted = WantedSuppressions(query.kind, _covering(query), before, query.removed)
    async with call.bound() as work:
        found, has_more = await service.list_suppressions(work, wanted, query.limit)
    cursor = show(SUPPRESSION_PREFIX, found[-1].id) if has_more else None
    return {"suppressions": [_record(one) for one in found], "cursor": cursor}


def _covering(query: SuppressionsQuery) -> list[Key] | None:
    if query.email is None and query.accountId is None:
        return None
    if query.email is not None:
        normal_value(SuppressionKind.EMAIL, query.email)
    return keys_of(Contact(query.email, query.accountId))


async def add(call: Call[None, None]) -> dict[str, Any]:
    content = await read_object(call)
    listed = content if "suppressions" in content else {"suppressions": [content]}
    asked = validate(SuppressionBody, listed, call.warnings).suppressions
    wanted = [Wanted(one.kind, one.value, one.reason, _SOURCE, one.note) for one in asked]
    async with call.transaction() as work:
        new = await service.suppress(work, wanted)
        kept = await service.get_holding(work, [(one.kind, one.value) for one in wanted])
    return {
        "suppressions": [_record(one) for one in kept],
        "added": len(new),
        "alreadyThere": len(kept) - len(new),
    }


async def remove(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        await service.lift(work, call.path["suppressionId"])
    return {"ok": True}


def _record(one: Suppression) -> dict[str, Any]:
    return {
        "id": show(SUPPRESSION_PREFIX, one.id),
        "kind": one.kind,
        "value": one.value,
        "reason": one.reason,
        "source": one.source,
        "note": one.note,
        "playbookId": show(PROGRAM_PREFIX, one.program_id) if one.program_id else None,
        "createdByUserId": show(MEMBER_PREFIX, one.created_by) if one.created_by else None,
        "createdAt": show_instant(one.created_at),
        "removedByUserId": show(MEMBER_PREFIX, one.removed_by) if one.removed_by else None,
        "removedAt": show_if_any(one.removed_at),
    }
