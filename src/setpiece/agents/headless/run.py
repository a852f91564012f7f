"""Write emails from a request alone, and keep what was written."""

from typing import Any

from setpiece.agents.headless.facts import brief_of
from setpiece.agents.headless.schemas import HeadlessRun
from setpiece.agents.model import AgentType, credits_for
from setpiece.agents.running import Answer, Done, Outcome, Timing, Tools, keep
from setpiece.agents.sequence.answer import annotations, email_record, plan_for
from setpiece.agents.sequence.writer import Draft, write
from setpiece.kernel.errors import SetpieceError
from setpiece.providers.web.page import PageReader, WebPage
from setpiece.workspaces.work import OpenWork

_NO_FACTS = (
    "There is no fact to write from: send offering.customerBenefits, offering.capabilities or recipient.painPoints, "
    "or the URL of a page that says what the offering does."
)


async def generate_emails(
    request: HeadlessRun, request_id: str, open_work: OpenWork, tools: Tools, done: Done | None = None
) -> Answer:
    """Write the emails; the run is kept like any other, without an agent. No row is touched while the page is read."""
    timing = Timing()
    with timing.stage("page"):
        page, problem = await _read(tools.page_reader, request.offering.url)
    with timing.stage("write"):
        draft = write(brief_of(request, page))
    outcome = _outcome(request, page, draft, problem)
    charged = outcome.data is not None and not request.dryRun
    answer = Answer(request.requestId or request_id, outcome, credits_for(AgentType.EMAIL) if charged else 0)
    await keep(open_work, request, answer, timing, done=done)
    return answer


async def _read(reader: PageReader, url: str) -> tuple[WebPage | None, str]:
    """The page, or why there is none: the emails are written from what was given then."""
    try:
        return await reader.read(url), ""
    except SetpieceError as error:
        return None, f"The offering's page was not read: {error.message}"


def _outcome(request: HeadlessRun, page: WebPage | None, draft: Draft, problem: str) -> Outcome:
    told = " ".join(filter(None, _messages(draft, problem)))
    record: dict[str, Any] = {"page": page.final_url if page else None}
    if not draft.emails:
        return Outcome(told, choice=record)
    if request.dryRun:
        return Outcome(told, plan_for(record, draft.emails, would_use=credits_for(AgentType.EMAIL)), record)
    data = {
        "emails": [email_record(email, request.sequence.outputFormat) for email in draft.emails],
        "annotations": annotations(draft.emails, full=request.includeFullAnnotation),
    }
    return Outcome(told, data, record, email_count=len(draft.emails))


def _messages(draft: Draft, problem: str) -> list[str]:
    """What the reader of the answer should know: what was missing, what was not done."""
    count = len(draft.emails)
    said = [
        f"{count} email{'' if count == 1 else 's'} written." if count else "Nothing was written.",
        problem,
    ]
    if not count:
        return [*said, _NO_FACTS]
    return [*said, *draft.notes]
