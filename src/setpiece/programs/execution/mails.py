"""From a message to the mail that carries one of its emails. Pure."""

from setpiece.kernel.ids import show
from setpiece.programs.execution.dispatch_repository import Dispatch
from setpiece.programs.execution.model import Message, Plan
from setpiece.programs.replies.unsubscribe_links import headers_of
from setpiece.providers.mail.port import Mail

_PREFIX = "pmail"


def mail_of(
    plan: Plan,
    message: Message,
    dispatch: Dispatch,
    first: Dispatch | None,
    sender: str,
    link: str | None = None,
) -> Mail:
    """The email of this step, which follows the `first` one in its thread.

    Its id is made from the dispatch and ends with the host of `sender`, so it is the same whenever that is tried. `link` takes its reader
    off the list.
    """
    email = message.emails[dispatch.step - 1]
    subject = email.subject or f"Re: {message.emails[0].subject}"
    name = " ".join(filter(None, (message.person.get("firstName"), message.person.get("lastName"))))
    return Mail(
        _id(dispatch, sender),
        message.address,
        subject,
        email.body,
        name,
        plan.reply_to or "",
        _id(first, sender) if first else None,
        headers_of(link, plan.reply_to or sender),
    )


def _id(dispatch: Dispatch, sender: str) -> str:
    return f"{show(_PREFIX, dispatch.id)}@{sender.rpartition('@')[2]}"
