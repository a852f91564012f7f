"""`/v1/playbooks/:id/runs/:runId/outcomes`: what came of a run's contacts, one at a time or many (ours)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import Response

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, Schema, array, maybe, obj, string
from setpiece.api.operation import Call, Operation, json_response
from setpiece.api.programs.reading import ONE, TAG, both, is_strict, read_object
from setpiece.api.programs.shapes import WARNINGS
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.errors import Invalid, SetpieceError
from setpiece.programs import service
from setpiece.programs.outcomes.model import Event, Outcome, OutcomeKind, Taken
from setpiece.programs.outcomes.reading import LONGEST_ID, read_event, unknown_names
from setpiece.programs.outcomes.recording import record
from setpiece.programs.outcomes.repository import RunOutcomes
from setpiece.programs.runs import get_run
from setpiece.workspaces.model import Permission

MOST_EVENTS = 5_000
"""In one request: to read them keeps the other requests of a process waiting for some 50 ms."""
_PATH = f"{ONE}/runs/{{runId}}/outcomes"
_LISTS = ("outcomes", "events")
_MOST_NAMED = 20  # unknown fields; more help nobody
_ID = string("evt_1")
_EVENT: Schema = obj(
    "kind",
    kind=string("positive_reply", enum=[*OutcomeKind]),
    leadId=string("lead_17", description="This, `accountId` or `email` says whom it is about"),
    accountId=string("acme.example", description="An id of the company, or its domain"),
    email=string("ada@acme.example"),
    at=INSTANT | {"description": "When it happened; now when it is left out"},
    sourceEventId=_ID
    | {"description": "The same again, in the same run, changes nothing", "maxLength": LONGEST_ID},
    firstTouchAt=INSTANT
    | {"description": "When the lead was first contacted; a `touched` event says it with `at`"},
    value={"type": "number", "description": "Money of a deal, or what a custom metric measures"},
    variant=string("short", description="Which variant of the message the lead got"),
)
_BATCH: Schema = obj(
    "outcomes",
    outcomes=array(_EVENT) | {"maxItems": MOST_EVENTS},
    xComplete=BOOLEAN
    | {
        "description": "History is brought in, and everything that followed these touches is reported: they mature by their own date. "
        "Otherwise a touch that is reported late matures as if it were a day old."
    },
)
_EXAMPLE = {
    "kind": "positive_reply",
    "email": "ada@acme.example",
    "firstTouchAt": "2026-01-05T09:00:00Z",
    "at": "2026-01-06T10:30:00Z",
    "sourceEventId": "evt_1",
}
_STATUS = string("recorded", enum=["recorded", "duplicate", "rejected"])
_RESULT: Schema = obj(
    "index status", index=INTEGER, sourceEventId=_ID, status=_STATUS, error=obj("*", code=string("invalid_outcome"), message=string("…"))
)  # fmt: skip
_TAKEN: Schema = obj(
    "results recorded duplicates rejected xEpoch",
    results=array(_RESULT),
    warnings=WARNINGS,
    recorded=INTEGER,
    duplicates=INTEGER,
    rejected=INTEGER,
    xEpoch=INTEGER | {"description": "The run's: what it is evidence of"},
)
_OUTCOME: Schema = obj(
    "sourceEventId kind at recordedAt isSuccess unit",
    sourceEventId=_ID,
    kind=string("positive_reply", enum=[*OutcomeKind]),
    at=INSTANT,
    firstTouchAt=INSTANT,
    recordedAt=INSTANT,
    value={"type": "number"},
    leadId=string("lead_17"),
    unit=string("acme.example", description="The account that it counts for"),
    isSuccess=BOOLEAN | {"description": "By the success metric, whenever it came"},
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class OutcomesQuery(BaseModel):
    limit: int = Field(100, ge=1, le=1000, description="How many at most")
    cursor: str | None = Field(None, max_length=300, description="`cursor` of the page before")


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch as it was sent: what can be used, with its place, and what is wrong with the rest, by place."""

    events: Sequence[tuple[int, Event]]
    wrong: Mapping[int, SetpieceError]
    is_complete: bool
    unknown: Sequence[str]


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "POST", _PATH, take, Permission.WRITE, "Report what came of a run", TAG, _TAKEN,
        streamed_body={"application/json": {"anyOf": [_EVENT, _BATCH], "example": _EXAMPLE}},
        description=f"One outcome, or up to {MOST_EVENTS:,} as `outcomes`; the order does not matter. Of many, each is answered by itself; with "
        "`Prefer: handling=strict` one that is wrong refuses them all. An account counts once its window is over, as a success if one within the "
        "window was reported by then; what is reported later is added and never taken away.",
        also_answers={201: "One outcome was recorded"},
    ))  # fmt: skip
    yield both(Operation(
        "GET", _PATH, list_all, Permission.READ, "List what came of a run, the last reported first", TAG,
        obj("*", outcomes=array(_OUTCOME), cursor=maybe(string())), query=OutcomesQuery,
    ))  # fmt: skip


