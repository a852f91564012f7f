"""Deleted means gone: nothing of a file is left in any table or blob, whoever deletes it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from everywhere import blobs_with, tables, tables_with
from heard_files import axis, hear
from recordings import Files, checked, wav

from setpiece.api.services import Services
from setpiece.jobs.queue import enqueue
from setpiece.kernel.ids import new_uuid, parse
from setpiece.media.recordings.model import Retention
from setpiece.media.recordings.tasks import Clock, apply_retention
from setpiece.storage.database import open_database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

# What may know a deleted file's id: the tombstone, who read and deleted it, and jobs without what they were asked.
MAY_KNOW_THE_ID = {"recordings", "audit_log", "jobs", "procrastinate.procrastinate_jobs"}

LETS_GO_BY_ITSELF = {"webhook_events", "credit_journal"}
"""By a trigger of their own: events of a file go with it, and what was counted for it forgets which one it was."""


@pytest.fixture
async def owner(dsn: str, services: Services) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()


@dataclass(frozen=True)
class Filled:
    """A file with everything that can be made of one, each part with a word that stands nowhere else."""

    media_id: str
    content: bytes
    words: tuple[str, ...]
    """Of its label, note of consent, transcript, speaker's name, voice's label, and what jobs were asked."""

    @property
    def recording_id(self) -> UUID:
        found = parse(self.media_id)
        assert found
        return found


Fill = Callable[..., Awaitable[Filled]]


@pytest.fixture
def fill(client: httpx.AsyncClient, services: Services, tenant: Any, owner: asyncpg.Connection) -> Fill:
    async def filled(voice: int = 0) -> Filled:
        tag = new_uuid().hex[-12:]
        label, consent, word, name, entity, hint = (
            f"{what}{tag}" for what in ("la", "co", "wo", "na", "en", "hi")
        )
        content = wav() + tag.encode()
        media_id = (await Files(client).upload(content, label=label, key=f"key-{tag}"))["mediaId"]
        checked(await client.patch(f"/v1/files/{media_id}/consent", json={"consent": consent}), 200)
        file = Filled(media_id, content, (label, consent, word, name, entity, hint))
        await hear(services, tenant.workspace_id, file.recording_id, (voice, voice + 1), word)
        url = f"/v1/files/{media_id}/speakers"
        checked(await client.post(f"{url}/rename", json={"speakerIndex": voice, "name": name}), 200)
        speakers = checked(await client.get(f"{url}/corrections"), 200)["speakers"]
        checked(await client.patch(f"/v1/entities/{speakers[0]['entityId']}", json={"label": entity}), 200)
        await ask(services, owner, tenant.workspace_id, file.recording_id, hint)
        return file

    return filled


async def ask(
    services: Services, owner: asyncpg.Connection, workspace_id: UUID, recording_id: UUID, hint: str
) -> None:
    """Two jobs about the file: one has failed, one is still waiting."""
    member_id = await owner.fetchval("select id from members where workspace_id = $1", workspace_id)
    async with services.database.transaction(workspace_id) as scope:
        work = Work(scope, Member(member_id, "Test", "Member"), services.now())
        for kind in ("report.generate", "matching.generate"):
            of_one = kind == "report.generate"
            named = {"recordingId": str(recording_id)} if of_one else {"recordingIds": [str(recording_id)]}
            job = await enqueue(work, kind, {**named, "hint": hint})
            if of_one:
                await scope.connection.execute(
                    "update jobs set status = 'failed', error = $2, finished_at = now() where id = $1",
                    job.id,
                    f"No {hint}.",
                )


@pytest.fixture
async def clock(services: Services, dsn: str) -> AsyncIterator[Clock]:
    opened = await open_database(dsn, max_size=1, role=None)
    yield Clock(services.database, opened, services.blobs, Retention(180, 30), services.now)
    await opened.aclose()


async def assert_gone(owner: asyncpg.Connection, blob_dir: Path, file: Filled) -> None:
    found = await tables_with(owner, *file.words)
    assert {word: where for word, where in found.items() if where} == {}
    by_id = await tables_with(owner, str(file.recording_id))
    assert by_id[str(file.recording_id)] <= MAY_KNOW_THE_ID
    assert blobs_with(blob_dir, file.content[-12:]) == []


async def assert_kept(owner: asyncpg.Connection, blob_dir: Path, file: Filled) -> None:
    found = await tables_with(owner, *file.words)
    label, consent, word, name, entity, hint = file.words
    assert found[label] >= {"recordings"}
    assert found[consent] == {"consent_notes"}
    assert found[word] >= {"stage_results"}
    assert found[name] == {"speaker_corrections"}
    assert found[entity] == {"voice_identities"}
    assert found[hint] >= {"jobs"}
    assert len(blobs_with(blob_dir, file.content[-12:])) == 1


async def test_nothing_is_left_of_a_deleted_file_and_everything_of_another(
    client: httpx.AsyncClient, owner: asyncpg.Connection, blob_dir: Path, fill: Fill
):
    file, other = await fill(0), await fill(2)
    await assert_kept(owner, blob_dir, file)
    await Files(client).delete(file.media_id)
    await end_waiting_jobs(owner, file)
    await assert_gone(owner, blob_dir, file)
    await assert_kept(owner, blob_dir, other)


async def end_waiting_jobs(owner: asyncpg.Connection, file: Filled) -> None:
    """What a worker does with a job whose file is gone; that it was asked something is forgotten with its end."""
    ended = await owner.execute(
        """update jobs set status = 'failed', error = 'The file was deleted.', finished_at = now()
           where payload::text like '%' || $1 || '%' and kind = 'matching.generate'""",
        str(file.recording_id),
    )
    assert ended == "UPDATE 1"


async def test_the_clock_leaves_nothing_either_and_lets_locked_files_be(
    client: httpx.AsyncClient, owner: asyncpg.Connection, blob_dir: Path, fill: Fill, clock: Clock
):
    file, locked = await fill(0), await fill(2)
    await Files(client).lock(locked.media_id, True)
    await owner.execute(
        "update recordings set last_used_at = '2020-01-01' where id = any($1)",
        [file.recording_id, locked.recording_id],
    )
    await apply_retention(clock)
    await Files(client).get(file.media_id, expect=410)
    await end_waiting_jobs(owner, file)
    await assert_gone(owner, blob_dir, file)
    await assert_kept(owner, blob_dir, locked)
    await owner.execute(
        "update recordings set deleted_at = $2 where id = $1",
        file.recording_id,
        clock.now() - timedelta(days=31),
    )
    await apply_retention(clock)
    await Files(client).get(file.media_id, expect=404)
    left = await tables_with(owner, str(file.recording_id))
    assert left[str(file.recording_id)] <= MAY_KNOW_THE_ID - {"recordings"}


async def test_a_voice_that_is_heard_elsewhere_stays_without_the_deleted_file_s_print(
    client: httpx.AsyncClient, services: Services, tenant: Any, owner: asyncpg.Connection, fill: Fill
):
    file, other = await fill(0), await fill(0)
    entities = checked(await client.get("/v1/entities"), 200)["entities"]
    assert [one["mediaCount"] for one in entities] == [2, 2]
    await Files(client).delete(file.media_id)
    entities = checked(await client.get("/v1/entities"), 200)["entities"]
    assert [one["mediaCount"] for one in entities] == [1, 1]
    seen_at = (await Files(client).get(other.media_id))["createdAt"]
    assert {one["lastSeenAt"] for one in entities} == {seen_at}
    voices = await owner.fetch(
        "select voice::real[] from voice_identities where workspace_id = $1", tenant.workspace_id
    )
    assert sorted(tuple(row["voice"]) for row in voices) == sorted([axis(0), axis(1)])


async def test_every_table_that_names_a_recording_lets_go_of_it(owner: asyncpg.Connection):
    """Either by its foreign key, which the burial heeds, or by a trigger of its own."""
    rows = await owner.fetch(
        """select c.table_name, c.column_name, k.oid is not null as is_heeded
           from information_schema.columns c
           left join pg_constraint k on k.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
               and k.contype = 'f' and k.confdeltype = 'c' and k.confrelid = 'recordings'::regclass
               and cardinality(k.conkey) = 1
           where c.table_schema = 'public' and c.column_name in ('recording_id', 'media_id')"""
    )
    assert {row["table_name"] for row in rows} >= {
        "stage_results",
        "voiceprints",
        "speaker_corrections",
        "consent_notes",
    }
    assert {row["table_name"] for row in rows if not row["is_heeded"]} <= LETS_GO_BY_ITSELF


async def test_the_search_looks_into_every_table(owner: asyncpg.Connection):
    found = await tables(owner)
    assert {"recordings", "jobs", "audit_log", "procrastinate.procrastinate_jobs"} <= {*found}
