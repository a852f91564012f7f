"""`/v1/playbooks/:id/run` and `/runs`: runs are recorded, read and ended. Reading one and ending it are ours."""

from collections.abc import Iterator
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, StrictBool, StrictInt

from setpiece.api.gtm.answers import array, maybe, obj, string
from setpiece.api.operation import Call, Operation, validate
from setpiece.api.programs.reading import (
    ONE,
    PREFER,
    TAG,
    both,
    is_strict,
    read_object,
    read_place,
    show_place,
)
from setpiece.api.programs.shapes import RUN, show_run
from setpiece.kernel.errors import Invalid
from setpiece.programs import runs, service
from setpiece.programs.execution.service import change_executed, execute_run
from setpiece.programs.model import RunStatus
from setpiece.programs.repository import Place
from setpiece.programs.runs import Asked, RunChange
from setpiece.programs.spec.sanitise import require_none
from setpiece.programs.spec.shapes import Problem
from setpiece.workspaces.model import Permission
from setpiece.workspaces.receipts import check_key

Body = TypeVar("Body", bound=BaseModel)
_ONE_RUN = f"{ONE}/runs/{{runId}}"
_RUN_ANSWER = obj("*", run=RUN)


class RunsQuery(BaseModel):
    order: Literal["desc", "asc"] | None = Field(
        None, description="By `startedAt`; the newest first, unless `asc` is said or set up"
    )
    limit: int | None = Field(None, ge=1, le=1000, description="How many at most; all when it is left out")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")


class RunStart(BaseModel):
    xChatId: str | None = Field(
        None, max_length=200, description="Where the client does the work", examples=["chat_example"]
    )
    execute: StrictBool = Field(False, description="Whether Setpiece does the work: docs/programs.md")
    delivery: dict[str, Any] | None = Field(
        None, description="Of an executed run: how messages go out; goes before the playbook's `xDelivery`"
    )
    dailyCap: StrictInt | None = Field(None, description="Of an executed run: goes before that of `delivery`")
    budget: StrictInt | None = Field(None, description="Of an executed run: goes before that of `delivery`")

    def check(self) -> None:
        """Raises Invalid when it says how to execute and not to execute: the client would wait for messages that nobody writes."""
        said = [name for name in ("delivery", "dailyCap", "budget") if getattr(self, name) is not None]
        if said and not self.execute:
            raise Invalid(
                f"'{said[0]}' is of an executed run; send \"execute\": true with it, or leave it out.",
                code="not_executed",
            )

    @property
    def asked(self) -> Asked:
        own = {"dailyCap": self.dailyCap, "budget": self.budget}
        said = (self.delivery or {}) | {name: value for name, value in own.items() if value is not None}
        return Asked(self.xChatId, said if self.execute else None)


class RunMetrics(BaseModel):
    metricValue: float = Field(description="The caller's own number", allow_inf_nan=False, examples=[12.5])


class RunUpdate(BaseModel):
    status: Literal["completed", "failed", "cancelled"] | None = Field(
        None, description="How it ended", examples=["completed"]
    )
    metrics: RunMetrics | None = Field(None, description="For the success metric `custom`")
    xChatId: str | None = Field(None, max_length=200, description="Where the client does the work")
    xError: str | None = Field(None, max_length=2000, description="Why it failed")


_UPDATE_BODY = RunUpdate.model_json_schema() | {
    "properties": RunUpdate.model_json_schema()["properties"] | {"metrics": RunMetrics.model_json_schema()}
}


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "POST", f"{ONE}/run", start, Permission.WRITE, "Record that a run started, or have it executed", TAG, _RUN_ANSWER, status=201,
        streamed_body={"application/json": RunStart.model_json_schema()}, is_idempotent=True, headers=[PREFER], is_body_optional=True,
        description="The client does the work; the run keeps the spec as it is now. A body is not needed. With `execute` Setpiece does the "
        "work: it draws leads, writes to each, waits for approval and lets the messages out.",
        also_answers={409: "The key was sent with another request; with `Prefer: handling=strict`: the playbook is archived"},
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{ONE}/runs", list_all, Permission.READ, "List a playbook's runs, the newest first", TAG,
        obj("runs", runs=array(RUN), cursor=maybe(string())), query=RunsQuery,
        description="All of them, unless `limit` is given; then `cursor` leads to the next page.",
    ))  # fmt: skip
    yield both(Operation("GET", _ONE_RUN, get, Permission.READ, "Get a run", TAG, _RUN_ANSWER))
    yield both(Operation(
        "PATCH", _ONE_RUN, change, Permission.WRITE, "End a run, or say where it is worked on", TAG, _RUN_ANSWER,
        streamed_body={"application/json": _UPDATE_BODY}, headers=[PREFER],
        description="`status` is `completed`, `failed` or `cancelled`; the same again changes nothing.",
        also_answers={409: "It has ended in another way"},
    ))  # fmt: skip


def _read(model: type[Body], content: dict[str, Any], *, is_strict: bool) -> Body:
    """What is not known is dropped silently; in strict mode it is an error, as in a spec."""
    unknown: list[str] = []
    read = validate(model, content, unknown)
    if is_strict:
        names = (name for name in content if name not in model.model_fields)
        require_none(Problem(name[:100], "unknown", "is not known here; leave it out") for name in names)
    return read


async def start(call: Call[None, None]) -> dict[str, Any]:
    shown_id = call.path["playbookId"]
    async with call.bound() as work:
        await service.get_program(work, shown_id)
    strict, key = is_strict(call), check_key(call.request.headers.get("idempotency-key"))
    asked = _read(RunStart, await read_object(call, may_be_empty=True), is_strict=strict)
    asked.check()
    async with call.transaction() as work:
        if asked.execute:
            has_mail = call.services.has_mail
            run = await execute_run(work, shown_id, asked.asked, has_mail=has_mail, is_strict=strict, key=key)
        else:
            run = await runs.start_run(work, shown_id, asked.asked, is_strict=strict, key=key)
    return {"run": show_run(run)}


async def list_all(call: Call[RunsQuery, None]) -> dict[str, Any]:
    query = call.query
    async with call.bound() as work:
        found, has_more = await runs.list_runs(
            work,
            call.path["playbookId"],
            read_place(query.cursor),
            query.limit,
            is_ascending=(query.order or call.services.settings.playbook_run_order) == "asc",
        )
    shown = {"runs": [show_run(one) for one in found]}
    if query.limit is None:
        return shown
    cursor = show_place(Place(found[-1].started_at, found[-1].id)) if has_more else None
    return shown | {"cursor": cursor}


async def get(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return {"run": show_run(await runs.get_run(work, call.path["playbookId"], call.path["runId"]))}


async def change(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        await runs.get_run(work, call.path["playbookId"], call.path["runId"])
    asked = _read(RunUpdate, await read_object(call), is_strict=is_strict(call))
    wanted = RunChange(
        asked.status and RunStatus(asked.status),
        asked.xChatId,
        asked.xError,
        asked.metrics.metricValue if asked.metrics else None,
    )
    async with call.transaction() as work:
        run = await change_executed(work, call.path["playbookId"], call.path["runId"], wanted)
    return {"run": show_run(run)}
