"""What an agent keeps of a person who was erased while it wrote to them is taken away, too."""

import structlog

from setpiece.programs.execution.shift import Desk

log = structlog.get_logger(__name__)


async def forget_strays(desk: Desk) -> None:
    """In all workspaces. Erasing a person notes the requests that may still be written (`program_forgotten`), for a day."""
    async with desk.owner.unbound() as connection:
        rows = await connection.fetch("select distinct workspace_id from program_forgotten")
    for (workspace_id,) in map(tuple, rows):
        try:
            async with desk.tenants.transaction(workspace_id) as scope:
                await scope.connection.execute("select forget_strays()")
        except Exception:  # of one workspace, at no other's cost
            log.exception("strays_not_forgotten", workspace_id=str(workspace_id))
