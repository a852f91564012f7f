"""The retention clock, over real rows and real contents."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hearing_bench import member_of

from setpiece.api.services import Services
from setpiece.kernel.errors import Invalid, NotFound, Unavailable
from setpiece.kernel.ids import new_uuid, show
from setpiece.media.recordings.model import Gone, Recording, Retention, Source
from setpiece.media.recordings.receive import Incoming, receive
from setpiece.media.recordings.service import delete_recording, get_recording, lock_recording
from setpiece.media.recordings.tasks import Clock, apply_retention, chores
from setpiece.providers.blobs.memory import MemoryBlobs
from setpiece.storage.database import open_database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import OpenWork, Work

START = datetime(2026, 1, 1, tzinfo=UTC)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"


class Bench:
    """One workspace, a store in memory, and a clock that is moved by hand."""

    def __init__(self, services: Services, owner: Any, workspace_id: UUID, member: Member) -> None:
        self.now = START
        self._member = member
        self.blobs = MemoryBlobs()
        self.workspace_id = workspace_id
        self._database = services.database
        self.clock = Clock(services.database, owner, self.blobs, Retention(180, 30), lambda: self.now)

    @property
    def open_work(self) -> OpenWork:
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def opened() -> AsyncIterator[Work]:
            async with self._database.transaction(self.workspace_id) as scope:
                yield Work(scope, self._member, self.now)

        return opened

    async def upload(self, content: Any = None, key: str | None = None) -> str:
        async def pieces() -> AsyncIterator[bytes]:
            yield WAV

        incoming = Incoming(content or pieces(), lambda: "Call", Source.SDK, key, new_uuid())
        recording = await receive(self.open_work, self.blobs, incoming)
        return show("med", recording.id)

    async def find(self, media_id: str) -> Recording:
        async with self.open_work() as work:
            return await get_recording(work, media_id)

    async def lock(self, media_id: str) -> None:
        async with self.open_work() as work:
            await lock_recording(work, media_id, True)

    async def after(self, **time: float) -> None:
        self.now += timedelta(**time)
        await apply_retention(self.clock)

    async def rows(self, table: str) -> int:
        async with self.open_work() as work:
            found: int = await work.connection.fetchval(f"select count(*) from {table}")
            return found


@pytest.fixture
async def bench(services: Services, dsn: str, tenant: Any) -> AsyncIterator[Bench]:
    owner = await open_database(dsn, max_size=1, role=None)
    yield Bench(services, owner, tenant.workspace_id, await member_of(services, tenant.workspace_id))
    await owner.aclose()


async def test_what_nobody_used_for_half_a_year_is_deleted_and_a_month_later_forgotten(bench: Bench):
    media_id = await bench.upload(key="k")
    await bench.after(days=179, hours=23)
    assert (await bench.find(media_id)).label == "Call"
    await bench.after(hours=1)
    with pytest.raises(Gone):
        await bench.find(media_id)
    assert (bench.blobs.content_by_key, await bench.rows("receipts")) == ({}, 0)
    await bench.after(days=29)
    with pytest.raises(Gone):
        await bench.find(media_id)
    await bench.after(days=1)
    with pytest.raises(NotFound) as error:
        await bench.find(media_id)
    assert not isinstance(error.value, Gone)
    assert [await bench.rows(table) for table in ("recordings", "doomed_blobs", "receipts")] == [0, 0, 0]


async def test_a_locked_recording_is_kept_for_ever(bench: Bench):
    media_id = await bench.upload()
    await bench.lock(media_id)
    await bench.after(days=5000)
    assert (await bench.find(media_id)).is_locked
    assert len(bench.blobs.content_by_key) == 1


async def test_what_was_used_meanwhile_stays(bench: Bench):
    media_id = await bench.upload()
    async with bench.open_work() as work:
        await work.connection.execute("update recordings set last_used_at = $1", START + timedelta(days=100))
    await bench.after(days=200)
    assert (await bench.find(media_id)).deleted_at is None
    await bench.after(days=80)
    with pytest.raises(Gone):
        await bench.find(media_id)


async def test_a_content_that_could_not_be_deleted_at_once_is_deleted_by_the_clock(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    media_id = await bench.upload()
    with monkeypatch.context() as broken:

        async def refuses(_: str) -> None:
            raise Unavailable("The store is away.")

        broken.setattr(bench.blobs, "delete", refuses)
        await delete_recording(bench.open_work, bench.blobs, media_id)
    assert len(bench.blobs.content_by_key) == 1
    await bench.after(seconds=1)
    assert (bench.blobs.content_by_key, await bench.rows("doomed_blobs")) == ({}, 0)


async def test_an_upload_whose_process_died_leaves_nothing_after_a_day(bench: Bench):
    """As after `kill -9` between the content and the row: the content is there, and no recording."""
    await bench.upload()
    async with bench.open_work() as work:
        (key,) = bench.blobs.content_by_key
        await work.connection.execute("delete from recordings")
        await work.connection.execute(
            "insert into doomed_blobs (workspace_id, key, due_at) values ($1, $2, $3)",
            bench.workspace_id, key, START + timedelta(hours=24),
        )  # fmt: skip
    await bench.after(hours=23)
    assert len(bench.blobs.content_by_key) == 1
    await bench.after(hours=1)
    assert (bench.blobs.content_by_key, await bench.rows("doomed_blobs")) == ({}, 0)


async def test_while_an_upload_runs_its_content_is_known_to_the_clock(bench: Bench):
    seen: list[int] = []

    async def looking() -> AsyncIterator[bytes]:
        yield WAV.ljust(5000, b"\x00")
        seen.append(await bench.rows("doomed_blobs"))
        yield b"end"

    await bench.upload(looking())
    assert (seen, await bench.rows("doomed_blobs")) == ([1], 0)


@pytest.mark.parametrize("broken_by", [Invalid("The body ended early."), asyncio.CancelledError()], ids=["client", "cancelled"])  # fmt: skip
async def test_an_upload_that_breaks_off_leaves_nothing(bench: Bench, broken_by: BaseException):
    async def breaking() -> AsyncIterator[bytes]:
        yield WAV.ljust(5000, b"\x00")
        raise broken_by

    with pytest.raises(type(broken_by)):
        await bench.upload(breaking())
    assert (bench.blobs.content_by_key, await bench.rows("doomed_blobs")) == ({}, 0)
    assert await bench.rows("recordings") == 0


async def test_other_workspaces_are_looked_after_too_and_kept_apart(
    bench: Bench, services: Services, new_tenant: Any
):
    workspace_id = (await new_tenant()).workspace_id
    other = Bench(services, bench.clock.owner, workspace_id, await member_of(services, workspace_id))
    mine, theirs = await bench.upload(), await other.upload()
    await bench.lock(mine)
    other.now = bench.now + timedelta(days=181)
    await apply_retention(other.clock)
    with pytest.raises(Gone):
        await other.find(theirs)
    assert (await bench.find(mine)).deleted_at is None


def test_the_clock_is_a_chore_of_every_hour(bench: Bench):
    (chore,) = chores(bench.clock)
    assert chore.cron.split()[1:] == ["*"] * 4


async def test_a_tombstone_cannot_hold_what_the_recording_was(bench: Bench):
    media_id = await bench.upload()
    async with bench.open_work() as work:
        with pytest.raises(asyncpg.CheckViolationError):
            await work.connection.execute("update recordings set deleted_at = now()")
    assert (await bench.find(media_id)).label == "Call"
