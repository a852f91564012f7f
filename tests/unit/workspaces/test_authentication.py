"""Keys are remembered only while it is certain that a revocation would be heard."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from setpiece.kernel.clock import now
from setpiece.kernel.errors import Unauthorized
from setpiece.workspaces.authentication import Authenticator

ROW = {
    "key_id": UUID(int=1), "role": "owner", "member_id": UUID(int=2), "first_name": "A", "last_name": "B",
    "workspace_id": UUID(int=3), "workspace_name": "W", "read_only": False,
}  # fmt: skip


class FakeDirectory:
    """A database with one key; `during_lookup` happens between the read of a row and its arrival."""

    def __init__(self) -> None:
        self.valid = True
        self.lookups = 0
        self.uses: list[tuple[list[UUID], datetime]] = []
        self.during_lookup: Callable[[], None] = lambda: None
        self.heard: Callable[..., None] = lambda: None

    def revoke(self) -> None:
        self.valid = False
        self.heard()

    @asynccontextmanager
    async def unbound(self) -> AsyncIterator["FakeDirectory"]:
        yield self

    @asynccontextmanager
    async def listening(self, _: str, heard: Callable[..., None]) -> AsyncIterator["FakeDirectory"]:
        self.heard = heard
        yield self

    def add_termination_listener(self, listener: Any) -> None: ...

    async def executemany(self, _: str, uses: list[tuple[list[UUID], datetime]]) -> None:
        self.uses = uses

    async def fetchrow(self, *_: Any) -> dict[str, Any] | None:
        self.lookups += 1
        row = ROW if self.valid else None
        self.during_lookup()
        return row


@pytest.fixture
async def directory() -> FakeDirectory:
    return FakeDirectory()


@pytest.fixture
async def listening(directory: FakeDirectory) -> AsyncIterator[Authenticator]:
    authenticator = Authenticator(directory, now)
    authenticator.start()
    await asyncio.sleep(0)  # the listener's first step
    yield authenticator
    await authenticator.aclose()


async def test_a_key_is_looked_up_once_while_changes_are_heard(
    listening: Authenticator, directory: FakeDirectory
):
    for _ in range(3):
        await listening.authenticate("key")
    assert directory.lookups == 1


async def test_a_key_is_looked_up_every_time_while_nobody_listens(directory: FakeDirectory):
    deaf = Authenticator(directory, now)
    for _ in range(3):
        await deaf.authenticate("key")
    assert directory.lookups == 3


async def test_a_revocation_makes_the_next_request_fail(listening: Authenticator, directory: FakeDirectory):
    await listening.authenticate("key")
    directory.revoke()
    with pytest.raises(Unauthorized):
        await listening.authenticate("key")


async def test_the_time_that_is_written_down_is_that_of_the_use(directory: FakeDirectory):
    times = iter(datetime(2026, 1, 1, 9, minute, tzinfo=UTC) for minute in (0, 1, 2))
    authenticator = Authenticator(directory, lambda: next(times))
    await authenticator.authenticate("key")
    await authenticator.authenticate("key")
    await authenticator.aclose()
    assert directory.uses == [([ROW["key_id"]], datetime(2026, 1, 1, 9, 1, tzinfo=UTC))]


async def test_a_key_revoked_while_it_was_looked_up_is_not_remembered(
    listening: Authenticator, directory: FakeDirectory
):
    directory.during_lookup = directory.revoke
    await listening.authenticate("key")  # its row was read before the revocation
    directory.during_lookup = lambda: None
    with pytest.raises(Unauthorized):
        await listening.authenticate("key")
