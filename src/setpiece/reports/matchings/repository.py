"""Matchings of one workspace."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from setpiece.kernel.ids import parse, show
from setpiece.media.identities.model import IDENTITY_PREFIX
from setpiece.reports.matchings.model import Heard, Matching, Resolved
from setpiece.storage.database import Scope

_COLUMNS = "id, job_id, label, target, members, document, markdown, created_at"


class MatchingRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, matching: Matching, heard: Iterable[Heard]) -> None:
        """Needs a transaction. What it rests on is noted, so that it goes when that goes."""
        await self._connection.execute(
            f"insert into matchings (workspace_id, {_COLUMNS}) values ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb, $7::text::jsonb, $8, $9)",
            self._workspace_id,
            matching.id,
            matching.job_id,
            matching.label,
            orjson.dumps(_packed(matching.target)).decode(),
            orjson.dumps([_packed(one) for one in matching.group]).decode(),
            orjson.dumps(matching.document).decode(),
            matching.markdown,
            matching.created_at,
        )
        await self._connection.executemany(
            """insert into matching_subjects (workspace_id, matching_id, recording_id, speaker, identity_id)
               values ($1, $2, $3, $4, $5) on conflict do nothing""",
            [
                (self._workspace_id, matching.id, one.recording_id, one.speaker, one.identity_id)
                for one in heard
            ],
        )

    async def find(self, matching_id: UUID) -> Matching | None:
        row = await self._connection.fetchrow(
            f"select {_COLUMNS} from matchings where workspace_id = $1 and id = $2",
            self._workspace_id,
            matching_id,
        )
        return _matching(row) if row else None

    async def of_job(self, job_id: UUID) -> Matching | None:
        row = await self._connection.fetchrow(
            f"select {_COLUMNS} from matchings where workspace_id = $1 and job_id = $2",
            self._workspace_id,
            job_id,
        )
        return _matching(row) if row else None

    async def hold_unheard(self, recording_ids: Sequence[UUID]) -> UUID | None:
        """The first of the recordings that is still to be heard; held until the transaction ends, as `queue.release` asks."""
        found: UUID | None = await self._connection.fetchval(
            """select id from recordings where workspace_id = $1 and id = any($2) and deleted_at is null
                 and processing_status in ('PENDING', 'PROCESSING') order by id limit 1 for share""",
            self._workspace_id,
            recording_ids,
        )
        return found


def _packed(one: Resolved) -> dict[str, Any]:
    entity = show(IDENTITY_PREFIX, one.entity_id) if one.entity_id else None
    return {"source": one.source, "entityId": entity, "label": one.label}


def _unpacked(packed: Mapping[str, Any]) -> Resolved:
    entity = packed["entityId"]
    return Resolved(packed["source"], parse(entity) if entity else None, packed["label"])


def _matching(row: Mapping[str, Any]) -> Matching:
    return Matching(
        id=row["id"],
        job_id=row["job_id"],
        label=row["label"],
        target=_unpacked(orjson.loads(row["target"])),
        group=tuple(_unpacked(one) for one in orjson.loads(row["members"])),
        document=orjson.loads(row["document"]),
        markdown=row["markdown"],
        created_at=row["created_at"],
    )
