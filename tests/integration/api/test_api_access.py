"""Who may do what: every operation of the surface, each key header, each role."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest
from caller import Caller, eventually

from setpiece.api.gtm.surface import operations
from setpiece.api.operation import Operation
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Permission, Role

OPERATIONS = tuple(operations())
SPELLINGS = [(method, path) for one in OPERATIONS for method, path in ((one.method, one.path), *one.also_at)]
CHANGES = [one for one in OPERATIONS if one.permission >= Permission.WRITE and one.method != "GET"]
every_change = pytest.mark.parametrize(
    "operation", CHANGES, ids=lambda one: one.path.removeprefix("/api/v2/")
)

HEADERS = {
    "api_key": "{}",
    "X-API-Key": "{}",
    "Mappa-Api-Key": "{}",
    "Authorization": "Bearer {}",
    "authorization": "bearer   {}",
    "API_KEY": " {} ",
}


@pytest.mark.parametrize(("name", "form"), HEADERS.items(), ids=HEADERS.keys())
async def test_the_key_is_taken_from_any_of_the_four_headers(connect: Any, tenant: Any, name: str, form: str):
    async with connect(**{name: form.format(tenant.secret)}) as client:
        assert (await Caller(client).get("api-key/validate"))["valid"] is True


@pytest.mark.parametrize(("method", "path"), SPELLINGS, ids=lambda value: value.removeprefix("/api/v2/"))
async def test_no_operation_answers_without_a_key(connect: Any, method: str, path: str):
    async with connect() as client:
        answer = await client.request(method, path, content=b"not even looked at")
    assert answer.status_code == 401
    assert "header 'api_key'" in answer.json()["message"]


WRONG_KEYS = {
    "unknown": {"api_key": "sp_unknown"},
    "empty": {"api_key": ""},
    "basic": {"Authorization": "Basic c3A6c3A="},
    "bearer without a key": {"Authorization": "Bearer"},
    "very long": {"api_key": "x" * 20_000},
    "not ASCII": {"api_key": "schlüssel"},
}


@pytest.mark.parametrize("headers", WRONG_KEYS.values(), ids=WRONG_KEYS.keys())
async def test_a_wrong_key_answers_401_and_is_not_repeated(connect: Any, headers: dict[str, str]):
    async with connect() as client:
        sent = {name: value.encode() for name, value in headers.items()}
        answer = await client.get("/api/v2/persona/list", headers=sent)
    assert answer.status_code == 401
    assert set(answer.json()) == {"_metadata", "message"}
    assert headers.get("api_key", "never")[:100] not in answer.text or headers.get("api_key") == ""


async def test_a_wrong_key_in_one_header_is_not_replaced_by_a_right_one_in_another(connect: Any, tenant: Any):
    async with connect(**{"api_key": "sp_unknown", "X-API-Key": tenant.secret}) as client:
        await Caller(client).get("api-key/validate", 401)


@every_change
async def test_a_viewer_s_key_changes_nothing_and_its_body_is_not_looked_at(
    connect: Any, new_tenant: Callable[..., Awaitable[Any]], tenant: Any, operation: Operation
):
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect(api_key=viewer.secret) as client:
        answer = await _broken(client, operation)
    assert answer.status_code == 403
    assert "role 'viewer'" in answer.json()["message"]


@every_change
async def test_a_read_only_workspace_refuses_before_the_body_is_looked_at(
    client: httpx.AsyncClient, tenant: Any, read_only: None, operation: Operation
):
    answer = await _broken(client, operation)
    assert answer.status_code == 403
    assert "is read-only" in answer.json()["message"]


async def test_a_read_only_workspace_can_be_read_and_opened_again(
    api: Caller, dsn: str, tenant: Any, read_only: None
):
    for operation in OPERATIONS:
        if operation.permission is Permission.READ and operation.query is None and operation.method == "GET":
            await api.get(operation.path.removeprefix("/api/v2/"))
    await api.post("context", {"query": "a question changes nothing"})
    await api.get("persona/list")
    await api.get("agents/list")
    await set_read_only(dsn, tenant.name, False)
    await eventually(lambda: _may_write(api))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER], ids=str)
async def test_only_admins_and_owners_see_the_keys(
    connect: Any, new_tenant: Callable[..., Awaitable[Any]], role: Role
):
    async with connect(api_key=(await new_tenant(role)).secret) as client:
        answer = await Caller(client).get("api-key/list", 403)
    assert "higher role" in answer["message"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN, Role.OWNER], ids=str)
async def test_members_and_above_change_the_library(
    connect: Any, new_tenant: Callable[..., Awaitable[Any]], role: Role
):
    async with connect(api_key=(await new_tenant(role)).secret) as client:
        await Caller(client).create("persona", name="P")


async def _may_write(api: Caller) -> bool:
    return (await api.client.post("/api/v2/persona/create", json={"name": "P"})).status_code == 200


async def _broken(client: httpx.AsyncClient, operation: Operation) -> httpx.Response:
    """A request that would be 400 or 413 if anybody looked at its body."""
    return await client.request(operation.method, operation.path, content=b'{"broken": ')


async def set_read_only(dsn: str, name: str, read_only: bool) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await Directory(connection).set_read_only(name, read_only)
    finally:
        await connection.close()


@pytest.fixture
async def read_only(dsn: str, tenant: Any) -> None:
    await set_read_only(dsn, tenant.name, True)
