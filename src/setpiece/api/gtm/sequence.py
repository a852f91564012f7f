"""The sequence agent's operations: run as in the contract; look at a run, export a run (ours)."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator
from starlette.responses import Response

from setpiece.agents.model import AGENT_PREFIX, EXPERIMENT_PREFIX
from setpiece.agents.run_repository import KeptRun
from setpiece.agents.sequence.exports import TABLES, as_csv, as_drafts, ready_from
from setpiece.agents.sequence.run import SEQUENCE
from setpiece.agents.sequence.runs import emails_to_send, export_runs, get_run
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


RequestId = Annotated[str, Field(min_length=1, max_length=_LONGEST_ID)]


class RunExport(Sent):
    requestId: RequestId | None = Field(None, description="The run, as answered in `_metadata.requestId`")
    requestIds: Annotated[list[RequestId], Field(max_length=1000)] | None = Field(
        None, description="Several runs instead of one"
    )
    format: Literal["json", "csv", "smartlead", "instantly", "lemlist", "hubspot", "mime"] = Field(
        "json", description="A CSV for one of the tools, or `mime`: a zip archive of drafts"
    )

    @model_validator(mode="after")
    def _some(self) -> "RunExport":
        if not self.requestId and not self.requestIds:
            raise ValueError("needs 'requestId' or 'requestIds'")
        return self

    @property
    def wanted(self) -> list[str]:
        return [*([self.requestId] if self.requestId else []), *(self.requestIds or [])]


_CSV, _ZIP = "text/csv", "application/zip"
_FILES: dict[str, Schema] = {
    _CSV: string("email,first_name\r\nperson@example.com,Example\r\n"),
    _ZIP: string(format="binary"),
}
_SECTIONS = obj(
    "*",
    greeting=string("Hi Example,"),
    opening=string("Messaging that is spread over four tools drifts from rep to rep."),
    body=string("Setpiece ties every claim to the library field it came from."),
    closing=string(""),
    cta=string("Worth a closer look?"),
    signature=string(""),
    ps=string(""),
)
EMAIL = obj(
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
ANNOTATIONS = obj("*", annotations=array(_ANNOTATION), metadata=maybe({"type": "object"}))
_ANSWER = obj(
    "_metadata found",
    _metadata=META,
    found=BOOLEAN,
    message=maybe(string()),
    data=obj(
        "emails product playbook persona outputType annotations",
        emails=array(EMAIL),
        product=_CHOSEN,
        playbook=maybe(_CHOSEN),
        persona=maybe(_CHOSEN),
        segment=maybe(_CHOSEN),
        outputType=string("SCOPED_PLAYBOOK"),
        annotations=ANNOTATIONS,
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
        "POST", f"{_RUN}/export", export, Permission.WRITE, "Take the emails of runs out to be sent", _TAG,
        wrapped({"type": "object"}), body=RunExport, lenient=lenient.given, other_answers=_FILES,
        example={"requestIds": ["0198f2c4-7a55-7c1e-b9d0-3f2d5a6b7c8d"], "format": "instantly"},
        description="Counts the emails as sent for the persona, once for each run. All runs, or none.",
    )  # fmt: skip


async def get(call: Call[RunQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await get_run(work, call.query.requestId)
    return data(call, _shown(found))


async def export(call: Call[None, RunExport]) -> dict[str, Any] | Response:
    async with call.transaction() as work:
        found = await export_runs(work, call.body.wanted)
    if call.body.format == "json":
        shown = [_exported(one) for one in found]
        return data(call, {"runs": shown} if call.body.requestIds else shown[0])
    ready = [ready_from(one) for one in found]
    if call.body.format == "mime":
        return _file(as_drafts(ready), _ZIP, "drafts.zip")
    return _file(as_csv(TABLES[call.body.format], ready), _CSV, f"{call.body.format}.csv")


def _exported(found: KeptRun) -> dict[str, Any]:
    return {
        "requestId": found.request_id,
        "exportedAt": show_if_any(found.exported_at),
        "emails": emails_to_send(found),
    }


def _file(content: str | bytes, media_type: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=media_type, headers={"content-disposition": disposition})


def _shown(found: KeptRun) -> dict[str, Any]:
    return {
        "requestId": found.request_id,
        "agentOId": show(AGENT_PREFIX, found.agent_id) if found.agent_id else None,
        "experimentOId": show(EXPERIMENT_PREFIX, found.experiment_id) if found.experiment_id else None,
        "assignment": found.assignment,
        "found": found.found,
        "input": found.input,
        "choice": found.choice,
        "output": found.output,
        "timingMs": found.timing,
        "usage": found.credits,
        "languageModel": found.output.get("languageModel"),
        "createdAt": show_instant(found.created_at),
        "exportedAt": show_if_any(found.exported_at),
    }
