"""The four agents that work programs: what each is for, which tools it may use, and what it answers with.

Source: playbooks-v1, 1.2, "Buddies". The orchestrator is never one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from setpiece.programs.outcomes.model import REPORTABLE
from setpiece.programs.spec.model import Buddy

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Role:
    """What a buddy is told of itself.

    Attributes:
        work: Completes "You …".
        result: The part of its answer that no other buddy has, by name.
    """

    work: str
    tools: str
    result: Mapping[str, Schema]


def _text(about: str) -> Schema:
    return {"type": "string", "description": about}


def _list(**properties: Schema) -> Schema:
    item = {"type": "object", "properties": properties, "required": list(properties)}
    return {"type": "array", "items": item}


_SOURCE = _text("where it is written: a record, a page, an event")
ROLES: Mapping[Buddy, Role] = {
    Buddy.INSIGHTS: Role(
        "analyse across platforms, find out who the best customers are, and scan for signals",
        "read and analysis tools",
        {"findings": _list(statement=_text("one finding"), source=_SOURCE, count={"type": "integer"})},
    ),
    Buddy.PROSPECT: Role(
        "find signals, research who fits the ideal customer, and draft outreach",
        "signal, outreach and read tools",
        {
            "drafts": _list(
                leadId=_text("the lead's id"),
                channel=_text("one of the channels"),
                subject=_text("may be empty"),
                text=_text("the message"),
                sources={"type": "array", "items": _SOURCE},
            )
        },
    ),
    Buddy.CAMPAIGN: Role(
        "operate Customer.io, Mailchimp, HubSpot and Salesforce: segments, broadcasts and their metrics",
        "campaign and read tools",
        {
            "broadcasts": _list(
                segment=_text("who is reached"),
                channel=_text("one of the channels"),
                name=_text("what it is called there"),
                leads={"type": "integer"},
            )
        },
    ),
    Buddy.PIPELINE: Role(
        "keep the CRM in order: stages, fields and owners on the built-in pipeline",
        "read and mutating tools",
        {
            "changes": _list(
                recordId=_text("what was changed"),
                field=_text("which field"),
                before=_text("its value before"),
                after=_text("its value now"),
                why=_text("one sentence"),
            )
        },
    ),
}
_OUTCOME: Schema = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": list(REPORTABLE)},
        "sourceEventId": _text("the event's own id, the same whenever it is sent"),
        "leadId": _text("the lead's id"),
        "accountId": _text("the lead's company"),
        "at": {"type": "string", "format": "date-time"},
        "value": {"type": "number", "description": "of deals and custom metrics"},
    },
    "required": ["kind", "sourceEventId", "leadId", "at"],
}


def reply_schema(buddy: Buddy) -> Schema:
    """JSON Schema of the answer that the buddy has to give. Its outcomes can be sent on as they are."""
    properties: Schema = {
        "status": {"type": "string", "enum": ["done", "partial", "blocked"]},
        "summary": _text("what was done, in three sentences at most"),
        **ROLES[buddy].result,
        "outcomes": {"type": "array", "items": _OUTCOME},
        "missing": {"type": "array", "items": _text("a tool, a right or a fact that was missing")},
        "notes": {"type": "array", "items": _text("what the owner should know")},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}
