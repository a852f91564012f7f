"""Running the revisions with alembic; imported only when there is one to run."""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from setpiece.kernel.errors import Conflict, Unavailable

_LOCK = 0x5E7_91ECE  # any constant, the same in every release
_SCRIPTS = Path(__file__).parent


async def upgrade(dsn: str, revision: str = "head") -> tuple[str | None, str]:
    """Run what is missing in one transaction, behind an advisory lock; the revisions before and the newest there is.

    With a `revision` it stops there, so that a test can begin with the data of an older release.

    Raises:
        Unavailable: the database does not answer, or a statement failed.
        Conflict: the database was made by a newer Setpiece.
    """
    # asyncpg reads the address itself: SQLAlchemy would hand it options such as sslmode that it takes only in an address.
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(dsn))
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(_upgrade, revision)
    except (SQLAlchemyError, OSError, asyncpg.PostgresError) as failed:
        reason = failed.orig if isinstance(failed, DBAPIError) else failed
        raise Unavailable(f"The schema could not be brought up to date: {reason}") from failed
    finally:
        await engine.dispose()


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config


def _upgrade(connection: Connection, revision: str) -> tuple[str | None, str]:
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    directory = scripts()
    head = directory.get_current_head()
    assert head is not None
    before = MigrationContext.configure(connection).get_current_revision()
    if before is not None and before not in {script.revision for script in directory.walk_revisions()}:
        raise Conflict(f"The database has schema {before}, made by a newer Setpiece; upgrade Setpiece first.")
    if before != head:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return before, head
