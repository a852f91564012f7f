"""What a key tells of itself, and how soon a change to it counts."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import asyncpg
import pytest
from caller import Caller, eventually

from setpiece.kernel.clock import now
from setpiece.kernel.errors import Unauthorized
from setpiece.storage.database import open_database
from setpiece.workspaces.authentication import Authenticator
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Role


@pytest.fixture
async def directory(dsn: str, services: Any) -> AsyncIterator[Directory]:
    connection = await asyncpg.connect(dsn)
    yield Directory(connection)
    await connection.close()


@pytest.fixture
async def other_process(dsn: str, services: Any) -> AsyncIterator[Authenticator]:
    """The authenticator of a further API process, listening."""
    database = await open_database(dsn, max_size=3)
    authenticator = Authenticator(database, now)
    authenticator.start()
    yield authenticator
    await authenticator.aclose()
    await database.aclose()


async def test_validate_names_the_workspace_and_the_organization_and_counts_credits(api: Caller, tenant: Any):
    found = await api.get("api-key/validate")
    assert (found["status"], found["valid"], found["workspaceName"]) == ("ok", True, tenant.name)
    for name in ("workspaceOId", "organizationOId", "organizationName", "organizationSlug"):
        assert found[name]
    assert set(found["credits"]) == {
        "totalUsed",
        "totalRemaining",
        "totalMax",
        "quotaUsed",
        "quotaAvailable",
        "quotaMax",
        "period",
        "creditsUsed",
        "creditsAvailable",
    }
    assert found["credits"]["totalUsed"] == 0
    await api.create("product", name="Product", customerBenefits=["Answers come within a day"])
    await api.create("persona", name="VP of Sales", painPoints=["Answers take a week to arrive"])
    run = await api.post("agents/sequence/run", {"jobTitle": "VP of Sales"})
    after = (await api.get("api-key/validate"))["credits"]
    assert run["_metadata"]["usage"] == after["totalUsed"] == after["quotaUsed"] == 1
    assert after["totalRemaining"] == after["totalMax"] - 1


async def test_list_shows_every_valid_key_masked(
    api: Caller, tenant: Any, new_tenant: Callable[..., Awaitable[Any]], directory: Directory
):
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    revoked = await new_tenant(Role.MEMBER, tenant.name)
    await directory.revoke(revoked.secret, now())
    page = await api.get("api-key/list")
    assert [key["role"] for key in page["data"]] == ["owner", "viewer"]
    assert (page["total"], page["hasNext"]) == (2, False)
    key = page["data"][0]
    assert {"name", "key", "product", "playbook", "template", "createdAt", "updatedAt"} <= set(key)
    assert tenant.secret not in str(page)
    assert viewer.secret not in str(page)
    assert key["key"].startswith(tenant.secret[:6])
    assert key["key"].endswith(tenant.secret[-4:])
    second = await api.get("api-key/list", limit=1, offset=1)
    assert [key["role"] for key in second["data"]] == ["viewer"]
    assert (await api.get("api-key/list", offset=5))["total"] == 2


async def test_keys_hang_on_no_product_so_a_filter_by_one_finds_none(api: Caller):
    product = (await api.create("product", name="P"))["oId"]
    assert (await api.get("api-key/list", productOId=product))["total"] == 0


async def test_another_workspace_s_keys_are_not_listed(api: Caller, stranger: Caller):
    assert (await api.get("api-key/list"))["total"] == (await stranger.get("api-key/list"))["total"] == 1


async def test_the_last_use_of_a_key_is_written_down(
    tenant: Any, other_process: Authenticator, directory: Directory
):
    assert await _last_use(directory, tenant) is None
    await other_process.authenticate(tenant.secret)
    await other_process.aclose()  # flushes what the timer would have
    assert await _last_use(directory, tenant) is not None


async def test_a_revoked_key_is_refused_at_once_in_every_process(
    api: Caller, tenant: Any, other_process: Authenticator, directory: Directory
):
    for _ in range(3):  # the later ones from memory
        await api.get("api-key/validate")
        await other_process.authenticate(tenant.secret)
    await directory.revoke(tenant.secret, now())
    await eventually(lambda: _is_refused(other_process, tenant.secret))
    await eventually(lambda: _answers(api, 401))


async def test_a_key_whose_role_was_lowered_stops_changing_things(api: Caller, tenant: Any, dsn: str):
    await api.create("persona", name="P")
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "update api_keys set role = 'viewer' where workspace_id = $1", tenant.workspace_id
    )
    await connection.close()
    await eventually(lambda: _answers(api, 403))


async def _is_refused(process: Authenticator, secret: str) -> bool:
    try:
        await process.authenticate(secret)
    except Unauthorized:
        return True
    return False


async def _answers(api: Caller, status: int) -> bool:
    return (await api.client.post("/api/v2/persona/create", json={"name": "P"})).status_code == status


async def _last_use(directory: Directory, tenant: Any) -> datetime | None:
    workspace = await directory.workspace(tenant.name)
    (key,) = await directory.keys(workspace)
    return key.last_used_at
