"""Bring a database up to the newest schema; safe when many processes start at once."""

import asyncio
import time

import asyncpg
import structlog

from setpiece.kernel.errors import Unavailable
from setpiece.storage.refusals import REFUSALS, no_connection
from setpiece.storage.requirements import missing_requirements

log = structlog.get_logger(__name__)

HEAD = "0038"
"""The newest revision. A database that has it needs no alembic, whose import costs half a second."""
_CONNECT_S = 15.0
_POLL_S = 0.2


async def migrate(dsn: str) -> tuple[str | None, str]:
    """Run what is missing, all or nothing; returns the revisions before and after.

    Processes that come at the same time wait for the first on an advisory lock and then find nothing to do.

    Raises:
        Unavailable: the database does not answer or lacks what Setpiece needs; the message says which.
        Conflict: the database was made by a newer Setpiece.
    """
    missing = await missing_requirements(dsn)
    if missing:
        raise Unavailable(" ".join(missing), code="database_requirements")
    if await current_revision(dsn) == HEAD:
        return HEAD, HEAD
    from setpiece.storage.migrations.upgrade import upgrade

    return await upgrade(dsn)


async def current_revision(dsn: str) -> str | None:
    """The revision a database has; None for an empty one.

    Raises:
        Unavailable: nothing answers at `dsn`, or it refuses the user.
    """
    try:
        connection = await asyncpg.connect(dsn, timeout=_CONNECT_S)
    except REFUSALS as refused:
        raise no_connection(dsn, refused) from refused
    try:
        revision: str | None = await connection.fetchval("select version_num from alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await connection.close()
    return revision


async def wait_for_schema(dsn: str, patience_s: float) -> None:
    """Return once the database has our schema, or a newer one; others, started at the same time, may be making it.

    Raises:
        Unavailable: nobody made it in time, or the database does not answer.
    """
    deadline, told = time.monotonic() + patience_s, False
    while (found := await current_revision(dsn)) is None or found < HEAD:
        if time.monotonic() > deadline:
            has = "no schema yet" if found is None else f"schema {found} and this Setpiece needs {HEAD}"
            raise Unavailable(f"The database has {has}: run 'setpiece migrate'.", code="database_schema")
        if not told:
            log.info("waiting_for_schema", found=found, needed=HEAD, patience_s=patience_s)
            told = True
        await asyncio.sleep(_POLL_S)
