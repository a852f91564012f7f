"""Identities and voiceprints of one workspace.

What an identity says of itself (recordings, last seen, the mean of its voices) is kept by a trigger on the voiceprints, and so is its
end: an identity without a voiceprint is deleted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.media.identities.model import Identity, Near, Voiceprint
from setpiece.media.model import Voice
from setpiece.storage.database import Scope

_COLUMNS = "id, label, created_at, media_count, last_seen_at"


@dataclass(frozen=True, slots=True)
class Appearance:
    """An identity in one recording."""

    recording_id: UUID
    speaker: int
    speech_s: float
    seen_at: datetime


class IdentityRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def begin_change(self) -> None:
        """Wait for other changes to the workspace's identities, until the transaction ends.

        Two recordings with one new voice, heard at once, would make two identities of it.
        """
        await self._connection.execute(
            "select pg_advisory_xact_lock(hashtextextended('voice identities ' || $1::text, 0))",
            str(self._workspace_id),
        )

    async def are_on(self) -> bool:
        found: bool | None = await self._connection.fetchval(
            "select voice_identities from workspaces where id = $1", self._workspace_id
        )
        return found is not False

    async def switch(self, on: bool) -> None:
        await self._connection.execute(
            "update workspaces set voice_identities = $2 where id = $1", self._workspace_id, on
        )

    async def find(self, identity_id: UUID) -> Identity | None:
        row = await self._connection.fetchrow(
            f"select {_COLUMNS} from voice_identities where workspace_id = $1 and id = $2",
            self._workspace_id,
            identity_id,
        )
        return Identity(**row) if row else None

    async def newest(self, before: UUID | None, most: int) -> Sequence[Identity]:
        rows = await self._connection.fetch(
            f"""select {_COLUMNS} from voice_identities
                where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3""",
            self._workspace_id,
            before,
            most,
        )
        return [Identity(**row) for row in rows]

    async def insert(self, identity_id: UUID, label: str | None, at: datetime) -> None:
        """Its voiceprint has to follow in the same transaction."""
        await self._connection.execute(
            "insert into voice_identities (id, workspace_id, label, created_at) values ($1, $2, $3, $4)",
            identity_id,
            self._workspace_id,
            label,
            at,
        )

    async def label(self, identity_id: UUID, label: str | None) -> Identity | None:
        row = await self._connection.fetchrow(
            f"""update voice_identities set label = $3 where workspace_id = $1 and id = $2
                returning {_COLUMNS}""",
            self._workspace_id,
            identity_id,
            label,
        )
        return Identity(**row) if row else None

    async def voiceprints(self, recording_id: UUID) -> Sequence[Voiceprint]:
        rows = await self._connection.fetch(
            """select speaker, identity_id, speech_s, voice::real[] from voiceprints
               where workspace_id = $1 and recording_id = $2 order by speaker""",
            self._workspace_id,
            recording_id,
        )
        return [Voiceprint(row[0], row[1], row[2], tuple(row[3]) if row[3] else None) for row in rows]

    async def named(self, recording_id: UUID) -> Mapping[int, tuple[UUID, str | None]]:
        """Id and label of the identity of each speaker that has one."""
        rows = await self._connection.fetch(
            """select v.speaker, i.id, i.label from voiceprints v join voice_identities i on i.id = v.identity_id
               where v.workspace_id = $1 and v.recording_id = $2""",
            self._workspace_id,
            recording_id,
        )
        return {row["speaker"]: (row["id"], row["label"]) for row in rows}

    async def appearances(self, identity_id: UUID, most: int) -> Sequence[Appearance]:
        """The newest recordings first."""
        rows = await self._connection.fetch(
            """select recording_id, speaker, speech_s, seen_at from voiceprints
               where workspace_id = $1 and identity_id = $2 order by recording_id desc limit $3""",
            self._workspace_id,
            identity_id,
            most,
        )
        return [Appearance(**row) for row in rows]

    async def nearest(self, voice: Voice, model: str, most: int, but_not: Sequence[UUID]) -> Sequence[Near]:
        """The identities whose mean voice is nearest; all are compared."""
        rows = await self._connection.fetch(
            """select id, voice <=> $2::text::halfvec as distance from voice_identities
               where workspace_id = $1 and model = $3 and voice is not null and id <> all($5)
               order by distance, id limit $4""",
            self._workspace_id,
            as_text(voice.embedding),
            model,
            most,
            but_not,
        )
        return [Near(voice.speaker, row["id"], row["distance"]) for row in rows]

    async def put_voiceprints(
        self, recording_id: UUID, seen_at: datetime, model: str, prints: Sequence[Voiceprint]
    ) -> None:
        """These and no others are the recording's."""
        await self._connection.execute(
            """insert into voiceprints (workspace_id, recording_id, speaker, identity_id, speech_s, seen_at, model, voice)
               select $1, $2, n.speaker, n.identity_id, n.speech_s, $7,
                   case when n.voice is null then null else $8 end, n.voice::halfvec
               from unnest($3::int[], $4::uuid[], $5::float8[], $6::text[]) n(speaker, identity_id, speech_s, voice)
               on conflict (workspace_id, recording_id, speaker) do update
               set identity_id = excluded.identity_id, speech_s = excluded.speech_s, model = excluded.model,
                   voice = excluded.voice""",
            self._workspace_id,
            recording_id,
            [one.speaker for one in prints],
            [one.identity_id for one in prints],
            [one.speech_s for one in prints],
            [as_text(one.voice) if one.voice else None for one in prints],
            seen_at,
            model,
        )
        await self._connection.execute(
            "delete from voiceprints where workspace_id = $1 and recording_id = $2 and speaker <> all($3)",
            self._workspace_id,
            recording_id,
            [one.speaker for one in prints],
        )

    async def prefer(self, recording_id: UUID, speaker: int, over: int) -> None:
        """Both are one speaker of the recording now: the identity of `speaker`, if it has one, is kept, not that of `over`."""
        await self._connection.execute(
            """delete from voiceprints where workspace_id = $1 and recording_id = $2 and speaker = $4 and exists (
                   select from voiceprints where workspace_id = $1 and recording_id = $2 and speaker = $3)""",
            self._workspace_id,
            recording_id,
            speaker,
            over,
        )

    async def exchange(self, recording_id: UUID, one: int, other: int) -> None:
        """Each of two speakers of a recording has what the other had, and has nothing where the other had nothing."""
        await self._connection.execute(
            """update voiceprints v set identity_id = o.identity_id, model = o.model, voice = o.voice
               from voiceprints o
               where v.workspace_id = $1 and v.recording_id = $2 and v.speaker in ($3, $4)
                 and o.workspace_id = $1 and o.recording_id = $2 and o.speaker = $3 + $4 - v.speaker""",
            self._workspace_id,
            recording_id,
            one,
            other,
        )
        await self._connection.execute(
            """update voiceprints v set speaker = $3 + $4 - speaker
               where workspace_id = $1 and recording_id = $2 and speaker in ($3, $4) and not exists (
                   select from voiceprints o
                   where o.workspace_id = $1 and o.recording_id = $2 and o.speaker = $3 + $4 - v.speaker)""",
            self._workspace_id,
            recording_id,
            one,
            other,
        )

    async def shared_recording(self, one: UUID, other: UUID) -> UUID | None:
        """A recording in which both are heard."""
        found: UUID | None = await self._connection.fetchval(
            """select a.recording_id from voiceprints a
               join voiceprints b on b.workspace_id = $1 and b.identity_id = $3 and b.recording_id = a.recording_id
               where a.workspace_id = $1 and a.identity_id = $2 limit 1""",
            self._workspace_id,
            one,
            other,
        )
        return found

    async def move(self, source: UUID, target: UUID, recording_id: UUID | None = None) -> int:
        """Give the voiceprints of one identity, or the one of a recording, to another; how many."""
        moved = await self._connection.execute(
            """update voiceprints set identity_id = $3
               where workspace_id = $1 and identity_id = $2 and ($4::uuid is null or recording_id = $4)""",
            self._workspace_id,
            source,
            target,
            recording_id,
        )
        return int(moved.split()[-1])

    async def delete(self, identity_id: UUID) -> bool:
        """Its speakers keep a mark that they are to have no identity, and no voice; the trigger then deletes it."""
        changed = await self._connection.execute(
            """update voiceprints set identity_id = null, model = null, voice = null
               where workspace_id = $1 and identity_id = $2""",
            self._workspace_id,
            identity_id,
        )
        return not changed.endswith(" 0")

    async def separate(self, at: datetime) -> None:
        """Keep no voice, and give each recording but the first of an identity one of its own, called the same."""
        await self._connection.execute(
            """with later as (
                   select v.recording_id, v.speaker, i.label,
                       -- A UUIDv7 of this moment: lists are in the order of ids.
                       overlay(gen_random_uuid()::text placing left(t.ms, 8) || '-' || right(t.ms, 4) || '-7' from 1)::uuid as id
                   from (
                       select recording_id, speaker, identity_id,
                           row_number() over (partition by identity_id order by recording_id) as place
                       from voiceprints where workspace_id = $1 and identity_id is not null
                   ) v
                   join voice_identities i on i.id = v.identity_id
                   cross join (select lpad(to_hex((extract(epoch from $2::timestamptz) * 1000)::bigint), 12, '0')) t(ms)
                   where v.place > 1
               ), made as (
                   insert into voice_identities (id, workspace_id, label, created_at)
                   select id, $1, label, $2 from later
               )
               update voiceprints v set identity_id = later.id from later
               where v.workspace_id = $1 and v.recording_id = later.recording_id and v.speaker = later.speaker""",
            self._workspace_id,
            at,
        )
        await self._connection.execute(
            "update voiceprints set model = null, voice = null where workspace_id = $1 and voice is not null",
            self._workspace_id,
        )


def as_text(vector: Sequence[float]) -> str:
    return "[" + ",".join(f"{value:.6f}" for value in vector) + "]"
