"""Which run is meant, and whether Setpiece does its work."""

from setpiece.kernel.errors import Conflict
from setpiece.programs.model import Run
from setpiece.programs.runs import get_run
from setpiece.workspaces.work import Work


async def get_executed(work: Work, shown_program: str, shown_run: str) -> Run:
    """A run that Setpiece executes.

    Raises:
        NotFound: there is no such program or run.
        Conflict: the client does the work of this run, and it has no messages.
    """
    run = await get_run(work, shown_program, shown_run)
    if not run.is_executed:
        raise Conflict(
            'This run is recorded only; start one with "execute": true to have Setpiece do the work.',
            code="not_executed",
        )
    return run
