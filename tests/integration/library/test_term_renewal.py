"""Libraries that an older release wrote are found by what a newer one reads."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from setpiece.library import renewal
from setpiece.library.renewal import Shelf, current_reading, renew_terms
from setpiece.storage.database import open_database


@pytest.fixture
async def shelf(dsn: str, services: Any) -> AsyncIterator[Shelf]:
    tenants, owner = await open_database(dsn), await open_database(dsn, role=None)
    yield Shelf(tenants, owner)
    await tenants.aclose()
    await owner.aclose()


@pytest.fixture
async def direct(dsn: str, services: Any) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()


async def terms_in(direct: asyncpg.Connection, workspace_id: Any) -> set[tuple[str, str]]:
    await direct.execute("select set_config('app.workspace', $1, false)", str(workspace_id))
    rows = await direct.fetch("select kind, term from match_terms where workspace_id = $1", workspace_id)
    return {(row["kind"], row["term"]) for row in rows}


async def test_terms_that_an_older_release_did_not_know_are_added_once(
    shelf: Shelf, direct: asyncpg.Connection, new_tenant: Any, connect: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(renewal, "_AT_ONCE", 2)  # more than one transaction
    tenant = await new_tenant()
    async with connect(api_key=tenant.secret) as client:
        for name in ("CISO", "VP Sales", "Controller"):
            assert (await client.post("/api/v2/persona/create", json={"name": name})).status_code == 200
        oid = (await client.post("/api/v2/persona/create", json={"name": "Nurse"})).json()["data"]["oId"]
        assert (await client.delete("/api/v2/persona/delete", params={"oId": oid})).status_code == 200
    written = await terms_in(direct, tenant.workspace_id)
    assert ("persona", "f:security") in written
    lost = "delete from match_terms where workspace_id = $1 and (term like 'f:%' or term like 'fs:%')"
    await direct.execute(lost, tenant.workspace_id)

    await renew_terms(shelf)
    assert await terms_in(direct, tenant.workspace_id) == written
    reading = "select reading from term_readings where workspace_id = $1"
    assert await direct.fetchval(reading, tenant.workspace_id) == current_reading()

    await direct.execute(lost, tenant.workspace_id)  # what is current is not read again
    await renew_terms(shelf)
    assert await terms_in(direct, tenant.workspace_id) < written

    await direct.execute(
        "update term_readings set reading = 'older' where workspace_id = $1", tenant.workspace_id
    )
    await renew_terms(shelf)
    assert await terms_in(direct, tenant.workspace_id) == written


def test_a_reading_is_named_by_the_word_lists_and_the_code_that_reads_them():
    assert len(current_reading()) == 16
    assert current_reading() == current_reading.__wrapped__()
