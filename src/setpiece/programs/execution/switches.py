"""Kill switches: while one is on, nothing goes out of the workspace, or of one program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.programs.execution.waking import wake_all
from setpiece.programs.service import author_of
from setpiece.workspaces.audit import note
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Switch:
    """A kill switch that is on; without a program, it is that of the workspace."""

    program_id: UUID | None
    reason: str
    thrown_by: str
    thrown_at: datetime


async def throw(work: Work, program_id: UUID | None, reason: str) -> Switch:
    """Stop everything. When this has committed, nothing is begun to be sent any more. Needs a transaction."""
    await _hold(work)
    await work.connection.execute(
        """insert into program_switches (workspace_id, program_id, reason, thrown_by, thrown_at) values ($1, $2, $3, $4, $5)
           on conflict (workspace_id, program_id) do nothing""",
        work.workspace_id,
        program_id,
        reason,
        author_of(work),
        work.at,
    )
    await note(work, "playbook.stop", program_id or work.workspace_id)
    (found,) = [one for one in await thrown(work) if one.program_id == program_id]
    return found


async def reset(work: Work, program_id: UUID | None) -> bool:
    """Let what was stopped go on; False when it was not stopped. Needs a transaction."""
    gone = await work.connection.fetchval(
        """delete from program_switches where workspace_id = $1 and program_id is not distinct from $2 returning true""",
        work.workspace_id,
        program_id,
    )
    if gone:
        await note(work, "playbook.unstop", program_id or work.workspace_id)
        await wake_all(work, program_id)
    return bool(gone)


async def thrown(work: Work) -> Sequence[Switch]:
    """Every switch that is on, that of the workspace first."""
    rows = await work.connection.fetch(
        """select program_id, reason, thrown_by, thrown_at from program_switches where workspace_id = $1
           order by program_id nulls first""",
        work.workspace_id,
    )
    return [Switch(*row) for row in rows]


async def _hold(work: Work) -> None:
    """Whoever claims now is waited for; whoever claims later sees the switch. See `DispatchRepository.hold_program`."""
    await work.connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('program switch ' || $1::text, 0))",
        str(work.workspace_id),
    )
