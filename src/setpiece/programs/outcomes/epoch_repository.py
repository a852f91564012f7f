"""What is kept of the epochs of one workspace's programs, and of their runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import asyncpg
import orjson

from setpiece.programs.evidence.target import NotEvaluable, Target
from setpiece.programs.outcomes.documents import read_tally, read_target_document, show_tally, show_target
from setpiece.programs.outcomes.model import Standing
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

_COLUMNS = """program_id, epoch, metric, unit, alpha, target, tally, touched, samples, successes, value, late, corrected, retracted, kinds, variants,
    counted_through, log_evidence, log_evidence_above"""
_REMEMBERED = 1024  # targets: most programs share a few


@dataclass(frozen=True, slots=True)
class Matured:
    """Units that have matured and were not counted, those of one run that got one variant.

    Attributes:
        values: Of the successes; the other units brought nothing.
        through: The latest `counts_at` among them.
    """

    run_id: UUID
    variant: str | None
    samples: int
    values: Sequence[float]
    through: datetime


@dataclass(frozen=True, slots=True)
class RunGain:
    """What is added to a run."""

    touched: int = 0
    samples: int = 0
    successes: int = 0
    value: float = 0

    def __add__(self, other: "RunGain") -> "RunGain":
        return RunGain(
            self.touched + other.touched,
            self.samples + other.samples,
            self.successes + other.successes,
            self.value + other.value,
        )


@dataclass(frozen=True, slots=True)
class Point:
    """The evidence at one moment; natural logs."""

    at: datetime
    samples: int
    successes: int
    log_evidence: float
    log_evidence_above: float


class EpochRepository:
    """Made from a scope bound to the workspace. Whoever holds an epoch is alone in writing anything of it."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def hold(self, fresh: Standing, at: datetime) -> Standing:
        """The epoch, which nobody else writes until the transaction ends; kept as `fresh` when it was not there."""
        if found := await self._one(fresh.program_id, fresh.epoch, "for no key update"):
            return found
        await self._connection.execute(
            """insert into program_epochs (workspace_id, program_id, epoch, metric, unit, alpha, target, changed_at)
               values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8) on conflict do nothing""",
            self._workspace_id, fresh.program_id, fresh.epoch, fresh.metric, fresh.unit, fresh.alpha,
            as_json(show_target(fresh.target)), at,
        )  # fmt: skip
        found = await self._one(fresh.program_id, fresh.epoch, "for no key update")
        assert found
        return found

    async def write(self, standing: Standing, at: datetime) -> None:
        tested = not isinstance(standing.target, NotEvaluable)
        await self._connection.execute(
            """update program_epochs set tally = $4::jsonb, touched = $5, samples = $6, successes = $7, value = $8, late = $9,
                   corrected = $10, kinds = $11::jsonb, counted_through = $12, changed_at = $13, log_evidence = $14,
                   log_evidence_above = $15, variants = $16::jsonb, retracted = $17
               where workspace_id = $1 and program_id = $2 and epoch = $3""",
            self._workspace_id, standing.program_id, standing.epoch,
            as_json(show_tally(standing.tally)) if tested else None, standing.touched, standing.samples,
            standing.successes, standing.value, standing.late, standing.corrected, as_json(standing.kinds),
            standing.counted_through, at, *(standing.known or (None, None)),
            as_json(standing.variants), standing.retracted,
        )  # fmt: skip

    async def matured(self, standing: Standing, now: datetime) -> Sequence[Matured]:
        rows = await self._connection.fetch(
            """select run_id, variant, count(*)::int as samples, max(counts_at) as through,
                   coalesce(array_agg(value order by value) filter (where success_at is not null), '{}') as values
               from program_units where workspace_id = $1 and program_id = $2 and epoch = $3
                   and counts_at > $4 and counts_at <= $5
               group by run_id, variant""",
            self._workspace_id,
            standing.program_id,
            standing.epoch,
            standing.counted_through,
            now,
        )
        return [
            Matured(row["run_id"], row["variant"], row["samples"], row["values"], row["through"])
            for row in rows
        ]

    async def add_to_run(self, run_id: UUID, gain: RunGain, *, is_share: bool) -> None:
        """With `is_share`, the value of the run's metric is the share of its units that succeeded."""
        await self._connection.execute(
            """update program_runs set touched = touched + $3, samples = samples + $4, successes = successes + $5,
                   metric_value = case when $7 then coalesce((successes + $5)::float8 / nullif(samples + $4, 0), 0)
                                       else metric_value + $6 end
               where workspace_id = $1 and id = $2""",
            self._workspace_id,
            run_id,
            gain.touched,
            gain.samples,
            gain.successes,
            gain.value,
            is_share,
        )

    async def add_point(self, standing: Standing, point: Point) -> None:
        """Note how the evidence stands, unless that was done since the units grew by a two-hundredth.

        So an epoch has some two hundred points for each time that its units grow by a factor of e.
        """
        await self._connection.execute(
            """with last as (
                   select place, samples, successes from program_evidence
                   where program_id = $2 and epoch = $3 order by place desc limit 1)
               insert into program_evidence
                   (workspace_id, program_id, epoch, place, at, samples, successes, log_evidence, log_evidence_above)
               select $1, $2, $3, coalesce((select place from last), 0) + 1, $4, $5, $6, $7, $8
               where not exists (select from last where $5 - samples < samples / 200 and abs($6 - successes) < 1 + successes / 20)""",
            self._workspace_id,
            standing.program_id,
            standing.epoch,
            point.at,
            point.samples,
            point.successes,
            point.log_evidence,
            point.log_evidence_above,
        )

    async def all_of(self, program_id: UUID) -> Mapping[int, Standing]:
        """Every epoch of which something is known."""
        rows = await self._connection.fetch(
            f"select {_COLUMNS} from program_epochs where workspace_id = $1 and program_id = $2",
            self._workspace_id,
            program_id,
        )
        return {row["epoch"]: read_standing(row) for row in rows}

    async def all_points(self, program_id: UUID) -> Mapping[int, Sequence[Point]]:
        """How the evidence of each epoch grew, from the first to the last."""
        rows = await self._connection.fetch(
            """select epoch, at, samples, successes, log_evidence, log_evidence_above from program_evidence
               where workspace_id = $1 and program_id = $2 order by epoch, place""",
            self._workspace_id,
            program_id,
        )
        found: dict[int, list[Point]] = {}
        for epoch, *point in map(tuple, rows):
            found.setdefault(epoch, []).append(Point(*point))
        return found

    async def _one(self, program_id: UUID, epoch: int, how: str = "") -> Standing | None:
        row = await self._connection.fetchrow(
            f"""select {_COLUMNS} from program_epochs
                where workspace_id = $1 and program_id = $2 and epoch = $3 {how}""",
            self._workspace_id,
            program_id,
            epoch,
        )
        return read_standing(row) if row else None


def read_standing(row: asyncpg.Record) -> Standing:
    return Standing(
        program_id=row["program_id"],
        epoch=row["epoch"],
        metric=row["metric"],
        unit=row["unit"],
        alpha=row["alpha"],
        target=_target(row["target"]),
        tally=read_tally(row["tally"] and orjson.loads(row["tally"])),
        touched=row["touched"],
        samples=row["samples"],
        successes=row["successes"],
        value=row["value"],
        late=row["late"],
        corrected=row["corrected"],
        retracted=row["retracted"],
        kinds=orjson.loads(row["kinds"]),
        variants={name: tuple(shown) for name, shown in orjson.loads(row["variants"]).items()},
        counted_through=row["counted_through"],
        known=None if row["log_evidence"] is None else (row["log_evidence"], row["log_evidence_above"]),
    )


@lru_cache(_REMEMBERED)
def _target(document: str) -> Target | NotEvaluable:
    return read_target_document(orjson.loads(document))
