"""Bring a database up to the newest schema; safe when many processes start at once."""

import asyncpg

from setpiece.kernel.errors import Unavailable
from setpiece.storage.requirements import missing_requirements

HEAD = "0002"
"""The newest revision. A database that has it needs no alembic, whose import costs half a second."""


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
    """The revision a database has; None for an empty one."""
    connection = await asyncpg.connect(dsn)
    try:
        revision: str | None = await connection.fetchval("select version_num from alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await connection.close()
    return revision
