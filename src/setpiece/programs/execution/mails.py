"""From a message to the mail that carries one of its emails. Pure."""

from collections.abc import Mapping

from setpiece.kernel.ids import show
from setpiece.programs.execution.dispatch_repository import Dispatch
from setpiece.programs.execution.model import Message, Plan
from setpiece.providers.mail.port import Mail

_PREFIX = "pmail"


def mail_of(
    plan: Plan,
    message: Message,
    dispatch: Dispatch,
    first: Dispatch | None,
    host: str,
    headers: Mapping[str, str] | None = None,
) -> Mail:
    """The email of this step, which follows the `first` one in its thread.

    Its id is made from the dispatch and ends with `host`, so it is the same whenever that is tried. `headers` are for the way out:
    `List-Unsubscribe`.
    """
    email = message.emails[dispatch.step - 1]
    subject = email.subject or f"Re: {message.emails[0].subject}"
    name = " ".join(filter(None, (message.person.get("firstName"), message.person.get("lastName"))))
    return Mail(
        _id(dispatch, host),
        message.address,
        subject,
        email.body,
        name,
        plan.reply_to or "",
        _id(first, host) if first else None,
        headers or {},
    )


def _id(dispatch: Dispatch, host: str) -> str:
    return f"{show(_PREFIX, dispatch.id)}@{host}"
