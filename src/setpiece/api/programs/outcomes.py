"""`/v1/playbooks/:id/runs/:runId/outcomes`: what came of a run's contacts, one at a time or many (ours)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import Response

from setpiece.api.gtm.answers import array, maybe, obj, string
from setpiece.api.operation import Call, Operation, json_response
from setpiece.api.programs.outcome_shapes import (
    BATCH,
    CORRECTION,
    DIFFERS,
    EVENT,
    EXAMPLE,
    MOST_EVENTS,
    OUTCOME,
    TAKEN,
)
from setpiece.api.programs.reading import ONE, TAG, both, is_strict, read_object
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.errors import Invalid, SetpieceError
from setpiece.programs import service
from setpiece.programs.model import Run
from setpiece.programs.outcomes.model import (
    Correction,
    Event,
    Outcome,
    OutcomeKind,
)
from setpiece.programs.outcomes.reading import read_reported, unknown_names
from setpiece.programs.outcomes.repository import RunOutcomes
from setpiece.programs.outcomes.taking import TakenIn, take_in
from setpiece.programs.runs import get_run
from setpiece.workspaces.model import Permission

_PATH = f"{ONE}/runs/{{runId}}/outcomes"
_LISTS = ("outcomes", "events")
_CLOCKS_DIFFER = timedelta(minutes=5)  # as much is nobody's mistake
_MOST_NAMED = 20  # unknown fields; more help nobody
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class OutcomesQuery(BaseModel):
    limit: int = Field(100, ge=1, le=1000, description="How many at most")
    cursor: str | None = Field(None, max_length=300, description="`cursor` of the page before")


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch as it was sent: what can be used, with its place, and what is wrong with the rest, by place."""

    events: Sequence[tuple[int, Event]]
    corrections: Sequence[tuple[int, Correction]]
    wrong: Mapping[int, SetpieceError]
    is_complete: bool
    unknown: Sequence[str]


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "POST", _PATH, take, Permission.WRITE, "Report what came of a run", TAG, TAKEN,
        streamed_body={"application/json": {"anyOf": [EVENT, CORRECTION, BATCH], "example": EXAMPLE}},
        description=f"One outcome, or up to {MOST_EVENTS:,} as `outcomes`; the order does not matter. Of many, each is answered by itself; with "
        "`Prefer: handling=strict` one that is wrong refuses them all. An account counts once its window is over, as a success if one within the "
        "window was reported by then; what is reported later is added. What was a mistake is put right by a correction, which names it in `corrects`.",
        also_answers={201: "One outcome was recorded"},
    ))  # fmt: skip
    yield both(Operation(
        "GET", _PATH, list_all, Permission.READ, "List what came of a run, the last reported first", TAG,
        obj("*", outcomes=array(OUTCOME), cursor=maybe(string())), query=OutcomesQuery,
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
        taken = await take_in(
            work,
            program,
            run,
            [one for _, one in sent.events],
            [one for _, one in sent.corrections],
            is_complete=sent.is_complete,
        )
        refused = _refused(sent, taken)
        if refused and (strict or single):
            raise _first_wrong(refused, single=single)
    sent = replace(sent, wrong={**sent.wrong, **refused})
    return json_response(
        _shown(sent, taken, run, call.services.now()), 201 if single and _is_new(taken) else 200
    )


def _refused(sent: _Sent, taken: TakenIn) -> dict[int, SetpieceError]:
    """The corrections that cannot be made, by their place."""
    results = zip(sent.corrections, taken.corrected, strict=True)
    return {
        index: Invalid(why, code="invalid_correction") for (index, _), why in results if isinstance(why, str)
    }


def _is_new(taken: TakenIn) -> bool:
    return True in (*taken.outcomes.is_new, *taken.corrected)


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
    corrections: list[tuple[int, Correction]] = []
    wrong: dict[int, SetpieceError] = {}
    for index, one in enumerate(sent):
        try:
            read = read_reported(one, now)
            if isinstance(read, Event):
                events.append((index, read))
            else:
                corrections.append((index, read))
        except Invalid as problem:
            wrong[index] = problem
    unknown = {name for one in sent if isinstance(one, dict) for name in unknown_names(one)}
    return _Sent(events, corrections, wrong, bool(lists) and complete, sorted(unknown)[:_MOST_NAMED])


def _first_wrong(wrong: Mapping[int, SetpieceError], *, single: bool) -> Invalid:
    index, problem = min(wrong.items(), key=lambda one: one[0])
    where = "" if single else f"outcomes[{index}]: "
    return Invalid(f"{where}{problem.message}", code=problem.code)


def _shown(sent: _Sent, taken: TakenIn, run: Run, now: datetime) -> dict[str, Any]:
    results = {index: _rejected(index, problem) for index, problem in sent.wrong.items()}
    taken_in = [
        (index, one.source_id, is_new)
        for (index, one), is_new in zip(sent.events, taken.outcomes.is_new, strict=True)
    ]
    put_right = [
        (index, one.source_id, is_new)
        for (index, one), is_new in zip(sent.corrections, taken.corrected, strict=True)
    ]
    kept = [*taken_in, *(one for one in put_right if one[0] not in results)]
    for index, source_id, is_new in kept:
        results[index] = _result(index, source_id, is_new, taken)
    recorded = sum(is_new is True for *_, is_new in kept)
    answer = {
        "results": [results[index] for index in sorted(results)],
        "recorded": recorded,
        "duplicates": len(kept) - recorded,
        "rejected": len(sent.wrong),
        "suppressed": taken.suppressed,
        "xEpoch": taken.outcomes.epoch,
    }
    warnings = [*map(_unknown, sent.unknown), *_advice(sent, taken, run, now)]
    return answer | ({"warnings": warnings} if warnings else {})


def _result(index: int, source_id: str, is_new: bool | str, taken: TakenIn) -> dict[str, Any]:
    status = "recorded" if is_new else "duplicate"
    shown = {"index": index, "sourceEventId": source_id, "status": status}
    return shown | ({"note": DIFFERS} if not is_new and source_id in taken.outcomes.differing else {})


def _advice(sent: _Sent, taken: TakenIn, run: Run, now: datetime) -> Iterator[dict[str, Any]]:
    """What was taken in otherwise than it says, or counts for nothing as it is."""
    early = [
        one for _, one in sent.events if max(one.at, one.first_touch_at or one.at) > now + _CLOCKS_DIFFER
    ]
    if early:
        message = f"{len(early)} of these claim to lie in the future, and were taken for now; look at the sender's clock and time zone."
        yield {"field": "at", "code": "future", "message": message}
    if untouched := taken.outcomes.untouched:
        yield {
            "field": "kind",
            "code": "untouched",
            "message": f"No touch is known of {untouched} of these, so nothing of them counts yet. Report each contact as 'touched', "
            "or with 'firstTouchAt'.",
        }
    unpaid = [one for _, one in sent.events if one.kind is OutcomeKind.DEAL_WON and not (one.value or 0) > 0]
    if unpaid and run.spec.strategy.success_metric == "pipeline_arr":
        yield {
            "field": "value",
            "code": "no_value",
            "message": f"Without a 'value' above 0 a deal counts for nothing ({len(unpaid)} of these); correct them when the amount is known.",
        }


def _unknown(name: str) -> dict[str, Any]:
    return {"field": name, "code": "unknown", "message": f"'{name}' is not known here; it was left out."}


def _rejected(index: int, problem: SetpieceError) -> dict[str, Any]:
    return {"index": index, "status": "rejected", "error": {"code": problem.code, "message": problem.message}}


def _record(outcome: Outcome) -> dict[str, Any]:
    optional = {
        "firstTouchAt": show_if_any(outcome.first_touch_at),
        "value": outcome.value,
        "leadId": outcome.lead_id,
        "corrects": outcome.corrects,
        "correctedBy": outcome.corrected_by,
    }
    return {
        "sourceEventId": outcome.source_id,
        "kind": outcome.kind,
        "at": show_instant(outcome.at),
        "recordedAt": show_instant(outcome.recorded_at),
        "unit": outcome.key,
        "isSuccess": outcome.counts_for is not None and outcome.corrected_by is None,
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
