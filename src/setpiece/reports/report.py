"""A report and what it was asked as. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from setpiece.reports.targets.model import Candidate, Chosen
from setpiece.reports.writing import Template

REPORT_PREFIX = "rpt"
_NAMES = {Template.SALES_PLAYBOOK: "Sales Playbook", Template.GENERAL_REPORT: "General Report"}


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was asked for.

    Attributes:
        asked: The request, as `ReportRequest.asked` keeps it.
        entity_id: Whose voice it is about; None before it is written, and for a voice that is not kept.
        entity_label: What that is called here.
        target: Who was chosen and why; None before it is written.
        document: The `json` of the contract; None before it is written.
        evidence: What each statement rests on.
        written_at: None before it is written.
    """

    id: UUID
    job_id: UUID
    recording_id: UUID
    asked: Mapping[str, Any]
    label: str
    entity_id: UUID | None
    entity_label: str | None
    target: Mapping[str, Any] | None
    document: Mapping[str, Any] | None
    markdown: str | None
    evidence: Mapping[str, Any] | None
    created_at: datetime
    written_at: datetime | None

    @property
    def template(self) -> Template:
        return Template(self.asked["output"]["template"])


def default_label(template: Template, at: datetime) -> str:
    """Such as "Sales Playbook - Mar 23, 2026"."""
    return f"{_NAMES[template]} - {at:%b} {at.day}, {at.year}"


def explanation(chosen: Chosen, selector: Mapping[str, Any]) -> dict[str, Any]:
    """Who was chosen, by which rule, how sure, and who came next: what the public document has no place for."""
    runner_up = chosen.runner_up
    return {
        "strategy": chosen.strategy,
        "selector": dict(selector),
        "speakerIndex": chosen.speaker,
        "why": chosen.why,
        "confidence": round(chosen.confidence, 3),
        "margin": round(chosen.margin, 3),
        "usedFallback": chosen.used_fallback,
        "runnerUp": _candidate(runner_up) if runner_up else None,
        "candidates": [_candidate(one) for one in chosen.candidates],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {"speakerIndex": one.speaker, "score": round(one.score, 3), "because": list(one.because)}
