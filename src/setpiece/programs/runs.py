"""Runs are started, read and ended. A recorded run is the client's work; here it is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from setpiece.kernel.errors import Conflict, Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX, Metrics, Program, Run, RunStatus
from setpiece.programs.prompts.gathering import prompt_for
from setpiece.programs.repository import Place
from setpiece.programs.run_repository import RunRepository
from setpiece.programs.service import author_of, fingerprint, get_program
from setpiece.programs.spec.model import ProgramStatus, SuccessMetric
from setpiece.workspaces.receipts import Receipt, claim
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class RunChange:
    """What is said of a run; None leaves it as it is."""

    status: RunStatus | None = None
    chat_id: str | None = None
    error: str | None = None
    metric_value: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client says of a run that is to begin.

    Attributes:
        execute: None for a run that the client does the work of; otherwise what it says of how Setpiece does it.
    """

    chat_id: str | None = None
    execute: Mapping[str, Any] | None = None

    @property
    def fingerprint(self) -> bytes:
        executed = {} if self.execute is None else {"execute": dict(self.execute)}
        return fingerprint({"xChatId": self.chat_id} | executed)


async def start_run(
    work: Work, shown_id: str, asked: Asked, *, is_strict: bool = False, key: str | None = None
) -> Run:
    """A run that begins; under an idempotency key that was used before, the same run. Needs a transaction.

    Raises:
        NotFound: there is no such program.
        Conflict: the key was sent with another request; in strict mode, the program is archived.
    """
    program = await get_program(work, shown_id)
    run = new_run(work, program, is_executed=asked.execute is not None, chat_id=asked.chat_id)
    if key:
        receipt = Receipt(run.id, asked.fingerprint)
        operation = f"POST /v1/playbooks/{show(PROGRAM_PREFIX, program.id)}/run"
        if before := await claim(work, operation, key, receipt):
            before.require(receipt.fingerprint)
            return await get_run(work, shown_id, show(RUN_PREFIX, before.subject_id))
    if is_strict and program.status is ProgramStatus.ARCHIVED:
        raise Conflict(
            "The playbook is archived; set its status to active before you run it.", code="archived"
        )
    if not run.is_executed:
        run = replace(run, prompt_hash=(await prompt_for(work, program, run)).hash)
    await RunRepository(work.scope).insert(run)
    return run


def new_run(work: Work, program: Program, *, is_executed: bool = False, chat_id: str | None = None) -> Run:
    """A run that begins now, with the spec as it is now; not kept yet."""
    return Run(
        id=new_uuid(),
        program_id=program.id,
        status=RunStatus.RUNNING,
        started_at=work.at,
        ended_at=None,
        started_by=author_of(work),
        spec=program.spec,
        spec_version=program.version,
        epoch=program.epoch,
        is_executed=is_executed,
        metrics=Metrics(),
        chat_id=chat_id,
        error=None,
    )


async def get_run(work: Work, shown_program_id: str, shown_run_id: str) -> Run:
    """Raises NotFound when there is no such program, or it has no such run."""
    program = await get_program(work, shown_program_id)
    run_id = parse(shown_run_id)
    found = await RunRepository(work.scope).find(program.id, run_id) if run_id else None
    return _found(found, shown_run_id)


async def list_runs(
    work: Work, shown_id: str, after: Place | None = None, most: int | None = None, *, is_ascending: bool
) -> tuple[Sequence[Run], bool]:
    """All of them or at most `most`, in the order in which they began or the other way, and whether there are more.

    Raises:
        NotFound: there is no such program.
    """
    program = await get_program(work, shown_id)
    found = await RunRepository(work.scope).of_program(
        program.id, after, most and most + 1, is_ascending=is_ascending
    )
    return found[:most], most is not None and len(found) > most


async def change_run(work: Work, shown_program_id: str, shown_run_id: str, change: RunChange) -> Run:
    """The run with what was said of it. Needs a transaction.

    Raises:
        NotFound: as for `get_run`.
        Conflict: it has ended in another way.
        Invalid: a value is given for a metric that is counted here.
    """
    program = await get_program(work, shown_program_id)
    run_id = parse(shown_run_id)
    found = await RunRepository(work.scope).hold(program.id, run_id) if run_id else None
    run = _found(found, shown_run_id)
    status = change.status or run.status
    if run.status.is_final and status is not run.status:
        raise Conflict(
            f"The run is {run.status} already and cannot become {status}; start another run.",
            code="run_ended",
        )
    if change.metric_value is not None and run.spec.strategy.success_metric is not SuccessMetric.CUSTOM:
        raise Invalid(
            "'metrics.metricValue' is the caller's only where 'strategy.successMetric' is custom; send outcomes instead."
        )
    changed = replace(
        run,
        status=status,
        ended_at=run.ended_at or (work.at if status.is_final else None),
        chat_id=change.chat_id or run.chat_id,
        error=change.error or run.error,
        metrics=run.metrics
        if change.metric_value is None
        else replace(run.metrics, metric_value=change.metric_value),
    )
    await RunRepository(work.scope).change(changed)
    return changed


def _found(run: Run | None, shown_id: str) -> Run:
    if run is None:
        raise NotFound(f"The playbook has no run '{shown_id[:64]}'.")
    return run
