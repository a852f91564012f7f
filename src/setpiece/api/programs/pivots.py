"""`/v1/playbooks/:id/pivots`: what was changed and why, a change now, and one taken back (ours)."""

from collections.abc import Iterator
from typing import Any, cast

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, Schema, array, maybe, obj, string
from setpiece.api.operation import Call, Operation, validate
from setpiece.api.programs.decisions import EVIDENCE
from setpiece.api.programs.reading import ONE, TAG, both, read_object, read_place, show_place
from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.programs import service
from setpiece.programs.model import PIVOT_PREFIX, PROGRAM_PREFIX, RUN_PREFIX, Program
from setpiece.programs.pivots.model import Pivot
from setpiece.programs.pivots.service import list_pivots, pivot_by_rule, pivot_to, revert
from setpiece.programs.repository import Place
from setpiece.programs.spec.alternatives import Alternatives
from setpiece.programs.spec.model import Alternative, Changeable
from setpiece.programs.spec.sanitise import require_none
from setpiece.programs.spec.shapes import Problems
from setpiece.workspaces.model import Permission

_PATH = f"{ONE}/pivots"
_REVERT = f"{_PATH}/{{pivotId}}/revert"
_ID = string("piv_0AbCdEfGhIjKlMnOpQrStU")
_PATCH: Schema = {
    "type": "object",
    "description": "An update of the playbook",
    "example": {"strategy": {"channels": ["email"]}},
}
PIVOT: Schema = obj(
    "id playbookId epoch at by evidence reason applied",
    id=_ID,
    playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"),
    runId=string("run_0AbCdEfGhIjKlMnOpQrStU"),
    epoch=INTEGER | {"description": "The one that it ended"},
    xOpenedEpoch=INTEGER,
    at=INSTANT,
    by=string("auto", description="`auto`, `judge:<model>`, or the member"),
    xChanges=string("channel", enum=[*Changeable], description="The one thing that it changed"),
    xName=string("Call first"),
    evidence=maybe(EVIDENCE | {"description": "As it was then"}),
    **{"from": _PATCH | {"description": "The update that takes it back"}},
    to=_PATCH,
    reason=string("150 accounts have had time to answer and 1 succeeded (0.667 %); the target is 6 %."),
    applied=BOOLEAN | {"description": "False: vetoed, or nothing was prepared and the playbook was paused"},
    xReverts=_ID,
    revertedBy=_ID,
)
_ANSWER = obj("*", pivot=PIVOT)
_ASKED: Schema = obj(
    changes=string(
        "channel", enum=[*Changeable], description="The one thing to change, whatever the evidence"
    ),
    to={
        "anyOf": [string(), array(string())],
        "description": "What it becomes; for a channel, a list",
        "example": ["email", "call"],
    },
    alternative=string(
        "Call first",
        maxLength=200,
        description="Instead of both: a prepared change, by its name or its place from 0",
    ),
    reason=string("The market was wrong, not the message", maxLength=2000),
)


class PivotsQuery(BaseModel):
    limit: int = Field(100, ge=1, le=1000, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")


class PivotAsked(BaseModel):
    """Empty: the next prepared change, if the rule allows a pivot."""

    changes: Changeable | None = None
    to: str | list[str] | None = None
    alternative: str | None = Field(None, max_length=200)
    reason: str = Field("", max_length=2000)


class RevertAsked(BaseModel):
    reason: str = Field("", max_length=2000, description="Why")


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", _PATH, list_all, Permission.READ, "How a playbook changed course, the last pivot first", TAG,
        obj("*", pivots=array(PIVOT), cursor=maybe(string())), query=PivotsQuery,
    ))  # fmt: skip
    yield both(Operation(
        "POST", _PATH, make, Permission.WRITE, "Change course", TAG, _ANSWER, status=201,
        streamed_body={"application/json": _ASKED},
        description="One thing becomes another, and evidence starts anew. With an empty body the next of `adaptation.xAlternatives` is taken, and "
        "only if the rule allows a pivot now; if none is prepared, the playbook is paused. What a member names is done whatever the evidence says.",
        also_answers={409: "The rule allows no pivot; `details` says what is in the way"},
    ))  # fmt: skip
    yield both(Operation(
        "POST", _REVERT, take_back, Permission.WRITE, "Take a pivot back", TAG, _ANSWER, status=201,
        streamed_body={"application/json": RevertAsked.model_json_schema()},
        description="What it changed is as before it. Evidence starts anew: that of before the pivot was used up by it.",
        also_answers={409: "It was not applied, or was taken back already"},
    ))  # fmt: skip


