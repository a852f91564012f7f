"""Everything that was tried: each epoch of a program with its evidence, its runs and the pivots that ended it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from setpiece.programs.model import Program, Run
from setpiece.programs.outcomes.deciding import assess_shown
from setpiece.programs.outcomes.epoch_repository import EpochRepository, Point
from setpiece.programs.outcomes.folding import fresh_standing
from setpiece.programs.outcomes.model import Standing
from setpiece.programs.pivots.model import Pivot
from setpiece.programs.pivots.repository import PivotRepository
from setpiece.programs.run_repository import RunRepository
from setpiece.programs.spec.document import read_spec
from setpiece.programs.spec.model import Spec
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Chapter:
    """One epoch.

    Attributes:
        spec: What was tested, as the epoch began.
        by: Who opened it, and `why`.
        closed_at: None for the present one.
        points: How the evidence grew, from the first to the last.
        pivots: Those made, advised or vetoed in it, the first one first.
    """

    number: int
    spec: Spec
    opened_at: datetime
    by: str
    why: str
    closed_at: datetime | None
    standing: Standing
    points: Sequence[Point]
    runs: Sequence[Run]
    pivots: Sequence[Pivot]


async def tell_history(work: Work, shown_id: str) -> tuple[Program, Sequence[Chapter]]:
    """The program and its epochs, the first one first; what has matured is counted before.

    Raises:
        NotFound: there is no such program.
    """
    program = (await assess_shown(work, shown_id)).program
    openings = await _openings(work, program.id)
    epochs = EpochRepository(work.scope)
    standings, points = await epochs.all_of(program.id), await epochs.all_points(program.id)
    runs = await RunRepository(work.scope).of_program(program.id, None, None, is_ascending=True)
    pivots = (await PivotRepository(work.scope).of_program(program.id))[::-1]
    closings = [*(one.at for one in openings[1:]), None]
    return program, [
        Chapter(
            one.number, one.spec, one.at, one.by, one.why, closed_at,
            standings.get(one.number) or fresh_standing(program.id, one.number, one.spec), points.get(one.number, ()),
            [run for run in runs if run.epoch == one.number], [pivot for pivot in pivots if pivot.epoch == one.number],
        )
        for one, closed_at in zip(openings, closings, strict=True)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Opening:
    number: int
    spec: Spec
    at: datetime
    by: str
    why: str


async def _openings(work: Work, program_id: UUID) -> Sequence[_Opening]:
    """The version that began each epoch."""
    rows = await work.connection.fetch(
        """select distinct on (epoch) epoch, spec, at, by, why from program_versions
           where workspace_id = $1 and program_id = $2 order by epoch, version""",
        work.workspace_id,
        program_id,
    )
    return [_Opening(row[0], read_spec(orjson.loads(row[1])), *row[2:]) for row in map(tuple, rows)]
