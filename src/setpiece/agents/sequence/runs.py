"""Use cases on runs that were kept."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from setpiece.agents.run_repository import KeptRun, RunRepository
from setpiece.kernel.errors import Conflict, NotFound
from setpiece.workspaces.work import Work


async def get_run(work: Work, request_id: str) -> KeptRun:
    """The newest run of that request id. Raises NotFound when there is none."""
    return await _found(work, request_id)


async def export_run(work: Work, request_id: str) -> KeptRun:
    """Take the emails out to be sent: they count as sent for the persona, once however often this is called.

    Raises:
        NotFound: there is no such run.
        Conflict: the run wrote no emails.
    """
    run = await _found(work, request_id, lock=True)
    if not run.email_count:
        raise Conflict(f"Run '{request_id[:64]}' wrote no emails: {run.output['message']}")
    await RunRepository(work.scope).mark_exported(run, work.at)
    return replace(run, exported_at=run.exported_at or work.at)


async def export_runs(work: Work, request_ids: Sequence[str]) -> list[KeptRun]:
    """Several runs at once, in that order; all of them or none.

    Raises:
        NotFound, Conflict: as for one; the message names it.
    """
    return [await export_run(work, request_id) for request_id in dict.fromkeys(request_ids)]


def emails_to_send(run: KeptRun) -> list[dict[str, Any]]:
    """The emails of a run that wrote some, as a sending tool takes them."""
    return [
        {"step": step, "to": run.person.get("email"), "subject": email["subject"], "body": email["email"]}
        for step, email in enumerate(run.output["data"]["emails"], start=1)
    ]


async def _found(work: Work, request_id: str, *, lock: bool = False) -> KeptRun:
    run = await RunRepository(work.scope).newest(request_id, lock=lock)
    if run is None:
        raise NotFound(f"There is no run with the request id '{request_id[:64]}' in this workspace.")
    return run
