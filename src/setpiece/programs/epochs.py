"""When what is tested becomes another thing: evidence for one hypothesis or target is none for the next."""

from uuid import UUID

from setpiece.programs.repository import ProgramRepository
from setpiece.programs.spec.model import Spec
from setpiece.workspaces.work import Work


def needs_new_evidence(before: Spec, after: Spec) -> bool:
    """Whether the change needs evidence of its own: at an edit of hypothesis or target, alpha would else be spent twice."""
    return _tested(before) != _tested(after)


def _tested(spec: Spec) -> tuple[object, ...]:
    strategy, adaptation = spec.strategy, spec.adaptation
    return (
        strategy.hypothesis,
        strategy.success_metric,
        strategy.success_target,
        strategy.target_rate,
        strategy.value_cap,
        strategy.value_floor,
        strategy.direction,
        spec.lead_source.sample_size,  # what the target is for
        adaptation.unit,
        adaptation.false_pivot_rate,
        adaptation.detection_recall,
    )


async def open_epoch(work: Work, program_id: UUID) -> int:
    """Begin the program's next epoch; its number. Needs a transaction that holds the program."""
    return await ProgramRepository(work.scope).next_epoch(program_id)
