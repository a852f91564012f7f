"""`/api/v2/headless/generate-emails`: emails without a library and without a saved agent, at once or in the background."""

from collections.abc import Iterator
from typing import Any

from setpiece.agents.async_runs import queue_run, wanted_agent
from setpiece.agents.async_schemas import AsyncRun
from setpiece.agents.headless.run import generate_emails
from setpiece.agents.headless.schemas import AsyncHeadlessRun, HeadlessRun
from setpiece.agents.tasks import GENERATE_EMAILS, queue_emails
from setpiece.api.gtm import lenient
from setpiece.api.gtm.answers import BOOLEAN, INTEGER, META, array, maybe, obj, string
from setpiece.api.gtm.async_runs import ONCE, QUEUED_RUN, STATUS, submission_of
from setpiece.api.gtm.background import acknowledge
from setpiece.api.gtm.running import answered, traced
from setpiece.api.gtm.sequence import ANNOTATIONS, EMAIL
from setpiece.api.operation import Call, Operation, validate
from setpiece.jobs.model import Job, Submission
from setpiece.jobs.queue import submitted
from setpiece.workspaces.model import Permission
from setpiece.workspaces.work import Work

_TAG = "Headless"
_EXAMPLE: dict[str, Any] = {
    "sequence": {"steps": 3, "length": "SHORT", "primaryGoal": "INITIATE_CONVERSATION"},
    "offering": {
        "url": "https://example.com/product",
        "name": "Example product",
        "customerBenefits": ["The first draft takes a minute"],
    },
    "recipient": {
        "firstName": "Example",
        "jobTitle": "Head of RevOps",
        "companyName": "Example Corp",
        "companyDomain": "example.com",
        "painPoints": ["Nobody can say where a claim comes from"],
    },
}
_PLAN = obj(
    "dryRun emails wouldUse",
    dryRun=BOOLEAN,
    choice={"type": "object"},
    emails=array(obj("*", step=INTEGER, facts=array({"type": "object"}))),
    wouldUse=INTEGER,
)
_ANSWER = obj(
    "_metadata found",
    _metadata=META,
    found=BOOLEAN,
    message=maybe(string()),
    data={"anyOf": [obj("emails annotations", emails=array(EMAIL), annotations=ANNOTATIONS), _PLAN]},
)


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/api/v2/headless/generate-emails", generate, Permission.WRITE,
        "Write emails from a request and the offering's page", _TAG, _ANSWER,
        body=HeadlessRun, lenient=lenient.person, example=_EXAMPLE,
        description="Facts come from the request and from the page at `offering.url` alone, and each claim names its source. A page that "
        "cannot be read is said in `message`. With `dryRun`, `data` is the plan.",
    )  # fmt: skip
    yield Operation(
        "POST", "/api/v2/async/headless/generate-emails", generate_later, Permission.WRITE,
        "Write emails from a request in the background", _TAG, QUEUED_RUN,
        body=AsyncHeadlessRun, lenient=lenient.person,
        example={**_EXAMPLE, "callbackUrl": "https://example.com/hooks/setpiece"},
        description=f"Its state is at `{STATUS}`. {ONCE}",
    )  # fmt: skip


async def generate(call: Call[None, HeadlessRun]) -> dict[str, Any]:
    request_id = traced(call) or call.request_id
    answer = await generate_emails(call.body, request_id, call.bound, call.services.tools)
    return answered(call, answer)


async def generate_later(call: Call[None, AsyncHeadlessRun]) -> dict[str, Any]:
    submission = submission_of(call, GENERATE_EMAILS)
    async with call.transaction() as work:
        job = await submitted(work, submission)
        if job is None and call.body.agentOId:
            job = await _run_agent(call, work, submission)
        elif job is None:
            request = validate(HeadlessRun, call.body.fields, call.warnings)
            job = await queue_emails(work, request, submission)
    return acknowledge(call, job, STATUS) | _agent_of(job)


async def _run_agent(call: Call[None, AsyncHeadlessRun], work: Work, submission: Submission) -> Job:
    """The older form of the request: a saved agent, and its fields under `inputs`."""
    body = validate(AsyncRun, call.body.fields, call.warnings)
    wanted = await wanted_agent(work, body)
    request = validate(wanted.request, body.fields, call.warnings)
    return await queue_run(work, wanted, request, submission)


def _agent_of(job: Job) -> dict[str, Any]:
    return {"agentOId": job.payload["agentOId"]} if "agentOId" in job.payload else {}
