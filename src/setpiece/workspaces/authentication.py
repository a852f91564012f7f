"""From a presented key to a principal, kept in memory until the directory changes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from setpiece.kernel.errors import Unauthorized, Unavailable
from setpiece.storage.database import Database
from setpiece.workspaces.model import Member, Principal, Role, Workspace, hash_secret

_CHANNEL = "setpiece_directory"
_MOST_KEPT = 10_000
_FLUSH_S = 5.0  # how late "last used" may be

log = structlog.get_logger(__name__)


class Authenticator:
    """Accepts keys, remembers the ones accepted, and notes when they were last used.

    A revocation is announced by the database (`pg_notify`), and every process then forgets what it knew.
    While nobody listens, nothing is remembered: a revoked key never outlives its revocation for long.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._known: dict[bytes, Principal] = {}
        self._used: dict[UUID, datetime] = {}
        self._epoch = 0
        self._listening = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen for changes and to write down uses, in the background."""
        self._task = asyncio.create_task(self._run())

    async def aclose(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._write_uses()

    async def authenticate(self, secret: str | None) -> Principal:
        """The principal that `secret` stands for.

        Raises:
            Unauthorized: no key was sent, or it is unknown or revoked.
        """
        if not secret:
            raise Unauthorized(
                "Send your key in the header 'api_key' (or 'Authorization: Bearer', 'X-API-Key', 'Mappa-Api-Key').",
                code="missing_key",
            )
        digest = hash_secret(secret)
        principal = self._known.get(digest) or await self._look_up(digest)
        self._used[principal.key_id] = self._now()
        return principal

    async def _look_up(self, digest: bytes) -> Principal:
        epoch = self._epoch
        async with self._database.unbound() as connection:
            row = await connection.fetchrow("select * from authenticate_key($1)", digest)
        if row is None:
            raise Unauthorized("The key is not valid, or it was revoked.", code="invalid_key")
        principal = Principal(
            row["key_id"],
            Role(row["role"]),
            Member(row["member_id"], row["first_name"], row["last_name"]),
            Workspace(row["workspace_id"], row["workspace_name"], row["read_only"]),
        )
        # A key revoked while it was looked up was announced before it could be forgotten: do not keep it.
        if self._listening and epoch == self._epoch:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[digest] = principal
        return principal

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except (Unavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as lost:
                log.warning("directory_listener_lost", reason=str(lost))
            finally:
                self._forget()
                self._listening = False
            await asyncio.sleep(1.0)

    async def _listen(self) -> None:
        lost = asyncio.Event()
        async with self._database.listening(_CHANNEL, self._forget) as connection:
            connection.add_termination_listener(lambda _: lost.set())
            self._forget()
            self._listening = True
            while not lost.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), _FLUSH_S)
                await self._write_uses()

    def _forget(self, *_: Any) -> None:
        self._epoch += 1
        self._known.clear()

    async def _write_uses(self) -> None:
        used, self._used = self._used, {}
        if used:
            # The time of the use, not of the writing: a key must not look used after it was revoked.
            uses = [([key_id], at) for key_id, at in used.items()]
            async with self._database.unbound() as connection:
                await connection.executemany("select touch_keys($1, $2)", uses)
