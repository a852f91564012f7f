"""Executed runs, their messages and exports as clients see them. What does not apply is left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from setpiece.api.gtm.answers import INSTANT, INTEGER, Schema, array, obj, string
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.programs.execution.dispatch_repository import Dispatch, DispatchState
from setpiece.programs.execution.export_repository import Export
from setpiece.programs.execution.model import (
    EXPORT_PREFIX,
    MESSAGE_PREFIX,
    SENTENCES,
    Approval,
    Channel,
    Hold,
    Message,
    MessageState,
    OptOut,
    Plan,
)
from setpiece.programs.execution.preparing import COST
from setpiece.programs.execution.service import Overview
from setpiece.programs.execution.switches import Switch
from setpiece.programs.leads.model import LEAD_PREFIX
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX

_TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
_MESSAGE_ID = string("pm_0AbCdEfGhIjKlMnOpQrStU")
EMAILS = array(obj("*", subject=string("Two hours a week"), body=string("Hi Dana, …")))
DISPATCH: Schema = obj(
    "step state tries at",
    step=INTEGER | {"description": "Which email; 0 for a whole sequence"},
    state=string("sent", enum=[*DispatchState]),
    tries=INTEGER,
    at=INSTANT,
    endedAt=INSTANT,
    detail=string("mail.example.com answered 250"),
    exportId=string("pex_0AbCdEfGhIjKlMnOpQrStU"),
)
MESSAGE: Schema = obj(
    "id runId leadId accountId position state lead emails chosen requestId emailsSent updatedAt",
    id=_MESSAGE_ID,
    runId=string("run_0AbCdEfGhIjKlMnOpQrStU"),
    leadId=string("lead_0AbCdEfGhIjKlMnOpQrStU"),
    accountId=string("example.com"),
    position=INTEGER | {"description": "In the order of the draw, from 1"},
    state=string("awaiting_approval", enum=[*MessageState]),
    lead=_TEXTS,
    emails=EMAILS,
    chosen=_TEXTS | {"description": "What the sequence agent chose, and how sure it was"},
    variant=string("short", description="Where several variants share the leads: which one this got"),
    score={"type": "number", "description": "Of the qualification, 1 to 10"},
    reason=string("On the suppression list: email dana@example.com (unsubscribed)."),
    requestId=string(
        "run_0AbCdEfGhIjKlMnOpQrStU-lead_0AbCdEfGhIjKlMnOpQrStU",
        description="`GET /api/v2/agents/run/get?requestId=` shows the ranked candidates and the source of every claim",
    ),
    emailsSent=INTEGER,
    nextAt=INSTANT,
    decidedBy=string("u_0AbCdEfGhIjKlMnOpQrStU"),
    updatedAt=INSTANT,
)
_HOLD = obj("*", code=string(Hold.PAUSED, enum=[*Hold]), message=string(SENTENCES[Hold.PAUSED]))
EXECUTION: Schema = obj(
    "runId playbookId state holds delivery counts credits sentToday",
    runId=string("run_0AbCdEfGhIjKlMnOpQrStU"),
    playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"),
    state=string(
        "awaiting_approval",
        description="`drawing`, `writing`, `awaiting_approval`, `ready_to_export`, `sending`, `uncertain`, `following_up`, or how the run ended",
    ),
    holds=array(_HOLD) | {"description": "What keeps it from going on"},
    delivery=obj(
        "channel approval",
        channel=string("smtp", enum=[*Channel]),
        approval=string("required", enum=[*Approval]),
        dailyCap=INTEGER,
        budget=INTEGER,
        minScore={"type": "number"},
        followUpDays=array(INTEGER),
        optOut=string("line", enum=[*OptOut]),
        replyTo=string("team@example.com"),
        agentOId=string("ca_0AbCdEfGhIjKlMnOpQrStU"),
    ),
    drawn={
        "type": "object",
        "description": "Leads drawn, people counted, and how many could not be drawn, by reason",
    },
    counts={
        "type": "object",
        "additionalProperties": INTEGER,
        "description": "Leads in each state that has any",
    },
    credits=INTEGER | {"description": "Used so far; a lead takes two at most"},
    error=string("The playbook has no leads: import a list at leads/import.", description="Why it failed"),
    sentToday=INTEGER | {"description": "Of the playbook since midnight UTC, what is uncertain included"},
    pausedAt=INSTANT,
    pausedBy=string("u_0AbCdEfGhIjKlMnOpQrStU"),
)
EXPORT: Schema = obj(
    "*",
    id=string("pex_0AbCdEfGhIjKlMnOpQrStU"),
    format=string("csv"),
    messages=INTEGER,
    madeBy=string("u_0AbCdEfGhIjKlMnOpQrStU"),
    madeAt=INSTANT,
)
SWITCH: Schema = obj(
    "on",
    on={"type": "boolean"},
    reason=string("A wrong price stands in the emails"),
    thrownBy=string("u_0AbCdEfGhIjKlMnOpQrStU"),
    thrownAt=INSTANT,
)


def show_execution(found: Overview) -> dict[str, Any]:
    execution, stand = found.stand.execution, found.stand
    holds = list(
        dict.fromkeys(
            [
                *stand.holds_preparing(COST if found.counts.get(MessageState.DRAWN) else 0),
                *stand.holds_sending(),
            ]
        )
    )
    optional = {
        "error": found.run.error,
        "drawn": dict(execution.drawn) or None,
        "pausedAt": show_if_any(execution.paused_at),
        "pausedBy": execution.paused_by,
    }
    return {
        "runId": show(RUN_PREFIX, found.run.id),
        "playbookId": show(PROGRAM_PREFIX, found.run.program_id),
        "state": _state(found),
        "holds": [{"code": one, "message": SENTENCES[one]} for one in holds if one is not Hold.ENDED],
        "delivery": _show_plan(execution.plan),
        "counts": {str(state): count for state, count in found.counts.items()},
        "credits": execution.spent,
        "sentToday": stand.sent_today,
    } | {name: value for name, value in optional.items() if value is not None}


def _state(found: Overview) -> str:
    if found.run.status.is_final:
        return found.run.status
    if not found.stand.execution.is_drawn:
        return "drawing"
    is_export = found.stand.execution.plan.channel is Channel.EXPORT
    named: Mapping[MessageState, str] = {
        MessageState.DRAWN: "writing",
        MessageState.APPROVED: "ready_to_export" if is_export else "sending",
        MessageState.WAITING: "awaiting_approval",
        MessageState.UNCERTAIN: "uncertain",
    }
    return next((name for state, name in named.items() if found.counts.get(state)), "following_up")


def _show_plan(plan: Plan) -> dict[str, Any]:
    shown = {
        "channel": plan.channel,
        "approval": plan.approval,
        "dailyCap": plan.daily_cap,
        "budget": plan.budget,
        "minScore": plan.min_score,
        "followUpDays": list(plan.follow_up_days) if plan.channel is Channel.SMTP else None,
        "optOut": plan.opt_out if plan.channel is Channel.SMTP else None,
        "replyTo": plan.reply_to,
        "agentOId": plan.agent,
    }
    return {name: value for name, value in shown.items() if value is not None}


def show_message(message: Message) -> dict[str, Any]:
    optional = {
        "variant": message.variant,
        "score": message.score,
        "reason": message.reason,
        "nextAt": show_if_any(message.due_at),
        "decidedBy": message.decided_by,
    }
    return {
        "id": show(MESSAGE_PREFIX, message.id),
        "runId": show(RUN_PREFIX, message.run_id),
        "leadId": show(LEAD_PREFIX, message.lead_id),
        "accountId": message.account_key,
        "position": message.position,
        "state": message.state,
        "lead": dict(message.person),
        "emails": [{"subject": one.subject, "body": one.body} for one in message.emails],
        "chosen": dict(message.chosen),
        "requestId": message.request_id,
        "emailsSent": message.step,
        "updatedAt": show_instant(message.updated_at),
    } | {name: value for name, value in optional.items() if value is not None}


def show_dispatches(dispatches: Sequence[Dispatch]) -> list[dict[str, Any]]:
    return [_show_dispatch(one) for one in dispatches]


def _show_dispatch(one: Dispatch) -> dict[str, Any]:
    optional = {
        "endedAt": show_if_any(one.ended_at),
        "detail": one.detail,
        "exportId": show(EXPORT_PREFIX, one.export_id) if one.export_id else None,
    }
    return {
        "step": one.step,
        "state": one.state,
        "tries": one.tries,
        "at": show_instant(one.claimed_at),
    } | {name: value for name, value in optional.items() if value is not None}


def show_export(export: Export) -> dict[str, Any]:
    return {
        "id": show(EXPORT_PREFIX, export.id),
        "format": export.format,
        "messages": export.messages,
        "madeBy": export.made_by,
        "madeAt": show_instant(export.made_at),
    }


def show_switch(switch: Switch | None) -> dict[str, Any]:
    if switch is None:
        return {"on": False}
    return {
        "on": True,
        "reason": switch.reason,
        "thrownBy": switch.thrown_by,
        "thrownAt": show_instant(switch.thrown_at),
    }
