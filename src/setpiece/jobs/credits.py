"""What was counted: the balance, the journal, what a job used. Counted by triggers of revision 0015, never in the way of anything."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.kernel.pages import Page, Window
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Balance:
    """Of a workspace.

    Attributes:
        left: Of the quota, after everything that was counted.
        reserved: By jobs under way.
    """

    left: int
    reserved: int

    @property
    def available(self) -> int:
        return max(0, self.left - self.reserved)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An amount below zero was used, one above it given back. `job_id`: for a report's job, None for anything else."""

    id: UUID
    type: str
    amount: int
    job_id: UUID | None
    created_at: datetime


async def read_balance(work: Work, quota: int) -> Balance:
    """What is left of the quota and what is reserved, as of one moment."""
    used, reserved = await work.connection.fetchrow(
        """select (select coalesce(sum(value), 0)::bigint from counters where workspace_id = $1 and name = 'credits'),
                  (select coalesce(sum(credits_reserved), 0)::bigint from jobs
                   where workspace_id = $1 and credits_state = 'active')""",
        work.workspace_id,
    )
    return Balance(max(0, quota - used), reserved)


async def list_journal(work: Work, window: Window) -> Page[JournalEntry]:
    """Newest first."""
    rows = await work.connection.fetch(
        """select id, type, amount, job_id, created_at from credit_journal
           where workspace_id = $1 order by id desc limit $2 offset $3""",
        work.workspace_id,
        window.limit,
        window.offset,
    )
    total = await work.connection.fetchval(
        "select count(*) from credit_journal where workspace_id = $1", work.workspace_id
    )
    return Page([JournalEntry(*row) for row in rows], total, window)
