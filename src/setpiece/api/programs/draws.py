"""`/v1/playbooks/:id/leads/preview` and `/runs/:runId/leads`: who would be drawn, and who is. Ours."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import array, obj
from setpiece.api.operation import Call, Operation, validate
from setpiece.api.programs.lead_shapes import DRAW, LEAD, show_drawn, show_lead, show_trial
from setpiece.api.programs.reading import ONE, both, read_object
from setpiece.programs import runs
from setpiece.programs import service as programs
from setpiece.programs.leads.drawing import draw_for_client, drawn_leads
from setpiece.programs.leads.gathering import try_draw
from setpiece.workspaces.model import Permission

_TAG = "Playbooks: leads"
_OF_RUN = f"{ONE}/runs/{{runId}}/leads"


class DrawAsked(BaseModel):
    limit: int | None = Field(
        None, ge=1, le=5000, description="How many; `leadSource.sampleSize` when it is left out"
    )


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "POST", f"{ONE}/leads/preview", preview, Permission.READ, "Whom a run would draw now, and what it would cost", _TAG,
        obj("*", draw=DRAW), streamed_body={"application/json": DrawAsked.model_json_schema()},
        description="Nobody is contacted and nothing is kept. Of a source that was not read lately, the first 500 people are looked at; of one "
        "that costs, nobody. A body is not needed.",
    ))  # fmt: skip
    yield both(Operation(
        "POST", _OF_RUN, draw, Permission.WRITE, "Draw leads for a run that you work yourself", _TAG, obj("*", draw=DRAW), status=201,
        streamed_body={"application/json": DrawAsked.model_json_schema()},
        description="Until the run has so many; asked again, the same leads come back. Nobody is drawn twice by a playbook. Of a CRM, those are drawn that `leads/gather` has read. A body is not "
        "needed.",
        also_answers={409: "Setpiece draws for this run, or it has ended"},
    ))  # fmt: skip
    yield both(Operation(
        "GET", _OF_RUN, list_all, Permission.READ, "The leads of a run in the order of its draw", _TAG, obj("*", leads=array(LEAD)),
    ))  # fmt: skip


async def preview(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        program = await programs.get_program(work, call.path["playbookId"])
    asked = validate(DrawAsked, await read_object(call, may_be_empty=True), call.warnings)
    limit = asked.limit or program.spec.lead_source.sample_size
    trial = await try_draw(call.bound, call.services.lead_sources, program, limit)
    return {"draw": show_trial(trial, limit)}


async def draw(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        await runs.get_run(work, call.path["playbookId"], call.path["runId"])
    asked = validate(DrawAsked, await read_object(call, may_be_empty=True), call.warnings)
    async with call.transaction() as work:
        program = await programs.hold_program(work, call.path["playbookId"])
        run = await runs.get_run(work, call.path["playbookId"], call.path["runId"])
        drawn = await draw_for_client(work, program, run, asked.limit or run.spec.lead_source.sample_size)
    return {"draw": show_drawn(run.spec.lead_source, drawn)}


async def list_all(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        run = await runs.get_run(work, call.path["playbookId"], call.path["runId"])
        return {"leads": [show_lead(one) for one in await drawn_leads(work, run.id)]}
