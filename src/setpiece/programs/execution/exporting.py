"""Approved messages are taken out as a file, each once; a file that was taken can be read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.agents.sequence.exports import Ready, ReadyEmail
from setpiece.kernel.errors import Conflict, NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.programs.execution.dispatch_repository import DispatchRepository
from setpiece.programs.execution.ending import end_if_over
from setpiece.programs.execution.export_repository import Export, ExportRepository
from setpiece.programs.execution.last_look import all_forbidden, stopped
from setpiece.programs.execution.message_repository import MessageRepository
from setpiece.programs.execution.model import EXPORT_PREFIX, SENTENCES, Channel, Message, MessageState
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.execution.runs import get_executed
from setpiece.programs.execution.touching import note_touch
from setpiece.programs.model import Run
from setpiece.programs.service import author_of, fingerprint
from setpiece.workspaces.receipts import Receipt, claim
from setpiece.workspaces.work import Work

MOST = 5000
"""Messages of one export: as many as a run has leads."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An export with its messages, in the order of the draw."""

    export: Export
    ready: Sequence[Ready]


async def export_approved(
    work: Work, shown_program: str, shown_run: str, form: str, *, key: str | None = None
) -> Taken:
    """Take every approved message that may go, as far as the daily cap allows; they count as sent. Needs a transaction.

    Under an idempotency key that was used before, the same export.

    Raises:
        NotFound: there is no such run.
        Conflict: the run sends by itself, something holds it, or nothing is approved.
    """
    run = await get_executed(work, shown_program, shown_run)
    export_id = new_uuid()
    if key:
        receipt = Receipt(export_id, fingerprint({"format": form}))
        if before := await claim(work, f"POST {shown_run}/export", key, receipt):
            before.require(receipt.fingerprint)
            return await _read(work, run, before.subject_id)
    messages = await _take(work, run)
    export = Export(export_id, run.id, form, len(messages), author_of(work), work.at)
    ids = [one.id for one in messages]
    await ExportRepository(work.scope).insert(export)
    await DispatchRepository(work.scope).give_out(run.program_id, run.id, ids, work.at, export_id=export.id)
    await MessageRepository(work.scope).move(ids, MessageState.EXPORTED, work.at)
    await note_touch(work, run, messages, work.at)
    await end_if_over(work, run)
    return Taken(export, [ready_of(one) for one in messages])


async def read_export(work: Work, shown_program: str, shown_run: str, shown_export: str) -> Taken:
    """An export that was made, as it was made.

    Raises:
        NotFound: there is no such run or export.
    """
    run = await get_executed(work, shown_program, shown_run)
    export_id = parse(shown_export)
    if export_id is None:
        raise _unknown(shown_export)
    return await _read(work, run, export_id)


async def list_exports(work: Work, shown_program: str, shown_run: str) -> Sequence[Export]:
    """The newest first."""
    run = await get_executed(work, shown_program, shown_run)
    return await ExportRepository(work.scope).of_run(run.id)


def ready_of(message: Message) -> Ready:
    """A message as the writers of files take it."""
    emails = [ReadyEmail(one.subject, one.body) for one in message.emails]
    return Ready(message.request_id, message.person, emails, message.chosen)


async def _read(work: Work, run: Run, export_id: UUID) -> Taken:
    repository = ExportRepository(work.scope)
    export = await repository.find(run.id, export_id)
    if export is None:
        raise _unknown(show(EXPORT_PREFIX, export_id))
    return Taken(export, [ready_of(one) for one in await repository.messages(export.id)])


async def _take(work: Work, run: Run) -> list[Message]:
    """The messages that go now, held until the transaction ends."""
    executions = ExecutionRepository(work.scope)
    await executions.hold(run.id)
    await DispatchRepository(work.scope).hold_program(run.program_id)
    stand = await executions.stand(run.id, work.at)
    assert stand is not None
    channel = stand.execution.plan.channel
    if channel is not Channel.EXPORT:
        raise Conflict(
            f"The messages of this run go out by {channel}; it has no exports.", code="not_exported"
        )
    if holds := stand.holds_sending():
        raise Conflict(" ".join(SENTENCES[one] for one in holds), code=holds[0])
    messages = await _allowed(work, run.id, MOST if stand.left_today is None else stand.left_today)
    if not messages:
        raise Conflict("No approved message is left to take; approve some first.", code="nothing_approved")
    return messages


def _unknown(shown_export: str) -> NotFound:
    return NotFound(f"The run has no export '{shown_export[:64]}'.")


async def _allowed(work: Work, run_id: UUID, most: int) -> list[Message]:
    """Approved messages that the last look lets go; the others are not approved any more."""
    repository = MessageRepository(work.scope)
    found = await repository.approved(run_id, min(most, MOST))
    told = await all_forbidden(work, run_id, found)
    for message, why in zip(found, told, strict=True):
        if why:
            await repository.move([message.id], stopped(message), work.at, reason=why)
    return [message for message, why in zip(found, told, strict=True) if why is None]