async def take(call: Call[None, None]) -> Response:
    async with call.bound() as work:
        await get_run(work, call.path["playbookId"], call.path["runId"])
    content, strict = await read_object(call), is_strict(call)
    sent = _read(content, call.services.now())
    single = not any(name in content for name in _LISTS)
    if sent.wrong and (strict or single):
        raise _first_wrong(sent.wrong, single=single)
    async with call.transaction() as work:
        program = await service.get_program(work, call.path["playbookId"])
        run = await get_run(work, call.path["playbookId"], call.path["runId"])
        taken = await record(
            work, program, run, [one for _, one in sent.events], is_complete=sent.is_complete
        )
    status = 201 if single and taken.is_new[0] else 200
    return json_response(_shown(sent, taken), status)


async def list_all(call: Call[OutcomesQuery, None]) -> dict[str, Any]:
    query = call.query
    async with call.bound() as work:
        run = await get_run(work, call.path["playbookId"], call.path["runId"])
        found = await RunOutcomes(work.scope).newest(run.id, _read_place(query.cursor), query.limit + 1)
    page = found[: query.limit]
    return {
        "outcomes": [_record(one) for one in page],
        "cursor": _show_place(page[-1]) if len(found) > len(page) else None,
    }


def _read(content: dict[str, Any], now: datetime) -> _Sent:
    """Raises Invalid when it is neither one outcome nor a list of them."""
    lists = [content[name] for name in _LISTS if name in content]
    sent = lists[0] if lists else [content]
    if not isinstance(sent, list) or not 1 <= len(sent) <= MOST_EVENTS:
        raise Invalid(f"'outcomes' must be a list of 1 to {MOST_EVENTS:,} outcomes.", code="invalid_outcomes")
    complete = content.get("xComplete", False)
    if lists and not isinstance(complete, bool):
        raise Invalid("'xComplete' must be true or false.", code="invalid_outcomes")
    events: list[tuple[int, Event]] = []
    wrong: dict[int, SetpieceError] = {}
    for index, one in enumerate(sent):
        try:
            events.append((index, read_event(one, now)))
        except Invalid as problem:
            wrong[index] = problem
    unknown = {name for one in sent if isinstance(one, dict) for name in unknown_names(one)}
    return _Sent(events, wrong, bool(lists) and complete, sorted(unknown)[:_MOST_NAMED])


def _first_wrong(wrong: Mapping[int, SetpieceError], *, single: bool) -> Invalid:
    index, problem = min(wrong.items(), key=lambda one: one[0])
    where = "" if single else f"outcomes[{index}]: "
    return Invalid(f"{where}{problem.message}", code=problem.code)


def _shown(sent: _Sent, taken: Taken) -> dict[str, Any]:
    results = {index: _rejected(index, problem) for index, problem in sent.wrong.items()}
    for (index, event), is_new in zip(sent.events, taken.is_new, strict=True):
        status = "recorded" if is_new else "duplicate"
        results[index] = {"index": index, "sourceEventId": event.source_id, "status": status}
    recorded = sum(taken.is_new)
    return {
        "results": [results[index] for index in sorted(results)],
        "recorded": recorded,
        "duplicates": len(taken.is_new) - recorded,
        "rejected": len(sent.wrong),
        "xEpoch": taken.epoch,
    } | ({"warnings": [_unknown(name) for name in sent.unknown]} if sent.unknown else {})


def _unknown(name: str) -> dict[str, Any]:
    return {"field": name, "code": "unknown", "message": f"'{name}' is not known here; it was left out."}


def _rejected(index: int, problem: SetpieceError) -> dict[str, Any]:
    return {"index": index, "status": "rejected", "error": {"code": problem.code, "message": problem.message}}


def _record(outcome: Outcome) -> dict[str, Any]:
    optional = {
        "firstTouchAt": show_if_any(outcome.first_touch_at),
        "value": outcome.value,
        "leadId": outcome.lead_id,
    }
    return {
        "sourceEventId": outcome.source_id,
        "kind": outcome.kind,
        "at": show_instant(outcome.at),
        "recordedAt": show_instant(outcome.recorded_at),
        "unit": outcome.key,
        "isSuccess": outcome.counts_for is not None,
    } | {name: value for name, value in optional.items() if value is not None}


def _show_place(last: Outcome) -> str:
    return f"{(last.recorded_at - _EPOCH) // _MICROSECOND}:{last.source_id}"


def _read_place(cursor: str | None) -> tuple[datetime, str] | None:
    """Raises Invalid when it is no cursor of ours."""
    if cursor is None:
        return None
    microseconds, _, source_id = cursor.partition(":")
    try:
        return _EPOCH + int(microseconds[:20]) * _MICROSECOND, source_id
    except (ValueError, OverflowError):
        raise Invalid("'cursor' must be the 'cursor' of the page before.") from None
