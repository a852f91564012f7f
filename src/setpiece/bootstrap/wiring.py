"""From a database address to the services of a process."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import asyncpg

from setpiece.api.rates import RateLimiter
from setpiece.api.services import ApiSettings, Services
from setpiece.bootstrap.outside import open_blobs, open_lead_sources, open_mail, open_tools, open_webhooks
from setpiece.bootstrap.settings import Settings
from setpiece.events.watching import Watching
from setpiece.kernel.clock import now
from setpiece.kernel.errors import Unavailable
from setpiece.media.recordings.model import Retention
from setpiece.programs.following import ProgramWatching
from setpiece.storage.database import Database, open_database
from setpiece.workspaces.authentication import Authenticator


@asynccontextmanager
async def open_services(settings: Settings, dsn: str) -> AsyncIterator[Services]:
    """The services of one API process; opened in order, closed in reverse."""
    opened = await open_database(dsn, max_size=settings.database_connections)
    async with (
        aclosing(opened),
        aclosing(Authenticator(opened, now)) as authenticator,
        aclosing(open_tools(settings, small=True)) as tools,
        aclosing(Watching(opened)) as watching,
        aclosing(open_lead_sources(settings)) as lead_sources,
        aclosing(ProgramWatching(opened)) as program_watching,
    ):
        authenticator.start()
        watching.start()
        yield Services(
            database=opened,
            authenticator=authenticator,
            tools=tools,
            now=now,
            settings=ApiSettings(
                settings.max_body_bytes,
                settings.max_import_bytes,
                settings.credit_quota,
                settings.max_upload_bytes,
                settings.playbook_errors,
                settings.playbook_run_order,
            ),
            blobs=open_blobs(settings),
            limiter=RateLimiter(now) if settings.rate_limits else None,
            retention=retention(settings),
            webhooks=open_webhooks(settings),
            watching=watching,
            program_watching=program_watching,
            ready=lambda: _answers(opened),
            lead_sources=lead_sources,
            has_mail=open_mail(settings) is not None,
            webhook_secret=settings.signing_secret,
        )


def retention(settings: Settings) -> Retention:
    return Retention(settings.retention_days, settings.tombstone_days)


async def _answers(database: Database) -> None:
    async with database.unbound() as connection:
        try:
            await connection.fetchval("select 1 from alembic_version", timeout=2)
        except asyncpg.UndefinedTableError as missing:
            raise Unavailable("The database has no schema yet; run 'setpiece migrate'.") from missing
