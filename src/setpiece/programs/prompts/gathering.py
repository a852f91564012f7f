"""What the prompt of one program is made of, read from what is kept."""

from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX, Program, Run
from setpiece.programs.outcomes.deciding import assess
from setpiece.programs.prompts.model import Change, Prompt, Subject
from setpiece.programs.prompts.write import write_prompt
from setpiece.programs.repository import ProgramRepository
from setpiece.workspaces.work import Work

_MOST_CHANGES = 10  # older ones teach little and cost the model's attention


async def prompt_for(work: Work, program: Program, run: Run | None = None) -> Prompt:
    """The prompt for the program as it is now, or as it was when the run began."""
    spec, version, epoch = program.spec, program.version, program.epoch
    if run is not None:
        spec, version, epoch = run.spec, run.spec_version, run.epoch
    found = await ProgramRepository(work.scope).epochs_begun(program.id, epoch, _MOST_CHANGES)
    return write_prompt(
        Subject(
            show(PROGRAM_PREFIX, program.id),
            spec,
            version,
            epoch,
            show(RUN_PREFIX, run.id) if run else None,
            (await assess(work, program)).sentence if epoch == program.epoch else None,
            [Change(now.epoch, now.at, now.by, now.why, before, now.spec) for before, now in found],
        )
    )
