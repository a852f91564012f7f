"""The last look before a message goes out: who must not be written to, who has answered, and whose account is not ours."""

from collections.abc import Sequence
from uuid import UUID

from setpiece.kernel.ids import show
from setpiece.programs.execution.model import MESSAGE_PREFIX, Message, MessageState
from setpiece.programs.leads.drawing import lost_accounts
from setpiece.programs.outcomes.answers import answered
from setpiece.programs.suppressions.model import Contact
from setpiece.programs.suppressions.service import find_suppressed
from setpiece.workspaces.work import Work

_ANSWERED = "They, or somebody of their account, have answered; nothing more is sent."

_LOST = "Another active playbook works this account now; nothing more is sent."


async def forbidden(work: Work, run_id: UUID, message: Message) -> str | None:
    """Why nothing may go to this lead any more, in a sentence; None when it may."""
    (why,) = await all_forbidden(work, run_id, [message])
    return why


async def all_forbidden(work: Work, run_id: UUID, messages: Sequence[Message]) -> list[str | None]:
    """The same for several, in their order."""
    contacts = [Contact(one.address or None, one.account_key) for one in messages]
    suppressed = await find_suppressed(work, contacts)
    lost = await lost_accounts(work, run_id, [one.account_key for one in messages])
    answers = await answered(work, run_id, [touch_id(one) for one in messages])
    found = [
        f"On the suppression list: {entry.kind} {entry.value} ({entry.reason})." if entry else None
        for entry in suppressed
    ]
    return [
        why or (_ANSWERED if touch_id(one) in answers else _LOST if one.account_key in lost else None)
        for why, one in zip(found, messages, strict=True)
    ]


def touch_id(message: Message) -> str:
    """The source id of the outcome that says that a message's lead was touched."""
    return f"{show(MESSAGE_PREFIX, message.id)}:touched"


def stopped(message: Message) -> MessageState:
    """What a message is when the last look forbids it: one of which something went stays sent."""
    return MessageState.SENT if message.step else MessageState.SUPPRESSED
