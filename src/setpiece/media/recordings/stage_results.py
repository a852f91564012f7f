"""The results of the stages, kept so that none is made twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.media.model import Speakers, Stage
from setpiece.media.results import Result, packed, unpacked
from setpiece.storage.database import Scope


@dataclass(frozen=True, slots=True)
class Made:
    """A result to keep: whose, of which stage, under which print (`results.print_of`), by which models, when."""

    recording_id: UUID
    stage: Stage
    print: bytes
    model_id: str
    result: Result
    at: datetime


class StageResults:
    """Made from a scope bound to the recordings' workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def keep(self, made: Made) -> bool:
        """False when the recording was deleted: its row is locked meanwhile, so nothing is kept behind a deletion's back."""
        kept = await self._connection.fetchval(
            """with living as (
                   select id from recordings where workspace_id = $1 and id = $2 and deleted_at is null for share),
               kept as (
                   insert into stage_results (workspace_id, recording_id, stage, print, model_id, result, made_at)
                   select $1, id, $3, $4, $5, $6, $7 from living
                   on conflict (workspace_id, recording_id, stage, print) do nothing)
               select true from living""",
            self._workspace_id,
            made.recording_id,
            made.stage,
            made.print,
            made.model_id,
            packed(made.result),
            made.at,
        )
        return bool(kept)

    async def recall(self, recording_id: UUID, stage: Stage, print_: bytes) -> Result | None:
        content = await self._connection.fetchval(
            """select result from stage_results
               where workspace_id = $1 and recording_id = $2 and stage = $3 and print = $4""",
            self._workspace_id,
            recording_id,
            stage,
            print_,
        )
        return unpacked(stage, content) if content else None

    async def make_current(self, recording_id: UUID, prints: Iterable[bytes]) -> None:
        """These are what was heard; those of an earlier run are not any more, and stay to be taken back."""
        for is_current in (False, True):  # one after the other: a stage never has two
            await self._connection.execute(
                """update stage_results set is_current = $4
                   where workspace_id = $1 and recording_id = $2 and is_current <> $4 and (print = any($3)) = $4""",
                self._workspace_id,
                recording_id,
                list(prints),
                is_current,
            )

    async def current(self, recording_id: UUID, *stages: Stage) -> Mapping[Stage, Result]:
        """What was heard, of these stages; empty when no run was ever complete."""
        rows = await self._connection.fetch(
            """select stage, result from stage_results
               where workspace_id = $1 and recording_id = $2 and is_current and stage = any($3)""",
            self._workspace_id,
            recording_id,
            list(stages),
        )
        return {Stage(row["stage"]): unpacked(Stage(row["stage"]), row["result"]) for row in rows}

    async def model_of(self, recording_id: UUID, stage: Stage) -> str:
        """The models that had a part in the current result; empty without one."""
        found: str | None = await self._connection.fetchval(
            """select model_id from stage_results
               where workspace_id = $1 and recording_id = $2 and is_current and stage = $3""",
            self._workspace_id,
            recording_id,
            stage,
        )
        return found or ""

    async def forget_voices(self, recording_id: UUID | None = None) -> None:
        """Of one recording, or of all: who speaks when stays, what the voices are like goes."""
        kept = await self._connection.fetch(
            """select recording_id, print from stage_results
               where workspace_id = $1 and stage = $2 and ($3::uuid is null or recording_id = $3)""",
            self._workspace_id,
            Stage.SPEAKERS,
            recording_id,
        )
        for row in kept:  # one at a time: all of them may be more than fits into memory
            found = await self.recall(row["recording_id"], Stage.SPEAKERS, row["print"])
            if isinstance(found, Speakers):
                await self._connection.execute(
                    """update stage_results set result = $5
                       where workspace_id = $1 and recording_id = $2 and stage = $3 and print = $4""",
                    self._workspace_id,
                    row["recording_id"],
                    Stage.SPEAKERS,
                    row["print"],
                    packed(found.without_voices()),
                )
