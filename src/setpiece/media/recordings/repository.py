"""The recordings of one workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from setpiece.media.recordings.model import Failure, ProcessingStatus, Recording, Source, Wish
from setpiece.storage.database import Scope

_COLUMNS = """id, label, content_type, size_bytes, sha256, blob_key, source, created_by, created_by_key, created_at,
    last_used_at, is_locked, processing_status, duration_s, deleted_at, speakers_given, language_given"""
_READ = f"{_COLUMNS}, language, failure_code, failure"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which recordings a list shows: each filter left None lets all through."""

    before: UUID | None = None
    search: str | None = None
    created_after: datetime | None = None
    created_by: UUID | None = None
    with_deleted: bool = False


class RecordingRepository:
    """Made from a scope bound to the recordings' workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, recording: Recording) -> None:
        await self._connection.execute(
            f"""insert into recordings (workspace_id, {_COLUMNS})
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)""",
            self._workspace_id, recording.id, recording.label, recording.content_type, recording.size_bytes,
            recording.sha256, recording.blob_key, recording.source, recording.created_by, recording.created_by_key,
            recording.created_at, recording.last_used_at, recording.is_locked, recording.processing_status,
            recording.duration_s, recording.deleted_at, recording.wish.speakers, recording.wish.language,
        )  # fmt: skip

    async def find(self, recording_id: UUID) -> Recording | None:
        """Deleted ones too, as long as their tombstone stands."""
        row = await self._connection.fetchrow(
            f"select {_READ} from recordings where workspace_id = $1 and id = $2",
            self._workspace_id,
            recording_id,
        )
        return _recording(row) if row else None

    async def newest(self, wanted: Wanted, most: int) -> Sequence[Recording]:
        """Newest first: ids are UUIDv7, so they sort by time. Moments are compared as they are shown, in milliseconds."""
        rows = await self._connection.fetch(
            f"""select {_READ} from recordings
                where workspace_id = $1 and ($2::uuid is null or id < $2)
                  and ($3::text is null or position(lower($3) in lower(label)) > 0)
                  and ($4::timestamptz is null or date_trunc('milliseconds', created_at) > $4) and ($5::uuid is null or created_by = $5)
                  and ($6 or deleted_at is null)
                order by id desc limit $7""",
            self._workspace_id, wanted.before, wanted.search, wanted.created_after, wanted.created_by,
            wanted.with_deleted, most,
        )  # fmt: skip
        return [_recording(row) for row in rows]

    async def lock(self, recording_id: UUID, is_locked: bool) -> Recording | None:
        """None when there is none, or it was deleted."""
        row = await self._connection.fetchrow(
            f"""update recordings set is_locked = $3
                where workspace_id = $1 and id = $2 and deleted_at is null returning {_READ}""",
            self._workspace_id,
            recording_id,
            is_locked,
        )
        return _recording(row) if row else None

    async def use(self, recording_id: UUID, at: datetime) -> Recording | None:
        """It is used now, and nobody else changes it until the transaction ends; None when there is none, or it was deleted."""
        row = await self._connection.fetchrow(
            f"""update recordings set last_used_at = greatest(last_used_at, $3)
                where workspace_id = $1 and id = $2 and deleted_at is null returning {_READ}""",
            self._workspace_id,
            recording_id,
            at,
        )
        return _recording(row) if row else None

    async def hold(self, recording_id: UUID) -> None:
        """Keep others from changing it until the transaction ends."""
        await self._connection.execute(
            "select from recordings where workspace_id = $1 and id = $2 for update",
            self._workspace_id,
            recording_id,
        )

    async def wish(self, recording_id: UUID, wish: Wish) -> Recording | None:
        """It waits to be heard with this wish; None when there is none, or it was deleted."""
        row = await self._connection.fetchrow(
            f"""update recordings set speakers_given = $3, language_given = $4, processing_status = 'PENDING',
                    failure_code = null, failure = null
                where workspace_id = $1 and id = $2 and deleted_at is null returning {_READ}""",
            self._workspace_id,
            recording_id,
            wish.speakers,
            wish.language,
        )
        return _recording(row) if row else None

    async def begin_hearing(self, recording_id: UUID) -> Recording | None:
        """It is being heard now; None when there is none, or it was deleted."""
        row = await self._connection.fetchrow(
            f"""update recordings set processing_status = 'PROCESSING', failure_code = null, failure = null
                where workspace_id = $1 and id = $2 and deleted_at is null returning {_READ}""",
            self._workspace_id,
            recording_id,
        )
        return _recording(row) if row else None

    async def end_hearing(self, recording: Recording, duration_s: float, language: str) -> bool:
        """It was heard as it was wished then; False when somebody wishes otherwise by now, or it was deleted."""
        changed = await self._connection.fetchval(
            """update recordings set processing_status = 'COMPLETED', duration_s = $5, language = $6
               where workspace_id = $1 and id = $2 and deleted_at is null
                 and speakers_given is not distinct from $3 and language_given is not distinct from $4 returning true""",
            self._workspace_id,
            recording.id,
            recording.wish.speakers,
            recording.wish.language,
            duration_s,
            language,
        )
        return bool(changed)

    async def bury(
        self, recording_id: UUID, at: datetime, unused_since: datetime | None = None
    ) -> str | None:
        """Leave a tombstone; the key of the blob that it had, or None when there was nothing to delete.

        With `unused_since`, only when it is not locked and was not used after that: somebody may lock it at this moment.
        """
        key: str | None = await self._connection.fetchval(
            """update recordings r set deleted_at = $3, label = '', sha256 = null, blob_key = null,
                   speakers_given = null, language_given = null, language = null, failure_code = null, failure = null
               from (select id, blob_key from recordings where workspace_id = $1 and id = $2 for update) old
               where r.workspace_id = $1 and r.id = old.id and r.deleted_at is null
                 and ($4::timestamptz is null or not r.is_locked and r.last_used_at <= $4)
               returning old.blob_key""",
            self._workspace_id,
            recording_id,
            at,
            unused_since,
        )
        return key

    async def unused_since(self, at: datetime, most: int) -> Sequence[UUID]:
        """Those that are not locked and were last used at or before `at`, the longest unused first."""
        rows = await self._connection.fetch(
            """select id from recordings
               where workspace_id = $1 and not is_locked and deleted_at is null and last_used_at <= $2
               order by last_used_at limit $3""",
            self._workspace_id,
            at,
            most,
        )
        return [row["id"] for row in rows]

    async def forget_buried(self, before: datetime) -> None:
        """Take tombstones away."""
        await self._connection.execute(
            "delete from recordings where workspace_id = $1 and deleted_at <= $2", self._workspace_id, before
        )


def _recording(row: asyncpg.Record) -> Recording:
    found = dict(row)
    code, message = found.pop("failure_code"), found.pop("failure")
    return Recording(
        **found
        | {
            "source": Source(row["source"]),
            "processing_status": ProcessingStatus(row["processing_status"]),
            "wish": Wish(found.pop("speakers_given"), found.pop("language_given")),
            "failure": Failure(code, message) if code else None,
        }
    )
