"""`/v1/playbooks/:id/variants`: how each way to write does, and which one a lead gets (ours)."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from setpiece.api.gtm.answers import BOOLEAN, INTEGER, array, maybe, obj, string
from setpiece.api.operation import Call, Operation, validate
from setpiece.api.programs.reading import ONE, TAG, both, read_object
from setpiece.programs.pivots.variants import Variant, assign, list_variants
from setpiece.programs.service import get_program
from setpiece.workspaces.model import Permission

MOST_LEADS = 1_000
_NAME = string("short")
_VARIANT = obj(
    "*", name=_NAME, text=maybe(string("Two sentences, one question")), isPresent=BOOLEAN, samples=INTEGER, successes=INTEGER
)  # fmt: skip
_LEAD = string("lead_17")
LeadId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]


class Asked(BaseModel):
    leadIds: list[LeadId] = Field(min_length=1, max_length=MOST_LEADS, examples=[["lead_17"]])


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{ONE}/variants", list_all, Permission.READ, "How each variant of the message does", TAG,
        obj("*", xEpoch=INTEGER, shared=BOOLEAN, variants=array(_VARIANT)),
        description="The present one, then those prepared in `adaptation.xAlternatives`. In an epoch that a pivot opened leads are shared among them.",
    ))  # fmt: skip
    yield both(Operation(
        "POST", f"{ONE}/variants/assign", choose, Permission.READ, "Which variant each lead gets", TAG,
        obj("*", xEpoch=INTEGER, assigned=array(obj("*", leadId=_LEAD, variant=_NAME, text=maybe(string())))),
        streamed_body={"application/json": Asked.model_json_schema()},
        description="More leads go to what works (Thompson sampling). Nothing is kept: report the variant with the touch, and the lead keeps it from then on.",
    ))  # fmt: skip


async def list_all(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await list_variants(work, call.path["playbookId"])
    return {
        "xEpoch": found.program.epoch,
        "shared": found.is_shared,
        "variants": [_show(one) for one in found.all],
    }


async def choose(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        program = await get_program(work, call.path["playbookId"])
    asked = validate(Asked, await read_object(call), call.warnings)
    async with call.bound() as work:
        assigned = await assign(work, call.path["playbookId"], asked.leadIds)
    shown = [{"leadId": lead, "variant": one.name, "text": one.text} for lead, one in assigned.items()]
    return {"xEpoch": program.epoch, "assigned": shown}


def _show(one: Variant) -> dict[str, Any]:
    return {
        "name": one.name,
        "text": one.text,
        "isPresent": one.is_present,
        "samples": one.samples,
        "successes": one.successes,
    }
