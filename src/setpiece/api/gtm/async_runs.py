"""`/api/v2/async/agent/run`: an agent's run that nobody waits for, its state, and who is told."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from setpiece.agents.async_runs import RUN_AGENT, queue_run, wanted_agent
from setpiece.agents.async_schemas import AsyncRun
from setpiece.agents.tasks import GENERATE_EMAILS
from setpiece.api.gtm import lenient
from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, Schema, maybe, obj, string, wrapped
from setpiece.api.gtm.background import QUEUED, acknowledge, state_of, state_schema
from setpiece.api.gtm.envelope import data
from setpiece.api.operation import Call, Operation, validate
from setpiece.events.secrets import signing_secret
from setpiece.jobs.model import Job, JobStatus, Submission
from setpiece.jobs.queue import fingerprint_of, get_job, report_on, submitted
from setpiece.kernel.clock import show_if_any
from setpiece.kernel.errors import Invalid
from setpiece.workspaces.model import Permission

_TAG = "Background runs"
STATUS = "/api/v2/async/agent/run/status"
_LONGEST_ID = 200
ONCE = (
    "The header `x-external-request-id` makes it safe to send the request again: the same id and body are answered with the "
    "same request, another body with 409."
)
_EXAMPLE = {
    "agentOId": "ca_0AbCdEfGhIjKlMnOpQrStU",
    "callbackUrl": "https://example.com/hooks/setpiece",
    "firstName": "Example",
    "jobTitle": "Head of RevOps",
    "companyName": "Example Corp",
    "companyDomain": "example.com",
}
_RESULT = obj(
    "found message data usage",
    found=BOOLEAN,
    message=string("3 emails written."),
    data=maybe({"type": "object", "description": "As the agent's own run answers"}),
    usage=INTEGER,
    runRequestId=string("asyncReqID_0AbCdEfGhIjKlMnOpQrStU"),
)
_CALLBACK = maybe(
    obj(
        "*",
        url=string("https://example.com/hooks/setpiece"),
        status=string("delivered", enum=["waiting", "pending", "delivered", "failed", "none"]),
        attempts=INTEGER,
        deliveredAt=maybe(INSTANT),
        lastError=maybe(string("example.com answered with status 503.")),
    )
)
QUEUED_RUN: Schema = QUEUED | {
    "properties": QUEUED["properties"] | {"agentOId": string("ca_0AbCdEfGhIjKlMnOpQrStU")}
}


class RunStatusQuery(BaseModel):
    """Either spelling of the id."""

    model_config = ConfigDict(extra="ignore")

    requestId: str | None = Field(
        None,
        min_length=1,
        max_length=_LONGEST_ID,
        description="As answered when the run was asked for",
        examples=["asyncReqID_0AbCdEfGhIjKlMnOpQrStU"],
    )
    agentRunOId: str | None = Field(
        None, min_length=1, max_length=_LONGEST_ID, description="Another name of requestId"
    )

    @model_validator(mode="after")
    def _one(self) -> "RunStatusQuery":
        if not (self.requestId or self.agentRunOId):
            raise ValueError("needs 'requestId'")
        return self


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/api/v2/async/agent/run", run, Permission.WRITE, "Run an agent in the background", _TAG, QUEUED_RUN,
        body=AsyncRun, lenient=lenient.person, example=_EXAMPLE, also_at=[("POST", "/api/v2/async/agents/run")],
        description="The fields of the agent's own run stand beside `agentOId`, or under `inputs`; they are checked now. " + ONCE,
    )  # fmt: skip
    yield Operation(
        "GET", STATUS, status, Permission.READ, "See how a run fares that was asked for in the background", _TAG,
        wrapped(state_schema(_RESULT, callback=_CALLBACK)), query=RunStatusQuery,
    )  # fmt: skip
    yield Operation(
        "GET", "/api/v2/webhook/secret", secret, Permission.ADMINISTER, "See what callbacks are signed with", _TAG,
        wrapped(obj("*", secret=maybe(string("whsec_ZXhhbXBsZSBleGFtcGxlIGV4YW1wbGU=")), source=string("workspace", enum=["installation", "workspace"]))),
        description="Standard Webhooks, HMAC-SHA256. A secret of the whole installation is not shown.",
    )  # fmt: skip


async def secret(call: Call[None, None]) -> dict[str, Any]:
    if call.services.webhook_secret is not None:
        return data(call, {"secret": None, "source": "installation"})
    async with call.bound() as work:
        found = await signing_secret(work.scope, None)
    return data(call, {"secret": found, "source": "workspace"})


async def run(call: Call[None, AsyncRun]) -> dict[str, Any]:
    submission = submission_of(call, RUN_AGENT)
    async with call.transaction() as work:
        job = await submitted(work, submission)
        if job is None:
            wanted = await wanted_agent(work, call.body)
            request = validate(wanted.request, call.body.fields, call.warnings)
            job = await queue_run(work, wanted, request, submission)
    return acknowledge(call, job, STATUS) | {"agentOId": job.payload["agentOId"]}


async def status(call: Call[RunStatusQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        job = await get_job(
            work, call.query.requestId or call.query.agentRunOId or "", RUN_AGENT, GENERATE_EMAILS
        )
        report = await report_on(work, job)
    return data(call, state_of(job) | {"callback": _callback(job, report)})


def submission_of(call: Call[Any, Any], kind: str) -> Submission:
    """What the client said besides what is to be done.

    Raises:
        Invalid: its id of the request cannot be kept, or the callback's URL may not be called.
    """
    external = call.request.headers.get("x-external-request-id", "").strip()
    if len(external) > _LONGEST_ID or not external.isprintable():
        raise Invalid(
            f"The header 'x-external-request-id' must have at most {_LONGEST_ID} printable characters."
        )
    url = call.body.callbackUrl
    if url:
        call.services.webhooks.check(url)
    asked = call.body.model_dump(mode="json", exclude_unset=True)
    return Submission(external or None, fingerprint_of(kind, asked), url)


_DELIVERY = {
    JobStatus.QUEUED: "pending",
    JobStatus.RUNNING: "pending",
    JobStatus.SUCCEEDED: "delivered",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELED: "failed",
}


def _callback(job: Job, report: Job | None) -> dict[str, Any] | None:
    """How the delivery fares; None when nobody is told."""
    if job.callback_url is None:
        return None
    delivered = report is not None and report.status is JobStatus.SUCCEEDED
    return {
        "url": job.callback_url,
        "status": _DELIVERY[report.status] if report else _before(job),
        "attempts": report.attempts if report else 0,
        "deliveredAt": show_if_any(report.finished_at) if report and delivered else None,
        "lastError": report.error if report else None,
    }


def _before(job: Job) -> str:
    """Of a callback that nobody has tried: a canceled job never makes one."""
    return "none" if job.status is JobStatus.CANCELED else "waiting"
