"""`/api/v2/agents/<agent>/run`: the one road of every agent's run."""

from typing import Any

from setpiece.agents.running import Answer, Runnable, run_agent
from setpiece.api.gtm import lenient
from setpiece.api.gtm.answers import Schema
from setpiece.api.gtm.envelope import run
from setpiece.api.operation import Call, Handler, Operation
from setpiece.workspaces.model import Permission

_LONGEST_ID = 200


def run_operation(runnable: Runnable[Any], answer: Schema, example: dict[str, Any]) -> Operation:
    """The operation that runs an agent; `answer` is the JSON Schema of its 200."""
    return Operation(
        "POST",
        f"/api/v2/agents/{runnable.path}/run",
        _handler(runnable),
        Permission.WRITE,
        runnable.summary,
        "Agent runs",
        answer,
        body=runnable.request,
        lenient=lenient.person,
        example=example,
        description="Answers 200 with `found: false` and a message when there is nobody or nothing to answer about. "
        "With `dryRun`, `data` is the plan.",
    )


def _handler(runnable: Runnable[Any]) -> Handler:
    async def handle(call: Call[None, Any]) -> dict[str, Any]:
        request_id = traced(call) or call.request_id
        answer = await run_agent(runnable, call.body, request_id, call.bound, call.services.tools)
        return answered(call, answer)

    return handle


def answered(call: Call[Any, Any], answer: Answer) -> dict[str, Any]:
    outcome = answer.outcome
    return run(call, outcome.data, outcome.message, usage=answer.credits, request_id=answer.request_id)


def traced(call: Call[Any, Any]) -> str:
    """The client's own id of the request, where it can be shown again."""
    told = call.request.headers.get("x-external-request-id", "")[:_LONGEST_ID]
    return told if told.isprintable() else ""
