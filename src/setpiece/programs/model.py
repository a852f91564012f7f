"""A program, what it was, and its runs. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from setpiece.programs.spec.model import ProgramStatus, Spec

PROGRAM_PREFIX, RUN_PREFIX, PIVOT_PREFIX = "pb", "run", "piv"


@dataclass(frozen=True, slots=True)
class Program:
    """An executable playbook.

    Attributes:
        version: Counts every change of the spec, from 1.
        epoch: Counts what is tested, from 1: evidence never crosses from one to the next.
        created_by: `u_…`, the member who made it.
        updated_at: Grows with every change, whatever the clock does.
    """

    id: UUID
    spec: Spec
    version: int
    epoch: int
    created_at: datetime
    created_by: str
    updated_at: datetime

    @property
    def status(self) -> ProgramStatus:
        return self.spec.status


@dataclass(frozen=True, slots=True)
class Version:
    """A program's spec as it was from one change to the next.

    Attributes:
        by: Who made it: `u_…`, `auto` or `judge:<model>`.
        why: `created`, `edited`, or what another part gives as its reason.
    """

    number: int
    spec: Spec
    epoch: int
    at: datetime
    by: str
    why: str


class RunStatus(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self is not RunStatus.RUNNING


@dataclass(frozen=True, slots=True)
class Metrics:
    """What came of a run.

    Attributes:
        metric_value: In the unit of the success metric.
        touched: Units that were touched; those of them that have matured are the samples.
    """

    samples: int = 0
    successes: int = 0
    metric_value: float = 0.0
    touched: int = 0

    @property
    def pending(self) -> int:
        return self.touched - self.samples


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a program.

    Attributes:
        spec: As it was when the run began.
        is_executed: Setpiece does the work; otherwise the client does, and the run is a record.
        chat_id: The client's conversation in which the work is done.
        error: Why it failed.
        prompt_hash: Of the prompt for its agent when it began; None when Setpiece does the work.
    """

    id: UUID
    program_id: UUID
    status: RunStatus
    started_at: datetime
    ended_at: datetime | None
    started_by: str
    spec: Spec
    spec_version: int
    epoch: int
    is_executed: bool
    metrics: Metrics
    chat_id: str | None
    error: str | None
    prompt_hash: str | None = None
