"""Where the database is: the embedded one, started for us, or the one that the settings name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from setpiece.bootstrap.settings import Settings
from setpiece.storage.embedded import EmbeddedPostgres


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is; `embedded` is the one we run ourselves."""

    dsn: str = field(repr=False)
    embedded: EmbeddedPostgres | None = None


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Address]:
    """The database of the settings; an embedded one runs at least as long as the context.

    Raises:
        Unavailable: the embedded database does not start.
    """
    if settings.database_url is not None:
        yield Address(settings.database_url.get_secret_value())
        return
    embedded = EmbeddedPostgres(settings.data_dir)
    await asyncio.to_thread(embedded.start)
    try:
        yield Address(embedded.connection.dsn, embedded)
    finally:
        await asyncio.to_thread(embedded.stop)
