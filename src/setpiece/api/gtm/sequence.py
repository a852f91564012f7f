"""The sequence agent's operations: run as in the contract; look at a run, export a run (ours)."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.agents.model import AGENT_PREFIX, EXPERIMENT_PREFIX
from setpiece.agents.run_repository import KeptRun
from setpiece.agents.sequence.run import SEQUENCE
from setpiece.agents.sequence.runs import emails_to_send, export_run, get_run
from setpiece.api.gtm import lenient
from setpiece.api.gtm.answers import BOOLEAN, META, Schema, array, maybe, obj, string, wrapped
from setpiece.api.gtm.envelope import data
from setpiece.api.gtm.running import run_operation
from setpiece.api.operation import Call, Operation
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.library.schemas import Sent
from setpiece.workspaces.model import Permission

_TAG = "Sequence agent"
_RUN = "/api/v2/agents/run"
_LONGEST_ID = 200


class RunQuery(BaseModel):
    requestId: str = Field(
        min_length=1, max_length=_LONGEST_ID, description="As answered in `_metadata.requestId`"
    )


class RunExport(Sent):
    requestId: str = Field(min_length=1, max_length=_LONGEST_ID)


_SECTIONS = obj(
    "*",
    greeting=string("Hi Example,"),
    opening=string("Messaging that is spread over four tools drifts from rep to rep."),
    body=string("Setpiece ties every claim to the library field it came from."),
    closing=string(""),
    cta=string("Worth a closer look?"),
    ps=string(""),
    signature=string(""),
)
_EMAIL = obj(
    "*",
    email=string("Hi Example,\n\nMessaging that is spread over four tools …\n\nWorth a closer look?"),
    subject=string("Messaging across four tools"),
    coreValueProp=string("Setpiece ties every claim to the library field it came from."),
    sections=_SECTIONS,
)
_MATCH: dict[str, Schema] = {
    "matchConfidence": maybe(string("HIGH", enum=["LOW", "MEDIUM", "HIGH"])),
    "matchAnalysis": maybe(
        string("“RevOps leader” fits because the job title is one of its common titles (“Head of RevOps”).")
    ),
}
_CHOSEN = obj(
    "oId name matchConfidence matchAnalysis",
    oId=string("pe_0AbCdEfGhIjKlMnOpQrStU"),
    name=string("RevOps leader"),
    **_MATCH,
)
_ANNOTATION = obj(
    "*", type=string("LIBRARY_FIELD"), title=string("persona “Head of RevOps”: painPoints[1]"),
    meta=maybe({"type": "object"}), description=string("Setpiece ties every claim to the library field it came from."),
    url=maybe(string("/api/v2/persona/get?oId=pe_0AbCdEfGhIjKlMnOpQrStU")),
)  # fmt: skip
_ANSWER = obj(
    "_metadata found",
    _metadata=META,
    found=BOOLEAN,
    message=maybe(string()),
    data=obj(
        "emails product playbook persona outputType annotations",
        emails=array(_EMAIL),
        product=_CHOSEN,
        playbook=maybe(_CHOSEN),
        persona=maybe(_CHOSEN),
        segment=maybe(_CHOSEN),
        outputType=string("SCOPED_PLAYBOOK"),
        annotations=obj("*", annotations=array(_ANNOTATION), metadata=maybe({"type": "object"})),
    ),
)
_EXAMPLE = {
    "firstName": "Example",
    "jobTitle": "Head of RevOps",
    "companyName": "Example Corp",
    "companyDomain": "example.com",
    "outputFormat": "text",
    "runtimeContext": {"all": "They are hiring three SDRs."},
    "runtimeInstructions": {"all": "under 80 words", "1": "no ps"},
}


def operations() -> Iterator[Operation]:
    yield run_operation(SEQUENCE, _ANSWER, _EXAMPLE)
    yield Operation(
        "GET", f"{_RUN}/get", get, Permission.READ, "See why a run chose and wrote what it did", _TAG,
        wrapped({"type": "object"}), query=RunQuery,
    )  # fmt: skip
    yield Operation(
        "POST", f"{_RUN}/export", export, Permission.WRITE, "Take a run's emails out to be sent", _TAG,
        wrapped({"type": "object"}), body=RunExport, lenient=lenient.given,
        description="Counts the emails as sent for the persona, once for each run.",
    )  # fmt: skip


async def get(call: Call[RunQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await get_run(work, call.query.requestId)
    return data(call, _shown(found))


async def export(call: Call[None, RunExport]) -> dict[str, Any]:
    async with call.transaction() as work:
        found = await export_run(work, call.body.requestId)
    return data(
        call,
        {
            "requestId": found.request_id,
            "exportedAt": show_if_any(found.exported_at),
            "emails": emails_to_send(found),
        },
    )


def _shown(found: KeptRun) -> dict[str, Any]:
    return {
        "requestId": found.request_id,
        "agentOId": show(AGENT_PREFIX, found.agent_id),
        "experimentOId": show(EXPERIMENT_PREFIX, found.experiment_id) if found.experiment_id else None,
        "assignment": found.assignment,
        "found": found.found,
        "input": found.input,
        "choice": found.choice,
        "output": found.output,
        "timingMs": found.timing,
        "usage": found.credits,
        "createdAt": show_instant(found.created_at),
        "exportedAt": show_if_any(found.exported_at),
    }
