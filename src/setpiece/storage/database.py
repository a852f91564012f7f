"""Connections bound to one workspace.

Two fences keep workspaces apart. Every query names its `workspace_id`; and beneath it row-level security
compares each row with the setting `app.workspace` of the connection. The second fence holds because the
pool connects as the role `setpiece_app`, which owns no table.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from setpiece.kernel.errors import Unavailable
from setpiece.storage.refusals import REFUSALS, no_connection

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

APP_ROLE = "setpiece_app"
"""Role of every connection that serves a workspace: owns no table, so row-level security binds it."""

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    ConnectionError,
    TimeoutError,
)


class TenantConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A connection that remembers which workspace it is bound to.

    The setting outlives a transaction on purpose: binding again to the same workspace then costs no round trip.
    """

    __slots__ = ("_bound_to", "_is_sure")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._bound_to: UUID | None = None
        self._is_sure = True

    async def bind(self, workspace_id: UUID | None) -> None:
        """Bind to a workspace, or to none. Cut short, it may have bound or not: the next call then asks again."""
        if self._is_sure and self._bound_to == workspace_id:
            return
        self._is_sure = False
        value = "" if workspace_id is None else str(workspace_id)
        await self.execute("select set_config('app.workspace', $1, false)", value)
        self._bound_to, self._is_sure = workspace_id, True


@dataclass(frozen=True, slots=True)
class Scope:
    """One connection bound to one workspace: what repositories are made from."""

    connection: "PoolConnectionProxy[Any]"
    workspace_id: UUID


async def _keep_session(_: TenantConnection) -> None:
    """Leave the session as it is when a connection goes back: `bind` decides at the next use."""


class Database:
    """A pool of connections; made by `open_database`, closed by its owner."""

    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool

    async def aclose(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def bound(self, workspace_id: UUID) -> AsyncIterator[Scope]:
        """A scope in which each statement commits by itself.

        Raises:
            Unavailable: the database does not answer.
        """
        async with self._connection(workspace_id) as connection:
            yield Scope(connection, workspace_id)

    @asynccontextmanager
    async def transaction(self, workspace_id: UUID) -> AsyncIterator[Scope]:
        """A scope that commits once, at its end, or not at all."""
        async with self._connection(workspace_id) as connection, connection.transaction():
            yield Scope(connection, workspace_id)

    @asynccontextmanager
    async def unbound(self) -> AsyncIterator["PoolConnectionProxy[Any]"]:
        """A connection outside every workspace: tenant tables look empty to it."""
        async with self._connection(None) as connection:
            yield connection

    @asynccontextmanager
    async def listening(
        self, channel: str, heard: Callable[..., None]
    ) -> AsyncIterator["PoolConnectionProxy[Any]"]:
        """A connection on which `heard` is called for every notification of `channel`."""
        async with self._connection(None) as connection:
            await connection.add_listener(channel, heard)
            try:
                yield connection
            finally:
                if not connection.is_closed():
                    await connection.remove_listener(channel, heard)

    @asynccontextmanager
    async def _connection(self, workspace_id: UUID | None) -> AsyncIterator["PoolConnectionProxy[Any]"]:
        try:
            async with self._pool.acquire() as connection:
                await connection.bind(workspace_id)
                yield connection
        except asyncpg.exceptions.TransactionRollbackError as crossed:  # a deadlock: of two one is taken back
            raise Unavailable(
                "Somebody changed the same at the same moment, and nothing of this was kept; try again.",
                code="database_busy",
            ) from crossed
        except _LOST as lost:
            raise Unavailable(
                "The database does not answer; try again in a moment.", code="database_unavailable"
            ) from lost


async def open_database(dsn: str, *, max_size: int = 10, role: str | None = APP_ROLE) -> Database:
    """Connect a pool to `dsn`, every connection acting as `role`.

    Raises:
        Unavailable: nothing answers at `dsn`, or it refuses the user.
    """
    settings = {"application_name": "setpiece"} | ({"role": role} if role else {})
    try:
        pool = await asyncpg.create_pool(
            dsn,
            min_size=1,
            max_size=max_size,
            connection_class=TenantConnection,
            reset=_keep_session,
            server_settings=settings,
            command_timeout=60,
        )
    except REFUSALS as refused:
        raise no_connection(dsn, refused) from refused
    return Database(pool)
