"""`/v1/playbooks/:id/history`: everything that was tried, as JSON or CSV (ours)."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field
from starlette.responses import Response

from setpiece.agents.sequence.exports.tables import inert
from setpiece.api.gtm.answers import INSTANT, INTEGER, Schema, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.pivots import PIVOT, show_pivot
from setpiece.api.programs.reading import ONE, TAG, both
from setpiece.api.programs.shapes import RUN, SPEC, show_run
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.programs.evidence.bernoulli import anytime_p_value
from setpiece.programs.history import Chapter, tell_history
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.programs.outcomes.documents import show_target
from setpiece.programs.outcomes.epoch_repository import Point
from setpiece.programs.outcomes.evidence_record import e_value
from setpiece.programs.spec.document import show_spec
from setpiece.workspaces.model import Permission

_NUMBER: Schema = {"type": "number"}
_CSV = "text/csv; charset=utf-8"
_POINT: Schema = obj("*", at=INSTANT, samples=INTEGER, successes=INTEGER, eValue=_NUMBER, eValueAbove=_NUMBER)
_EPOCH: Schema = obj(
    "epoch openedAt closedAt by why spec target alpha unit samples successes touched late corrected retracted value outcomes anytimeP points runs pivots",
    epoch=INTEGER,
    openedAt=INSTANT,
    closedAt=maybe(INSTANT),
    by=string("u_0AbCdEfGhIjKlMnOpQrStU"),
    why=string("created"),
    spec=SPEC | {"description": "As the epoch began"},
    target={"type": "object", "description": "As it was tested, or why it could not be"},
    alpha=_NUMBER,
    unit=string("account", enum=["account", "contact"]),
    samples=INTEGER,
    successes=INTEGER,
    touched=INTEGER,
    late=INTEGER,
    corrected=INTEGER,
    retracted=INTEGER,
    value=_NUMBER | {"description": "Of the successes that were counted: their number, or their money"},
    outcomes={"type": "object", "additionalProperties": INTEGER},
    anytimeP=_NUMBER,
    points=array(_POINT) | {"description": "How the evidence grew"},
    runs=array(RUN),
    pivots=array(PIVOT),
)  # fmt: skip
_COLUMNS = (
    "row", "epoch", "at", "samples", "successes", "e_value", "e_value_above", "anytime_p", "hypothesis", "channels", "metric",
    "target", "by", "what", "reason",
)  # fmt: skip
Cells = Mapping[str, Any]


class HistoryQuery(BaseModel):
    format: Literal["json", "csv"] | None = Field(
        None, description="`csv` also by the header `Accept: text/csv`"
    )


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{ONE}/history", history, Permission.READ, "Everything that a playbook tried", TAG,
        obj("*", playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"), epochs=array(_EPOCH)), query=HistoryQuery,
        other_answers={"text/csv": {"type": "string"}},
        description="Every epoch with what it tested, how the evidence grew, its runs and its pivots. As CSV a row each for the beginning of an epoch, a point of the "
        "evidence and a pivot, in the order of time.",
    ))  # fmt: skip


async def history(call: Call[HistoryQuery, None]) -> dict[str, Any] | Response:
    async with call.bound() as work:
        program, chapters = await tell_history(work, call.path["playbookId"])
    shown_id = show(PROGRAM_PREFIX, program.id)
    accepts_csv = "text/csv" in call.request.headers.get("accept", "").lower()
    if call.query.format == "csv" or (call.query.format is None and accepts_csv):
        headers = {"content-disposition": f'attachment; filename="{shown_id}-history.csv"'}
        return Response(_as_csv(chapters), media_type=_CSV, headers=headers)
    return {"playbookId": shown_id, "epochs": [_show(one) for one in chapters]}


def _show(one: Chapter) -> dict[str, Any]:
    standing = one.standing
    return {
        "epoch": one.number,
        "openedAt": show_instant(one.opened_at),
        "closedAt": show_if_any(one.closed_at),
        "by": one.by,
        "why": one.why,
        "spec": show_spec(one.spec),
        "target": show_target(standing.target),
        "alpha": standing.alpha,
        "unit": standing.unit,
        "samples": standing.samples,
        "successes": standing.successes,
        "touched": standing.touched,
        "late": standing.late,
        "corrected": standing.corrected,
        "retracted": standing.retracted,
        "value": standing.value,
        "outcomes": dict(standing.kinds),
        "anytimeP": anytime_p_value(standing.tally.greatest_below),
        "points": [_show_point(point) for point in one.points],
        "runs": [show_run(run) for run in one.runs],
        "pivots": [show_pivot(pivot) for pivot in one.pivots],
    }


def _show_point(point: Point) -> dict[str, Any]:
    return {
        "at": show_instant(point.at),
        "samples": point.samples,
        "successes": point.successes,
        "eValue": e_value(point.log_evidence),
        "eValueAbove": e_value(point.log_evidence_above),
    }


def _as_csv(chapters: Sequence[Chapter]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, restval="")
    writer.writeheader()
    for chapter in chapters:
        rows = [_opening(chapter), *map(_point, chapter.points), *_pivots(chapter)]
        for cells in sorted(rows, key=lambda one: str(one["at"])):
            writer.writerow({"epoch": chapter.number} | {name: _safe(value) for name, value in cells.items()})
    return text.getvalue()


def _opening(one: Chapter) -> Cells:
    strategy, standing = one.spec.strategy, one.standing
    return {
        "row": "epoch",
        "at": show_instant(one.opened_at),
        "samples": standing.samples,
        "successes": standing.successes,
        "anytime_p": anytime_p_value(standing.tally.greatest_below),
        "hypothesis": strategy.hypothesis,
        "channels": "; ".join(strategy.channels),
        "metric": strategy.success_metric or "",
        "target": "" if strategy.success_target is None else strategy.success_target,
        "by": one.by,
        "what": one.why,
    }


def _point(point: Point) -> Cells:
    return {
        "row": "evidence",
        "at": show_instant(point.at),
        "samples": point.samples,
        "successes": point.successes,
        "e_value": e_value(point.log_evidence),
        "e_value_above": e_value(point.log_evidence_above),
    }


def _pivots(chapter: Chapter) -> Iterator[Cells]:
    for one in chapter.pivots:
        what = f"{one.changes}: {one.name}" if one.name else one.changes or ""
        done = what if one.is_applied else f"not applied {what}".strip()
        yield {"row": "pivot", "at": show_instant(one.at), "by": one.by, "what": done, "reason": one.reason}


def _safe(value: Any) -> Any:
    return inert([value])[0] if isinstance(value, str) else value