async def list_all(call: Call[PivotsQuery, None]) -> dict[str, Any]:
    query = call.query
    async with call.bound() as work:
        found, has_more = await list_pivots(
            work, call.path["playbookId"], read_place(query.cursor), query.limit
        )
    cursor = show_place(Place(found[-1].at, found[-1].id)) if has_more else None
    return {"pivots": [show_pivot(one) for one in found], "cursor": cursor}


async def make(call: Call[None, None]) -> dict[str, Any]:
    shown_id = call.path["playbookId"]
    async with call.bound() as work:
        program = await service.get_program(work, shown_id)
    asked = validate(PivotAsked, await read_object(call, may_be_empty=True), call.warnings)
    wanted = _wanted(asked, program)
    async with call.transaction() as work:
        if wanted is None:
            return {"pivot": show_pivot(await pivot_by_rule(work, shown_id))}
        return {"pivot": show_pivot(await pivot_to(work, shown_id, wanted, asked.reason))}


async def take_back(call: Call[None, None]) -> dict[str, Any]:
    shown_id = call.path["playbookId"]
    async with call.bound() as work:
        await service.get_program(work, shown_id)
    asked = validate(RevertAsked, await read_object(call, may_be_empty=True), call.warnings)
    async with call.transaction() as work:
        return {"pivot": show_pivot(await revert(work, shown_id, call.path["pivotId"], asked.reason))}


def _wanted(asked: PivotAsked, program: Program) -> Alternative | None:
    """What a member names; None when the rule is to decide.

    Raises:
        Invalid: half a change was named, one that does not fit, or none of those prepared.
    """
    if asked.alternative is not None:
        return _prepared(asked.alternative, program)
    if asked.changes is None and asked.to is None:
        return None
    if asked.changes is None or asked.to is None:
        raise Invalid("'changes' and 'to' belong together: what changes, and what it becomes.")
    problems: Problems = []
    shape = Alternatives(1)
    taken = shape.take([{"changes": str(asked.changes), "to": asked.to}], "pivot", problems)
    require_none(problems)
    if not taken:
        raise Invalid("'to' must not be empty.")
    (alternative,) = cast("tuple[Alternative]", shape.typed(taken))
    return alternative


def _prepared(called: str, program: Program) -> Alternative:
    prepared = program.spec.adaptation.alternatives
    for index, one in enumerate(prepared):
        if called in (one.name, str(index)):
            return one
    raise Invalid(
        f"No prepared change is called '{called[:100]}'; adaptation.xAlternatives has {len(prepared)}.",
        code="unknown_alternative",
    )


def show_pivot(pivot: Pivot) -> dict[str, Any]:
    optional = {
        "runId": pivot.run_id and show(RUN_PREFIX, pivot.run_id),
        "xOpenedEpoch": pivot.opened_epoch,
        "xChanges": pivot.changes,
        "xName": pivot.name or None,
        "from": pivot.before,
        "to": pivot.after,
        "xReverts": pivot.reverts and show(PIVOT_PREFIX, pivot.reverts),
        "revertedBy": pivot.reverted_by and show(PIVOT_PREFIX, pivot.reverted_by),
    }
    return {
        "id": show(PIVOT_PREFIX, pivot.id),
        "playbookId": show(PROGRAM_PREFIX, pivot.program_id),
        "epoch": pivot.epoch,
        "at": show_instant(pivot.at),
        "by": pivot.by,
        "evidence": pivot.evidence,
        "reason": pivot.reason,
        "applied": pivot.is_applied,
    } | {name: value for name, value in optional.items() if value is not None}
