"""Importing 10,000 entities over HTTP, until the last of them that is chosen among was read and has its vector."""

import asyncio
import time

import asyncpg
import httpx

from bench.filling import fill
from bench.place import Place, Served, Tenant, serving
from bench.table import Row
from setpiece.kernel.clock import now
from setpiece.library.transfer.export import export_library
from setpiece.library.transfer.writing import dump
from setpiece.storage.database import open_database
from setpiece.workspaces.work import Work

SIZE = 10_000
MOST_S = 120
_PATIENCE_S = 600.0
_LOOK_EVERY_S = 0.2


async def measure(place: Place) -> list[Row]:
    """Wall time on a server with its worker, as `setpiece serve` starts them."""
    document = await _document(place)
    tenant = await place.tenant()
    with serving(place) as served:
        started = time.perf_counter()
        await asyncio.to_thread(_import, served, tenant, document)
        imported_s = time.perf_counter() - started
        vectors = await _until_read(place, tenant)
        read_s = time.perf_counter() - started
    return [
        Row(f"import of {SIZE:,} entities", imported_s, "s"),
        Row("  until all are read that are chosen among", read_s, "s", None, MOST_S),
        Row("  vectors made", vectors, ""),
    ]


async def _document(place: Place) -> bytes:
    """A library file of the size, made by exporting one."""
    library = await fill(place, SIZE)
    database = await open_database(place.dsn, max_size=1)
    try:
        async with database.bound(library.tenant.workspace_id) as scope:
            document = await export_library(Work(scope, library.tenant.member, now()))
    finally:
        await database.aclose()
    await _forget(place, library.tenant)
    return dump(document, "json").encode()


async def _forget(place: Place, tenant: Tenant) -> None:
    """The exported library shall not be read meanwhile."""
    connection = await asyncpg.connect(place.dsn)
    try:
        await connection.execute(
            "delete from lacking_embeddings where workspace_id = $1", tenant.workspace_id
        )
    finally:
        await connection.close()


def _import(served: Served, tenant: Tenant, document: bytes) -> None:
    answer = httpx.post(
        f"{served.base_url}/api/v2/library/import",
        content=document,
        headers={"api_key": tenant.secret, "content-type": "application/json"},
        timeout=_PATIENCE_S,
    )
    answer.raise_for_status()


async def _until_read(place: Place, tenant: Tenant) -> int:
    connection = await asyncpg.connect(place.dsn)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while await connection.fetchval(  # noqa: ASYNC110 - rows cannot set an event
                "select exists (select 1 from lacking_embeddings where workspace_id = $1)",
                tenant.workspace_id,
            ):
                await asyncio.sleep(_LOOK_EVERY_S)
        await connection.execute("select set_config('app.workspace', $1, false)", str(tenant.workspace_id))
        vectors: int = await connection.fetchval(
            "select count(*) from embeddings where workspace_id = $1", tenant.workspace_id
        )
        return vectors
    finally:
        await connection.close()
