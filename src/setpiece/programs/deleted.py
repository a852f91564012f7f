"""Programs that were deleted: nobody meets them any more, their owner can still take them out, and after a month they are gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from setpiece.jobs.chores import Broom
from setpiece.jobs.model import Chore
from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import parse
from setpiece.programs.model import Program, Run, Version
from setpiece.programs.repository import ProgramRepository
from setpiece.programs.run_repository import RunRepository
from setpiece.workspaces.directory import all_workspaces
from setpiece.workspaces.work import Work

KEPT_FOR = timedelta(days=30)
"""Long enough to notice that something is missing after a holiday; the API leaves it open (playbooks-v1, 2)."""
_EVERY_HOUR = "41 * * * *"  # any minute that no other chore has


@dataclass(frozen=True, slots=True)
class Deleted:
    """A program that was deleted at `at`."""

    program: Program
    at: datetime

    @property
    def gone_at(self) -> datetime:
        return self.at + KEPT_FOR


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of it: what it was, the oldest version first, and its runs."""

    deleted: Deleted
    versions: Sequence[Version]
    runs: Sequence[Run]


async def list_deleted(work: Work, before: UUID | None, most: int) -> tuple[Sequence[Deleted], bool]:
    """At most `most`, the newest programs first, and whether there are more."""
    found = await ProgramRepository(work.scope).deleted(before, most + 1)
    return [Deleted(*one) for one in found[:most]], len(found) > most


async def get_deleted(work: Work, shown_id: str) -> Kept:
    """Raises NotFound when no program of that id was deleted, or that was too long ago."""
    program_id = parse(shown_id)
    found = await ProgramRepository(work.scope).find_deleted(program_id) if program_id else None
    if found is None:
        raise NotFound(f"No playbook '{shown_id[:64]}' was deleted in the last {KEPT_FOR.days} days.")
    versions = await ProgramRepository(work.scope).versions(found[0].id, None, None)
    runs = await RunRepository(work.scope).of_program(found[0].id, None, None, is_ascending=True)
    return Kept(Deleted(*found), versions[::-1], runs)


def chores(broom: Broom) -> list[Chore]:
    """What a worker does now and then for this room."""
    return [Chore("deleted_programs", _EVERY_HOUR, partial(forget_deleted, broom))]


async def forget_deleted(broom: Broom) -> None:
    """Those that were deleted long ago, in all workspaces, with everything that refers to them."""
    for workspace in await all_workspaces(broom.owner):
        async with broom.tenants.bound(workspace.id) as scope:
            await ProgramRepository(scope).forget(broom.now() - KEPT_FOR)
