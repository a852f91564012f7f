"""What was read lately is given again for exactly as long as it is still so."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest

from setpiece.api.services import Services
from setpiece.kernel.ids import parse
from setpiece.library.recent import read_entities
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work


@pytest.fixture
async def persona(client: Any) -> UUID:
    made = await client.post("/api/v2/persona/create", json={"name": "Head of data"})
    return parse(made.json()["data"]["oId"])


@asynccontextmanager
async def working(services: Services, workspace_id: UUID) -> AsyncIterator[Work]:
    async with services.database.transaction(workspace_id) as scope:
        yield Work(scope, Member(workspace_id, "", ""), services.now())


async def read(services: Services, workspace_id: UUID, *ids: UUID) -> dict[UUID, Any]:
    async with working(services, workspace_id) as work:
        return await read_entities(work, ids)


async def test_what_stayed_as_it_was_is_not_read_again(services: Services, tenant: Any, persona: UUID):
    first = await read(services, tenant.workspace_id, persona)
    again = await read(services, tenant.workspace_id, persona)
    assert again[persona] is first[persona]


async def test_a_change_and_a_deletion_are_seen(client: Any, services: Services, tenant: Any, persona: UUID):
    await read(services, tenant.workspace_id, persona)
    oid = (await client.get("/api/v2/persona/list")).json()["data"][0]["oId"]
    await client.post("/api/v2/persona/update", json={"oId": oid, "name": "Head of analytics"})
    assert (await read(services, tenant.workspace_id, persona))[persona].name == "Head of analytics"
    await client.delete(f"/api/v2/persona/delete?oId={oid}")
    assert await read(services, tenant.workspace_id, persona) == {}


async def test_a_change_that_is_taken_back_leaves_nothing(services: Services, tenant: Any, persona: UUID):
    rename = "update entities set name = $3 where workspace_id = $1 and id = $2"
    names = []

    async def rename_twice_and_fail() -> None:
        async with working(services, tenant.workspace_id) as work:
            for name in ("Once", "Twice"):  # two versions of one transaction
                await work.connection.execute(rename, tenant.workspace_id, persona, name)
                names.append((await read_entities(work, [persona]))[persona].name)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await rename_twice_and_fail()
    assert names == ["Once", "Twice"]
    assert (await read(services, tenant.workspace_id, persona))[persona].name == "Head of data"


async def test_another_workspace_does_not_get_it(
    services: Services, tenant: Any, persona: UUID, new_tenant: Callable[..., Awaitable[Any]]
):
    await read(services, tenant.workspace_id, persona)
    assert await read(services, (await new_tenant()).workspace_id, persona) == {}
