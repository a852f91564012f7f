"""`api-key/validate` and `api-key/list`."""

from collections.abc import Iterator
from typing import Any

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, META, maybe, obj, page_of, string
from setpiece.api.gtm.envelope import flat, listed
from setpiece.api.gtm.queries import PageQuery
from setpiece.api.operation import Call, Operation
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.library.schemas import OId
from setpiece.workspaces import service
from setpiece.workspaces.model import ORGANIZATION_PREFIX, WORKSPACE_PREFIX, Permission


class KeyListQuery(PageQuery):
    productOId: OId | None = None
    playbookOId: OId | None = None


_CREDITS = obj(
    "*",
    totalUsed=INTEGER,
    totalRemaining=INTEGER,
    totalMax=INTEGER,
    quotaUsed=INTEGER,
    quotaAvailable=INTEGER,
    quotaMax=INTEGER,
    period=string("life"),
    creditsUsed=INTEGER,
    creditsAvailable=INTEGER,
)
_VALIDATED = obj(
    "_metadata status valid workspaceOId workspaceName organizationOId organizationName organizationSlug credits",
    _metadata=META,
    status=string("ok"),
    valid=BOOLEAN,
    workspaceOId=string("wa_0AbCdEfGhIjKlMnOpQrStU"),
    workspaceName=string("Example workspace"),
    workspaceDomain=maybe(string("example.com")),
    organizationOId=string("og_0AbCdEfGhIjKlMnOpQrStU"),
    organizationName=string("Example workspace"),
    organizationDomain=maybe(string("example.com")),
    organizationSlug=string("example-workspace"),
    credits=_CREDITS,
)
_NAMED = maybe(obj("*", oId=string(), name=string()))
_KEY = obj(
    "*",
    name=string("n8n"),
    key=string("sp_AbC…wxyz"),
    product=_NAMED,
    playbook=_NAMED,
    template=_NAMED,
    createdAt=INSTANT,
    updatedAt=maybe(INSTANT),
    role=string("owner"),
    lastUsedAt=maybe(INSTANT),
)


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/api/v2/api-key/validate", validate, Permission.READ, "Check a key", "Keys", answer=_VALIDATED
    )
    yield Operation(
        "GET",
        "/api/v2/api-key/list",
        list_keys,
        Permission.ADMINISTER,
        "List the workspace's keys, masked",
        "Keys",
        answer=page_of(_KEY),
        query=KeyListQuery,
    )


async def validate(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        workspace = await service.describe_workspace(work)
    quota, used = call.services.settings.credit_quota, workspace.credits_used
    left = max(0, quota - used)
    return flat(
        call,
        {
            "status": "ok",
            "valid": True,
            "workspaceOId": show(WORKSPACE_PREFIX, workspace.id),
            "workspaceName": workspace.name,
            "workspaceDomain": workspace.domain,
            "organizationOId": show(ORGANIZATION_PREFIX, workspace.organization_id),
            "organizationName": workspace.organization_name,
            "organizationDomain": workspace.domain,
            "organizationSlug": workspace.organization_slug,
            "credits": {
                "totalUsed": used,
                "totalRemaining": left,
                "totalMax": quota,
                "quotaUsed": used,
                "quotaAvailable": left,
                "quotaMax": quota,
                "period": "life",
                "creditsUsed": 0,
                "creditsAvailable": 0,
            },
        },
    )


async def list_keys(call: Call[KeyListQuery, None]) -> dict[str, Any]:
    """Keys belong to the workspace, not to a product or playbook: a filter by one finds none."""
    query = call.query
    narrowed = bool(query.productOId or query.playbookOId)
    async with call.bound() as work:
        page = await service.list_keys(work, query.window, none=narrowed)
    return listed(call, page, [_key(key) for key in page.items])


def _key(key: Any) -> dict[str, Any]:
    return {
        "name": key.name,
        "key": key.hint,
        "product": None,
        "playbook": None,
        "template": None,
        "createdAt": show_instant(key.created_at),
        "updatedAt": None,
        "role": key.role,
        "lastUsedAt": show_if_any(key.last_used_at),
    }
