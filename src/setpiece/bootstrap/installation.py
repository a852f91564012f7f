"""One installation, opened for as long as a command needs it.

The server's parts are imported by the commands that serve: a short command should not wait for them.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, nullcontext
from pathlib import Path
from uuid import UUID

import asyncpg

from setpiece.agents.running import Tools
from setpiece.agents.sequence.bulk.leads import Lead
from setpiece.agents.sequence.bulk.write import Result
from setpiece.bootstrap.address import database
from setpiece.bootstrap.logs import set_up_logs
from setpiece.bootstrap.settings import Settings
from setpiece.cli.installation import Check, Running, Workplace
from setpiece.kernel.clock import now
from setpiece.kernel.errors import NotFound, Unavailable
from setpiece.kernel.ids import new_uuid
from setpiece.storage.database import open_database
from setpiece.storage.migrate import migrate
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Member, Role
from setpiece.workspaces.work import OpenWork, Work

_AUTHOR = "Command line"
"""The member that changes made on this machine are noted under."""


class LocalInstallation:
    """The data folder and the database that the settings name; see `cli.installation.Installation`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def data_dir(self) -> Path:
        return self._settings.data_dir

    @property
    def _quiet(self) -> Settings:
        """For processes whose log goes to the terminal of a command."""
        asked = "log_level" in self._settings.model_fields_set
        return self._settings if asked else self._settings.model_copy(update={"log_level": "warning"})

    @property
    def webhook_secret(self) -> str | None:
        return self._settings.signing_secret

    def serve(self, host: str, port: int, *, with_worker: bool) -> None:
        set_up_logs(self._settings.log_level, self._settings.log_format)
        from setpiece.bootstrap import serving

        serving.serve(self._settings, host, port, with_worker=with_worker)

    def serve_api(self, host: str, port: int) -> None:
        set_up_logs(self._settings.log_level, self._settings.log_format)
        from setpiece.bootstrap import serving

        serving.serve_api(self._settings, host, port)

    def work_jobs(self, concurrency: int | None) -> None:
        set_up_logs(self._settings.log_level, self._settings.log_format)
        from setpiece.bootstrap import working

        chosen = concurrency or self._settings.worker_concurrency
        working.work(self._settings.model_copy(update={"worker_concurrency": chosen}))

    def serve_mcp(self, workspace: str) -> None:
        try:
            from setpiece.mcp.prompts import serve_prompts
        except ModuleNotFoundError as missing:
            raise Unavailable(
                "Install the mcp extra: pip install 'setpiece[mcp]', or `make setup` in a checkout.",
                code="mcp_not_installed",
            ) from missing

        async def serve() -> None:
            async with self._opened(workspace, writes=False) as open_work:
                await serve_prompts(open_work)

        asyncio.run(serve())

    async def migrate(self) -> tuple[str | None, str]:
        async with database(self._settings) as address:
            return await migrate(address.dsn)

    async def doctor(self) -> Sequence[Check]:
        from setpiece.bootstrap import checks

        return await checks.run_checks(self._settings)

    @asynccontextmanager
    async def directory(self) -> AsyncIterator[Directory]:
        async with database(self._settings) as address:
            await migrate(address.dsn)
            connection = await asyncpg.connect(address.dsn)
            try:
                yield Directory(connection)
            finally:
                await connection.close()

    @asynccontextmanager
    async def write_many(
        self, workspace: str, agent: str | None, leads: Sequence[tuple[str, Lead]]
    ) -> AsyncIterator[Iterator[tuple[Lead, Result]]]:
        from setpiece.bootstrap import bulk

        bulk.check_settings(self._settings)
        async with database(self._settings) as address:
            async with self.directory() as directory:
                workspace_id, author = await _enter(directory, workspace, writes=True, make=False)
            yield bulk.write_many(self._settings, address.dsn, workspace_id, author, agent, leads)

    @asynccontextmanager
    async def work(
        self, workspace: str, *, writes: bool, make: bool = False, imagine: bool = False
    ) -> AsyncIterator[Work]:
        opened = self._opened(workspace, writes=writes, make=make, imagine=imagine)
        async with opened as open_work, open_work() as work:
            yield work

    @asynccontextmanager
    async def workplace(self, workspace: str) -> AsyncIterator[Workplace]:
        from setpiece.bootstrap.outside import open_tools

        async with (
            aclosing(open_tools(self._settings)) as tools,
            self._opened(workspace, writes=True) as open_work,
        ):
            yield Workplace(open_work, tools)

    @asynccontextmanager
    async def _opened(
        self, workspace: str, *, writes: bool, make: bool = False, imagine: bool = False
    ) -> AsyncIterator[OpenWork]:
        """The database, and a workspace in it; each piece of work is a transaction of its own."""
        async with database(self._settings) as address:
            async with self.directory() as directory:
                try:
                    workspace_id, author = await _enter(directory, workspace, writes=writes, make=make)
                except NotFound:
                    if not imagine:
                        raise
                    # No row belongs to an id that was made just now, and none can be added: its workspace is missing.
                    workspace_id, author = new_uuid(), Member(new_uuid(), _AUTHOR, "")
            opened = await open_database(address.dsn, max_size=1)

            @asynccontextmanager
            async def open_work() -> AsyncIterator[Work]:
                async with opened.transaction(workspace_id) as scope:
                    yield Work(scope, author, now())

            async with aclosing(opened):
                yield open_work

    def tools(self) -> Tools:
        from setpiece.bootstrap.outside import open_tools

        return open_tools(self._settings)

    async def create_key(self, workspace: str, role: str, name: str, member: str) -> str:
        async with self.directory() as directory:
            found = await directory.ensure_workspace(workspace)
            acting = await directory.ensure_member(found, member)
            return await directory.create_key(found, Role(role), name=name, member=acting)

    @asynccontextmanager
    async def running(
        self, workspace: str, *, with_worker: bool = False, keep_key: bool = False
    ) -> AsyncIterator[Running]:
        from setpiece.bootstrap import serving
        from setpiece.bootstrap.wiring import open_services
        from setpiece.bootstrap.worker_process import worker_beside

        async with database(self._settings) as address:
            key = await self.create_key(workspace, Role.OWNER, "command line", _AUTHOR)
            try:
                async with (
                    worker_beside(self._quiet) if with_worker else nullcontext(),
                    open_services(self._settings, address.dsn) as services,
                    serving.on_free_port(services) as base_url,
                ):
                    yield Running(base_url, key, workspace)
            finally:
                if not keep_key:
                    async with self.directory() as directory:
                        await directory.revoke(key, now())


async def _enter(directory: Directory, name: str, *, writes: bool, make: bool) -> tuple[UUID, Member]:
    """A workspace, and who acts in it."""
    found = await (directory.ensure_workspace if make else directory.workspace)(name)
    if writes:
        found.require_writable()
    return found.id, await directory.ensure_member(found, _AUTHOR)
