"""Who has answered, so that nobody goes on writing to them."""

from collections.abc import Sequence
from uuid import UUID

from setpiece.programs.outcomes.model import OutcomeKind
from setpiece.workspaces.work import Work

STOPS = (
    OutcomeKind.POSITIVE_REPLY,
    OutcomeKind.NEUTRAL_REPLY,
    OutcomeKind.NEGATIVE_REPLY,
    OutcomeKind.BOUNCED,
    OutcomeKind.UNSUBSCRIBED,
    OutcomeKind.COMPLAINED,
    OutcomeKind.MEETING_BOOKED,
    OutcomeKind.DEAL_WON,
)
"""Outcomes after which a sequence ends. An auto-reply is no answer."""


async def answered(work: Work, run_id: UUID, source_ids: Sequence[str]) -> set[str]:
    """Those of the outcomes, named by their source ids, whose unit has answered: the lead, or somebody of its account, to any run of the epoch."""
    rows = await work.connection.fetch(
        """select t.source_id from program_outcomes t
           where t.workspace_id = $1 and t.run_id = $2 and t.source_id = any($3::text[]) and exists (
               select from program_outcomes o where o.workspace_id = $1 and o.program_id = t.program_id and o.epoch = t.epoch
                   and o.key = t.key and o.kind <> 'touched' and o.kind = any($4::text[]) and o.corrected_by is null)""",
        work.workspace_id,
        run_id,
        list(source_ids),
        list(STOPS),
    )
    return {row[0] for row in rows}
