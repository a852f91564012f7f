"""Jobs of the agents: queued by a front door, done by a worker. Load, one call, done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from setpiece.agents.async_runs import RUN_AGENT, ending, run_queued
from setpiece.agents.headless.run import generate_emails
from setpiece.agents.headless.schemas import HeadlessRun
from setpiece.agents.playbook_creation import create, read_sources
from setpiece.agents.running import Tools
from setpiece.jobs.model import JOB_PREFIX, Handler, Job, Submission
from setpiece.jobs.queue import enqueue, submit, succeed
from setpiece.jobs.work import work_for
from setpiece.kernel.ids import show
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.schemas import PlaybookCreate
from setpiece.library.playbooks.service import plan
from setpiece.storage.database import Database
from setpiece.workspaces.work import Work

CREATE_PLAYBOOK = "create_playbook"
GENERATE_EMAILS = "generate_emails"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the jobs of this room work with."""

    database: Database
    tools: Tools
    now: Callable[[], datetime]


def handlers(desk: Desk) -> Mapping[str, Handler]:
    """The handler of each kind of job."""
    return {
        CREATE_PLAYBOOK: partial(create_playbook, desk),
        RUN_AGENT: partial(run_in_background, desk),
        GENERATE_EMAILS: partial(generate_in_background, desk),
    }


async def run_in_background(desk: Desk, job: Job) -> None:
    await run_queued(job, work_for(desk.database, job, desk.now), desk.tools)


async def generate_in_background(desk: Desk, job: Job) -> None:
    request = HeadlessRun.model_validate(job.payload["request"])
    request_id = show(JOB_PREFIX, job.id)
    await generate_emails(
        request, request_id, work_for(desk.database, job, desk.now), desk.tools, ending(job)
    )


async def queue_emails(work: Work, request: HeadlessRun, submission: Submission) -> Job:
    """Have emails written in the background, from the request alone."""
    payload = {"request": request.model_dump(mode="json", exclude_unset=True)}
    return await submit(work, GENERATE_EMAILS, payload, submission)


async def queue_playbook(work: Work, body: PlaybookCreate, request_id: str) -> Job:
    """Have a playbook created in the background; what can be said to be wrong now is said now.

    Raises:
        Invalid: an id is not one of this workspace's of the kind that is asked for, or no offering is named.
    """
    await plan(work, body)
    payload = body.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"in_background"})
    return await enqueue(work, CREATE_PLAYBOOK, payload, request_id=request_id)


async def create_playbook(desk: Desk, job: Job) -> None:
    """Create a playbook; the job's result names it.

    Raises:
        Invalid: something the request names is gone meanwhile, or is not a public text page.
        Unavailable: a page or the database does not answer.
    """
    body = PlaybookCreate.model_validate(job.payload)
    sources = await read_sources(desk.tools.page_reader, body)
    async with desk.database.transaction(job.workspace_id) as scope:
        created = await create(Work(scope, job.author, desk.now()), body, sources)
        await succeed(scope, job, {"playbookOId": show(PLAYBOOK.prefix, created.found.playbook.id)})
