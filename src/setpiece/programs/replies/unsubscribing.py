"""Somebody follows the link in a mail and is taken off the list. It works in a read-only workspace, too: nobody may be kept on it."""

import hashlib

from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX
from setpiece.programs.outcomes.model import Event, OutcomeKind
from setpiece.programs.outcomes.recording import record
from setpiece.programs.replies.unsubscribe_links import Reader
from setpiece.programs.runs import get_run
from setpiece.programs.service import get_program
from setpiece.programs.suppressions.model import SuppressionKind, SuppressionReason, Wanted
from setpiece.programs.suppressions.service import suppress
from setpiece.workspaces.work import Work

SOURCE = "unsubscribe_link"


async def unsubscribe(work: Work, reader: Reader) -> None:
    """Never contact the reader again; an outcome of the run, if that is still there. Done twice, it is done once. Needs a transaction."""
    wanted = Wanted(
        SuppressionKind.EMAIL,
        reader.email,
        SuppressionReason.UNSUBSCRIBED,
        SOURCE,
        program_id=reader.program_id,
    )
    await suppress(work, [wanted], by_member=False)
    shown_id = show(PROGRAM_PREFIX, reader.program_id)
    try:
        program = await get_program(work, shown_id)
        run = await get_run(work, shown_id, show(RUN_PREFIX, reader.run_id))
    except NotFound:  # the playbook was deleted; the suppression stands
        return
    source_id = f"unsubscribe:{hashlib.sha256(reader.email.encode()).hexdigest()}"
    event = Event(OutcomeKind.UNSUBSCRIBED, work.at, source_id, email=reader.email)
    await record(work, program, run, [event])
