"""Approved messages are handed to a webhook endpoint: one signed event for each lead, on the road of every other event."""

from typing import Any
from uuid import UUID

from setpiece.events.delivery_repository import DeliveryRepository
from setpiece.events.model import PROGRAM_MESSAGE, Event
from setpiece.kernel.ids import new_uuid, show
from setpiece.programs.execution.dispatch_repository import DispatchRepository
from setpiece.programs.execution.last_look import forbidden, stopped
from setpiece.programs.execution.message_repository import MessageRepository
from setpiece.programs.execution.model import MESSAGE_PREFIX, Message, MessageState, Stand
from setpiece.programs.execution.shift import Shift
from setpiece.programs.execution.touching import note_touch
from setpiece.programs.leads.model import LEAD_PREFIX
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX
from setpiece.workspaces.work import Work


async def hand_next(shift: Shift) -> bool:
    """Hand over the message whose turn it is; False when there is none, or something holds the run.

    Event, delivery, dispatch and first touch are one transaction: there is nothing to be uncertain of.
    """
    async with shift.held(to_send=True) as (work, stand):
        if stand.holds_sending():
            return False
        messages = MessageRepository(work.scope)
        message = await messages.next_to_go(shift.run.id, work.at)
        if message is None:
            return False
        if why := await forbidden(work, shift.run.id, message):
            await messages.move([message.id], stopped(message), work.at, reason=why)
        else:
            await _hand_over(work, shift, stand, message)
    return True


async def _hand_over(work: Work, shift: Shift, stand: Stand, message: Message) -> None:
    event = Event(
        new_uuid(), PROGRAM_MESSAGE, told_of(shift, message, await shift.way_out(work, message)), work.at
    )
    endpoint_id = stand.execution.plan.endpoint_id
    assert endpoint_id is not None
    await DeliveryRepository(work.scope).tell_endpoint(UUID(endpoint_id), event)
    await DispatchRepository(work.scope).give_out(
        shift.run.program_id, shift.run.id, [message.id], work.at, event_id=event.id
    )
    await MessageRepository(work.scope).move(
        [message.id], MessageState.HANDED_OVER, work.at, step=len(message.emails)
    )
    await note_touch(work, shift.run, [message], work.at)


def told_of(shift: Shift, message: Message, way_out: str | None) -> dict[str, Any]:
    """What the receiver is told: whom to write to, and what."""
    return {
        "playbookId": show(PROGRAM_PREFIX, shift.run.program_id),
        "runId": show(RUN_PREFIX, shift.run.id),
        "messageId": show(MESSAGE_PREFIX, message.id),
        "leadId": show(LEAD_PREFIX, message.lead_id),
        "accountId": message.account_key,
        "lead": dict(message.person),
        "emails": [{"subject": one.subject, "body": one.body} for one in message.emails],
        "chosen": dict(message.chosen),
    } | ({"unsubscribeUrl": way_out} if way_out else {})
