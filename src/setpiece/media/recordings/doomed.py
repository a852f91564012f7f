"""Blobs that no recording owns: of an upload under way, or of a recording that was deleted.

A row is written before the blob is, and in the transaction that deletes a recording. It goes with the transaction that writes
the recording, or once the blob is gone. So whatever dies in between, the clock finds the blob.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from setpiece.workspaces.work import Work

LONGEST_UPLOAD = timedelta(hours=24)
"""5 GiB in this time is half a megabit a second. A slower upload fails: the clock takes for dead what it has not finished."""


async def doom(work: Work, key: str, at: datetime) -> None:
    """Let the clock take the blob away from `at` on."""
    await work.connection.execute(
        """insert into doomed_blobs (workspace_id, key, due_at) values ($1, $2, $3)
           on conflict (workspace_id, key) do update set due_at = excluded.due_at""",
        work.workspace_id,
        key,
        at,
    )


async def spare(work: Work, key: str) -> None:
    """A recording owns it now, or it is gone."""
    await work.connection.execute(
        "delete from doomed_blobs where workspace_id = $1 and key = $2", work.workspace_id, key
    )


async def due(work: Work, most: int) -> Sequence[str]:
    rows = await work.connection.fetch(
        """select key from doomed_blobs where workspace_id = $1 and due_at <= $2 order by due_at limit $3""",
        work.workspace_id,
        work.at,
        most,
    )
    return [row["key"] for row in rows]
