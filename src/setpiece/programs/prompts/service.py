"""What prompts are made of, read from what is kept."""

from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX
from setpiece.programs.outcomes.deciding import assess
from setpiece.programs.prompts.awareness import Active, write_awareness
from setpiece.programs.prompts.model import Change, Prompt, Subject
from setpiece.programs.prompts.write import write_prompt
from setpiece.programs.repository import ProgramRepository, Wanted
from setpiece.programs.runs import get_run
from setpiece.programs.service import get_program
from setpiece.programs.spec.model import Buddy, ProgramStatus
from setpiece.workspaces.work import Work

_MOST_CHANGES = 10  # older ones teach little and cost the model's attention
_MOST_TOLD = 60
"""Programs whose evidence is looked at for the block on active ones: more than fit into a usual budget."""


async def prompt_of(work: Work, shown_id: str, shown_run_id: str | None = None) -> tuple[Buddy, Prompt]:
    """The prompt for the program as it is now, or as it was when the run began; and whom it is for.

    Raises:
        NotFound: there is no such program, or it has no such run.
    """
    program = await get_program(work, shown_id)
    spec, version, epoch = program.spec, program.version, program.epoch
    if shown_run_id is not None:
        run = await get_run(work, shown_id, shown_run_id)
        spec, version, epoch = run.spec, run.spec_version, run.epoch
        # As we spell it: what was sent may hold anything beside the id.
        shown_run_id = show(RUN_PREFIX, run.id)
    found = await ProgramRepository(work.scope).epochs_begun(program.id, epoch, _MOST_CHANGES)
    subject = Subject(
        show(PROGRAM_PREFIX, program.id),
        spec,
        version,
        epoch,
        shown_run_id,
        (await assess(work, program)).sentence if epoch == program.epoch else None,
        [Change(now.epoch, now.at, now.by, now.why, before, now.spec) for before, now in found],
    )
    return spec.buddy_id, write_prompt(subject)


async def awareness_of(work: Work, most_tokens: int) -> tuple[Prompt, int, int]:
    """The block on the workspace's active programs, how many stand in it, and how many there are."""
    found = await ProgramRepository(work.scope).newest(Wanted((ProgramStatus.ACTIVE,)), None, None)
    told = [
        Active(
            show(PROGRAM_PREFIX, one.id),
            one.spec.name,
            one.spec.strategy.hypothesis,
            f"{one.status}, {(await assess(work, one)).decision.state}",
        )
        for one in found[:_MOST_TOLD]
    ]
    prompt, shown = write_awareness(told, len(found), most_tokens)
    return prompt, shown, len(found)
