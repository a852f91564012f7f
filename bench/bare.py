"""The baseline: FastAPI and asyncpg with nothing else, on the tables of the library.

    python -m bench.bare --port 9000        reads BENCH_DSN and BENCH_WORKSPACE

No keys, no tenants, no revisions, no retrieval terms, no checks beyond pydantic's, no log line, no metrics; as the
owner of the database, so that row-level security does not bind it. Uvicorn runs as `setpiece serve` runs it.
"""

import argparse
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import orjson
import uuid_utils
import uvicorn
from fastapi import FastAPI, HTTPException, Query, Response
from pydantic import BaseModel

from setpiece.kernel.ids import parse

WORKSPACE = UUID(os.environ.get("BENCH_WORKSPACE", "00000000000000000000000000000000"))
_INSERT = """
insert into entities (id, workspace_id, kind, key, name, internal_name, description, primary_url, active, data,
    qualifying_questions, primary_offering_id, links_all, offering_ids, created_by, created_at)
values ($1, $2, $3, null, $4, $5, $6, null, true, $7, '[]', null, false, '{}', $8, $9)
"""


class Persona(BaseModel):
    name: str
    internalName: str | None = None
    description: str | None = None
    primaryResponsibilities: list[str] = []
    painPoints: list[str] = []
    keyConcerns: list[str] = []
    keyObjectives: list[str] = []
    commonJobTitles: list[str] = []
    whyTheyMatterToUs: list[str] = []
    whyWeMatterToThem: list[str] = []


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(
        os.environ["BENCH_DSN"], min_size=1, max_size=10, init=_decode_json, reset=_keep_session
    ) as pool:
        app.state.pool = pool
        yield


async def _decode_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec(
        "jsonb", encoder=lambda value: orjson.dumps(value).decode(), decoder=orjson.loads, schema="pg_catalog"
    )


app = FastAPI(lifespan=_lifespan)


async def _keep_session(_: asyncpg.Connection) -> None:
    """Without the pool's reset, a round trip that our server does without as well."""


@app.get("/ready")
async def ready() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/persona/create")
async def create(body: Persona) -> Response:
    data = body.model_dump(exclude={"name", "internalName", "description"})
    entity_id, at = UUID(int=uuid_utils.uuid7().int), datetime.now(UTC)
    await app.state.pool.execute(
        _INSERT, entity_id, WORKSPACE, "persona", body.name, body.internalName, body.description, data, WORKSPACE, at
    )  # fmt: skip
    shown = {
        "id": entity_id,
        "createdAt": at,
        "name": body.name,
        "description": body.description,
        "data": data,
    }
    return _json(shown)


@app.get("/persona/get")
async def get(oid: Annotated[str, Query(alias="oId")]) -> Response:
    row = await app.state.pool.fetchrow("select * from entities where id = $1", parse(oid))
    if row is None:
        raise HTTPException(404)
    return _json(_shown(row))


@app.get("/persona/list")
async def list_(limit: int = 10, offset: int = 0) -> Response:
    rows = await app.state.pool.fetch(
        """select * from entities where workspace_id = $1 and kind = 'persona' and deleted_at is null
           order by id desc limit $2 offset $3""",
        WORKSPACE,
        limit,
        offset,
    )
    return _json([_shown(row) for row in rows])


def _shown(row: asyncpg.Record) -> dict[str, Any]:
    shown = dict(row)
    del shown["search"]
    return shown


def _json(content: Any) -> Response:
    return Response(orjson.dumps(content, default=str), media_type="application/json")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(app, port=parser.parse_args().port, log_config=None, access_log=False, server_header=False)
