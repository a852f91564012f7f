"""From a message to the mail that carries one of its emails. Pure."""

from setpiece.kernel.ids import show
from setpiece.programs.execution.dispatch_repository import Dispatch
from setpiece.programs.execution.model import Message, OptOut, Plan
from setpiece.programs.replies.opt_out import opt_out_line
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
    imprint: str = "",
) -> Mail:
    """The email of this step, which follows the `first` one in its thread.

    Its id is made from the dispatch and ends with the host of `sender`, so it is the same whenever that is tried. `link` takes its reader
    off the list. `imprint` says who writes, at the end.
    """
    email = message.emails[dispatch.step - 1]
    subject = email.subject or f"Re: {message.emails[0].subject}"
    name = " ".join(filter(None, (message.person.get("firstName"), message.person.get("lastName"))))
    return Mail(
        _id(dispatch, sender),
        message.address,
        subject,
        _text(plan, email.body, link, imprint),
        name,
        plan.reply_to or "",
        _id(first, sender) if first else None,
        headers_of(link, plan.reply_to or sender),
    )


def _text(plan: Plan, body: str, link: str | None, imprint: str) -> str:
    ends = [opt_out_line(body, link) if plan.opt_out is OptOut.LINE else "", imprint.strip()]
    return "\n\n".join(part for part in (body.rstrip(), "\n".join(filter(None, ends))) if part)


def _id(dispatch: Dispatch, sender: str) -> str:
    return f"{show(_PREFIX, dispatch.id)}@{sender.rpartition('@')[2]}"
