"""What agents are told, for whoever asks."""

from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.programs.outcomes.deciding import Assessment
from setpiece.programs.portfolio import assess_newest
from setpiece.programs.prompts.awareness import Active, most_shown, write_awareness
from setpiece.programs.prompts.gathering import prompt_for
from setpiece.programs.prompts.model import Prompt
from setpiece.programs.runs import get_run
from setpiece.programs.service import get_program
from setpiece.programs.spec.model import Buddy, ProgramStatus
from setpiece.workspaces.work import Work


async def prompt_of(work: Work, shown_id: str, shown_run_id: str | None = None) -> tuple[Buddy, Prompt]:
    """The prompt for the program as it is now, or as it was when the run began; and whom it is for.

    Raises:
        NotFound: there is no such program, or it has no such run.
    """
    program = await get_program(work, shown_id)
    run = await get_run(work, shown_id, shown_run_id) if shown_run_id is not None else None
    return (run or program).spec.buddy_id, await prompt_for(work, program, run)


async def awareness_of(work: Work, most_tokens: int) -> tuple[Prompt, int, int]:
    """The block on the workspace's active programs, the last changed first; how many stand in it, and how many there are."""
    found, total = await assess_newest(work, (ProgramStatus.ACTIVE,), most_shown(most_tokens))
    prompt, shown = write_awareness([_told(one) for one in found], most_tokens, total)
    return prompt, shown, total


def _told(found: Assessment) -> Active:
    program, spec = found.program, found.program.spec
    state = f"{program.status}, {found.decision.state}"
    return Active(show(PROGRAM_PREFIX, program.id), spec.name, spec.strategy.hypothesis, state)
