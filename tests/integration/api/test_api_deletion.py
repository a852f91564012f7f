"""Deleted means gone: nothing of a file is left in any table or blob, whoever deletes it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
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
from report_examples import Reports

from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.kernel.ids import new_uuid, parse
from setpiece.media.recordings.model import Retention
from setpiece.media.recordings.tasks import Clock, apply_retention
from setpiece.reports.matchings import tasks as matching
from setpiece.storage.database import open_database

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
    word_by_place: Mapping[str, str]
    waiting_job: str

    @property
    def recording_id(self) -> UUID:
        found = parse(self.media_id)
        assert found
        return found

    def words(self) -> list[str]:
        return [*self.word_by_place.values()]


PLACES = (
    "label", "consent", "transcript", "name", "voice", "report", "asked", "waiting", "missed", "matching", "feedback",
)  # fmt: skip
TABLES_BY_PLACE = {
    "label": {"recordings"},
    "consent": {"consent_notes"},
    "transcript": {"stage_results"},
    "name": {"speaker_corrections"},
    "voice": {"voice_identities"},
    "report": {"reports"},
    "asked": {"reports"},
    "waiting": {"reports"},
    "missed": {"jobs", "webhook_events"},
    "matching": {"jobs", "matchings"},
    "feedback": {"feedback"},
}
Fill = Callable[..., Awaitable[Filled]]


@pytest.fixture
def reports(client: httpx.AsyncClient, services: Services, tenant: Any) -> Reports:
    return Reports(client, services, tenant.workspace_id)


@pytest.fixture
def fill(client: httpx.AsyncClient, services: Services, tenant: Any, reports: Reports) -> Fill:
    async def filled(voice: int = 0) -> Filled:
        tag = new_uuid().hex[-12:]
        words = {place: f"{place}{tag}" for place in PLACES}
        content = wav() + tag.encode()
        media_id = (await Files(client).upload(content, label=words["label"], key=f"key-{tag}"))["mediaId"]
        recording_id = parse(media_id)
        assert recording_id
        # Who is to be reported on needs half a minute of speech.
        await hear(services, tenant.workspace_id, recording_id, (voice, voice + 1) * 4, words["transcript"])
        waiting = await report_on(client, reports, media_id, words)
        await say(
            client, media_id, voice, words
        )  # a voice that the report called something is called otherwise
        await match(client, services, tenant.workspace_id, media_id, voice, words["matching"])
        return Filled(media_id, content, words, waiting)

    return filled


async def say(client: httpx.AsyncClient, media_id: str, voice: int, words: Mapping[str, str]) -> None:
    """What people note about a file, its speakers and their voices."""
    url = f"/v1/files/{media_id}"
    checked(await client.patch(f"{url}/consent", json={"consent": words["consent"]}), 200)
    rename = {"speakerIndex": voice, "name": words["name"]}
    speakers = checked(await client.post(f"{url}/speakers/rename", json=rename), 200)["speakers"]
    checked(
        await client.patch(f"/v1/entities/{speakers[0]['entityId']}", json={"label": words["voice"]}), 200
    )


async def report_on(
    client: httpx.AsyncClient, reports: Reports, media_id: str, words: Mapping[str, str]
) -> str:
    """A report that was written and judged, one whose speaker was not found, and one that waits; the job of the last."""
    made = await reports.made(media_id, label=words["report"], entityLabel=words["asked"])
    judged = {"reportId": made["id"], "rating": "thumbs_down", "comment": words["feedback"]}
    checked(await client.post("/v1/feedback", json=judged), 200)
    hook = {"url": "https://example.com/hook"}
    nobody = {"strategy": "entity_id", "entity_id": words["missed"]}
    missed = await reports.write((await reports.ask(media_id, target=nobody, webhook=hook))["jobId"])
    assert missed["status"] == "failed"
    somebody = {"strategy": "magic_hint", "hint": words["waiting"]}
    return str((await reports.ask(media_id, target=somebody))["jobId"])


async def match(
    client: httpx.AsyncClient, services: Services, workspace_id: UUID, media_id: str, voice: int, label: str
) -> None:
    """Two of its voices are compared, and the request names no file."""
    people = checked(await client.get(f"/v1/files/{media_id}/transcript"), 200)["speakers"]
    one, other = ({"type": "entity_id", "entityId": person["entityId"]} for person in people)
    body = {"context": "behavioral_compatibility", "target": one, "group": [other], "label": label}
    job_id = parse(checked(await client.post("/v1/matching/jobs", json=body), 200)["jobId"])
    assert job_id
    desk = matching.Desk(services.database, None, services.now)
    await Attempts(services.database, matching.handlers(desk), ()).attempt(workspace_id, job_id)


@pytest.fixture
async def clock(services: Services, dsn: str) -> AsyncIterator[Clock]:
    opened = await open_database(dsn, max_size=1, role=None)
    yield Clock(services.database, opened, services.blobs, Retention(180, 30), services.now)
    await opened.aclose()


async def assert_gone(owner: asyncpg.Connection, blob_dir: Path, file: Filled) -> None:
    found = await tables_with(owner, *file.words())
    assert {word: where for word, where in found.items() if where} == {}
    by_id = await tables_with(owner, str(file.recording_id))
    assert by_id[str(file.recording_id)] <= MAY_KNOW_THE_ID
    assert blobs_with(blob_dir, file.content[-12:]) == []


async def assert_kept(owner: asyncpg.Connection, blob_dir: Path, file: Filled) -> None:
    found = await tables_with(owner, *file.words())
    for place, word in file.word_by_place.items():
        assert found[word] >= TABLES_BY_PLACE[place], place
    assert len(blobs_with(blob_dir, file.content[-12:])) == 1


async def test_nothing_is_left_of_a_deleted_file_and_everything_of_another(
    client: httpx.AsyncClient, reports: Reports, owner: asyncpg.Connection, blob_dir: Path, fill: Fill
):
    file, other = await fill(0), await fill(2)
    await assert_kept(owner, blob_dir, file)
    await Files(client).delete(file.media_id)
    assert (await reports.write(file.waiting_job))["error"]["code"] == "media_deleted"
    await assert_gone(owner, blob_dir, file)
    await assert_kept(owner, blob_dir, other)


async def test_the_clock_leaves_nothing_either_and_lets_locked_files_be(
    client: httpx.AsyncClient,
    reports: Reports,
    owner: asyncpg.Connection,
    blob_dir: Path,
    fill: Fill,
    clock: Clock,
):
    file, locked = await fill(0), await fill(2)
    await Files(client).lock(locked.media_id, True)
    await owner.execute(
        "update recordings set last_used_at = '2020-01-01' where id = any($1)",
        [file.recording_id, locked.recording_id],
    )
    await apply_retention(clock)
    await Files(client).get(file.media_id, expect=410)
    assert (await reports.write(file.waiting_job))["error"]["code"] == "media_deleted"
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
