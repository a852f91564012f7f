"""Specs, versions and runs as the clients of this API know them. What does not apply is left out."""

from collections.abc import Iterable
from typing import Any

from setpiece.api.gtm.answers import INSTANT, INTEGER, Schema, array, obj, string
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX, Program, Run, RunStatus, Version
from setpiece.programs.spec.document import show_spec
from setpiece.programs.spec.fields import SECTIONS, TOP, Field

EXAMPLE = {
    "name": "Series B SaaS. New head of growth",
    "mode": "outbound",
    "buddyId": "prospect",
    "strategy": {
        "hypothesis": "Growth leads in their first 90 days take a meeting about attribution",
        "successMetric": "meeting_booked",
        "successTarget": 3,
    },
}
"""The example of the API's own reference, with a hypothesis."""
_PLAYBOOK_ID = string("pb_0AbCdEfGhIjKlMnOpQrStU")
_AUTHOR = string("u_0AbCdEfGhIjKlMnOpQrStU")
WARNINGS = array(
    obj(
        "*",
        field=string("leadSource.sampleSize"),
        code=string("out_of_bounds"),
        message=string("'leadSource.sampleSize' must be from 1 to 5000; 5000 was taken."),
    )
) | {"description": "What was ignored or changed; left out when nothing was"}


def _properties(fields: Iterable[Field], *, is_sent: bool) -> dict[str, Schema]:
    shown: dict[str, Schema] = {}
    for field in fields:
        schema = field.shape.schema | {"description": field.about}
        if field.default is not None:
            schema["default"] = field.shape.plain(field.default)
        if field.example is not None:
            schema["example"] = field.example
        may_be_null = is_sent and field.may_be_absent
        shown[field.name] = {"anyOf": [schema, {"type": "null"}]} if may_be_null else schema
    return shown


def _always_shown(fields: Iterable[Field]) -> str:
    return " ".join(field.name for field in fields if not field.may_be_absent)


SPEC_PROPERTIES: dict[str, Schema] = _properties(TOP, is_sent=False) | {
    name: obj(_always_shown(fields), **_properties(fields, is_sent=False))
    for name, fields in SECTIONS.items()
}
SPEC: Schema = obj(f"{_always_shown(TOP)} {' '.join(SECTIONS)}", **SPEC_PROPERTIES)
PLAYBOOK: Schema = obj(
    f"id {_always_shown(TOP)} {' '.join(SECTIONS)} createdAt updatedAt createdBy xVersion xEpoch",
    id=_PLAYBOOK_ID,
    **SPEC_PROPERTIES,
    createdAt=INSTANT,
    updatedAt=INSTANT,
    createdBy=_AUTHOR,
    xVersion=INTEGER | {"example": 7, "description": "Counts every change"},
    xEpoch=INTEGER | {"example": 2, "description": "Counts what is tested: evidence starts anew with each"},
)
WRITTEN: Schema = obj("playbook", playbook=PLAYBOOK, warnings=WARNINGS)
_SENT = _properties(TOP, is_sent=True) | {
    name: obj("", **_properties(fields, is_sent=True)) for name, fields in SECTIONS.items()
}
CREATE_BODY: Schema = obj("name mode buddyId strategy", **_SENT) | {"example": EXAMPLE}
UPDATE_BODY: Schema = obj("", **_SENT) | {"example": {"status": "active", "strategy": {"successTarget": 5}}}
RUN: Schema = obj(
    "id playbookId status startedAt startedBy metrics xSpecVersion xSpec xEpoch xExecuted xPending",
    id=string("run_0AbCdEfGhIjKlMnOpQrStU"),
    playbookId=_PLAYBOOK_ID,
    status=string("running", enum=[*RunStatus]),
    startedAt=INSTANT,
    endedAt=INSTANT,
    startedBy=_AUTHOR,
    metrics=obj("*", samples=INTEGER, successes=INTEGER, metricValue={"type": "number"}),
    xSpecVersion=INTEGER | {"example": 7},
    xSpec=SPEC | {"description": "As it was when the run began"},
    xEpoch=INTEGER | {"example": 2},
    xExecuted={"type": "boolean", "description": "Setpiece does the work; otherwise the client does"},
    xPending=INTEGER | {"example": 0, "description": "Leads that are touched and not matured yet"},
    xChatId=string("chat_example"),
    xPromptHash=string(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        description="SHA-256 of the prompt for its agent when it began",
    ),
    xError=string("The mailbox refused the sender."),
)
VERSION: Schema = obj(
    "*",
    xVersion=INTEGER | {"example": 7},
    xEpoch=INTEGER | {"example": 2},
    at=INSTANT,
    by=string("u_0AbCdEfGhIjKlMnOpQrStU", description="A member, `auto`, or `judge:<model>`"),
    why=string("edited"),
    xSpec=SPEC,
)


def show_playbook(program: Program) -> dict[str, Any]:
    return {
        "id": show(PROGRAM_PREFIX, program.id),
        **show_spec(program.spec),
        "createdAt": show_instant(program.created_at),
        "updatedAt": show_instant(program.updated_at),
        "createdBy": program.created_by,
        "xVersion": program.version,
        "xEpoch": program.epoch,
    }


def show_version(version: Version) -> dict[str, Any]:
    return {
        "xVersion": version.number,
        "xEpoch": version.epoch,
        "at": show_instant(version.at),
        "by": version.by,
        "why": version.why,
        "xSpec": show_spec(version.spec),
    }


def show_run(run: Run) -> dict[str, Any]:
    optional = {
        "endedAt": show_if_any(run.ended_at),
        "xChatId": run.chat_id,
        "xError": run.error,
        "xPromptHash": run.prompt_hash,
    }
    metrics = run.metrics
    return {
        "id": show(RUN_PREFIX, run.id),
        "playbookId": show(PROGRAM_PREFIX, run.program_id),
        "status": run.status,
        "startedAt": show_instant(run.started_at),
        "startedBy": run.started_by,
        "metrics": {
            "samples": metrics.samples,
            "successes": metrics.successes,
            "metricValue": _plain(metrics.metric_value),
        },
        "xSpecVersion": run.spec_version,
        "xSpec": show_spec(run.spec),
        "xEpoch": run.epoch,
        "xExecuted": run.is_executed,
        "xPending": metrics.pending,
    } | {name: value for name, value in optional.items() if value is not None}


def _plain(number: float) -> float:
    """Whole numbers without a fraction: `0`, as the API's reference has it."""
    return int(number) if number.is_integer() else number
