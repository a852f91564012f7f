"""The audit log: who read what was said, and who deleted what. Rows are added and never changed.

A deletion is noted in its own transaction, a reading before the answer begins; so nothing that happened is missing. A row has
ids and no text: nothing in it has to go when what it is about is deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.kernel.ids import new_uuid
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes:
        action: What was done to what: `file.delete`, `report.read`.
        member_name: None for what the server does by itself, and for a member who is gone.
        key_id: None for what was not done with a key.
    """

    id: UUID
    at: datetime
    action: str
    subject_id: UUID
    member_id: UUID
    member_name: str | None
    key_id: UUID | None
    request_id: str | None


async def note(work: Work, action: str, subject_id: UUID) -> None:
    """Note what the author of `work` does, with the key and in the request that it was opened for."""
    await work.connection.execute(
        """insert into audit_log (id, workspace_id, at, member_id, key_id, action, subject_id, request_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        new_uuid(),
        work.workspace_id,
        work.at,
        work.author.id,
        work.key_id,
        action,
        subject_id,
        work.request_id,
    )


async def list_entries(
    work: Work, before: UUID | None, subject_id: UUID | None, most: int
) -> tuple[Sequence[Entry], bool]:
    """At most `most` rows, the newest first, and whether there are more; with `subject_id`, only those about that."""
    rows = await work.connection.fetch(
        """select a.id, a.at, a.action, a.subject_id, a.member_id, a.key_id, a.request_id,
               nullif(trim(m.first_name || ' ' || m.last_name), '') as member_name
           from audit_log a left join members m on m.workspace_id = $1 and m.id = a.member_id
           where a.workspace_id = $1 and ($2::uuid is null or a.id < $2) and ($3::uuid is null or a.subject_id = $3)
           order by a.id desc limit $4""",
        work.workspace_id,
        before,
        subject_id,
        most + 1,
    )
    return [Entry(**row) for row in rows[:most]], len(rows) > most
