"""Runs in the background: asked for in the request's transaction, done by a worker, kept together with the job's end."""

from typing import Any
from uuid import UUID

from setpiece.agents.async_schemas import AsyncRun
from setpiece.agents.catalog import runnable
from setpiece.agents.identity import identify
from setpiece.agents.model import AGENT_PREFIX, AgentType
from setpiece.agents.repository import AgentRepository
from setpiece.agents.run_schemas import RunFields
from setpiece.agents.running import Answer, Assigned, Done, Runnable, Tools, assign_agent, run_agent
from setpiece.agents.service import get_agent
from setpiece.jobs.model import JOB_PREFIX, Job, Submission
from setpiece.jobs.queue import submit, succeed
from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import parse, show
from setpiece.workspaces.work import OpenWork, Work

RUN_AGENT = "run_agent"


async def wanted_agent(work: Work, body: AsyncRun) -> Runnable[Any]:
    """What is to run, by the type of the agent or experiment that is named.

    Raises:
        NotFound: there is no such agent or experiment.
        Invalid: agents of that type cannot run here.
    """
    if body.agentOId:
        return runnable((await get_agent(work, body.agentOId)).type)
    return runnable(await _type_of_experiment(work, body.experimentOId or ""))


async def queue_run(work: Work, wanted: Runnable[Any], request: RunFields, submission: Submission) -> Job:
    """Have an agent run in the background; an experiment's choice is made now, so that it can be told.

    Raises:
        NotFound, Invalid: as for a run that is waited for.
        Conflict: something else was asked for under the same external id at this moment.
    """
    assigned = await assign_agent(work, wanted.kind, request, identify(request))
    payload = {
        "type": wanted.kind,
        "request": request.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "agentOId": show(AGENT_PREFIX, assigned.agent.id),
        "experiment": str(assigned.experiment_id) if assigned.experiment_id else None,
        "assignment": dict(assigned.how) if assigned.how else None,
    }
    return await submit(work, RUN_AGENT, payload, submission)


async def run_queued(job: Job, open_work: OpenWork, tools: Tools) -> None:
    """Run the agent that was chosen; the run is kept under the job's id unless the request has one of its own.

    `open_work` opens a transaction each time, so that the run and the job's end are kept together.

    Raises:
        NotFound, Invalid: something the request names is gone meanwhile.
        Unavailable: a page, a model or the database does not answer.
    """
    told, wanted = job.payload, runnable(AgentType(job.payload["type"]))
    async with open_work() as work:
        agent = await get_agent(work, told["agentOId"])
    experiment = told["experiment"]
    assigned = Assigned(agent, UUID(experiment) if experiment else None, told["assignment"])
    await run_agent(
        wanted,
        wanted.request.model_validate(told["request"]),
        show(JOB_PREFIX, job.id),
        open_work,
        tools,
        assigned=assigned,
        done=ending(job),
    )


def ending(job: Job) -> Done:
    """Ends the job with the answer of its run."""

    async def end(work: Work, answer: Answer) -> None:
        outcome = answer.outcome
        result = {"found": outcome.data is not None, "message": outcome.message, "data": outcome.data}
        await succeed(work.scope, job, result | {"usage": answer.credits, "runRequestId": answer.request_id})

    return end


async def _type_of_experiment(work: Work, oid: str) -> AgentType:
    experiment_id = parse(oid)
    found = await AgentRepository(work.scope).experiment(experiment_id) if experiment_id else None
    if found is None:
        raise NotFound(f"There is no experiment '{oid[:64]}' in this workspace.")
    return found.agent_type
