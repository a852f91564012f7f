"""The data of a qualification's answer as the contract documents it, and the record that is kept with the run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.model import AgentType, credits_for
from setpiece.agents.qualify.company import company_of, person_of
from setpiece.agents.qualify.evaluate.known import Known
from setpiece.agents.qualify.evaluate.verdict import Answer
from setpiece.agents.qualify.scoring import Answered, Qualification, Question, overall
from setpiece.agents.qualify.sections import MOST_QUESTIONS, Candidate, Scored, Section
from setpiece.kernel.ids import show
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.titles.words import shown
from setpiece.matching.model import Kind

MOST_EXPLAINED = 10
"""Candidates of a section whose answers are kept with the run; of the others the score is."""
_SECTION_NAMES = {
    Kind.OFFERING: ("offering", "offerings", "product", "products", "service", "services"),
    Kind.SEGMENT: ("segment", "segments"),
    Kind.PERSONA: ("persona", "personas"),
    Kind.PLAYBOOK: ("playbook", "playbooks", "motion", "motions"),
}
"""How `scoringContext` may call each section."""

Scores = Sequence[tuple[Section, Sequence[Scored]]]


@dataclass(frozen=True)
class Findings:
    """All sections scored."""

    identity: Identity
    known: Known
    scores: Scores
    settings: Mapping[str, Any]
    profile_url: str | None = None

    @property
    def contributing(self) -> list[tuple[Section, Qualification]]:
        found = [(section, scored[0].qualification) for section, scored in self.scores if scored]
        return [one for one in found if not _is_skipped(self.settings, one[0].kind) and not one[1].is_blank]

    @property
    def message(self) -> str:
        told = [_of_section(section, scored) for section, scored in self.scores]
        if self.known.cut:
            told.append("More was given than is looked at; the rest was left out.")
        left_out = sum(section.left_out for section, _ in self.scores)
        if left_out:
            told.append(f"{left_out} candidates were left out: a run answers {MOST_QUESTIONS:,} questions.")
        return " ".join(told)


def data_for(findings: Findings, *, full: bool) -> dict[str, Any]:
    """Everything under `data`. A service is shown as `product` too: older clients know no other name."""
    qualifications = [one for _, one in findings.contributing]
    score, _ = overall(qualifications)
    data: dict[str, Any] = {"score": score, "rationale": _overall_rationale(findings, score)}
    for section, scored in findings.scores:
        found = _matched(section, scored)
        data["product" if section.kind is Kind.OFFERING else section.kind.value] = found
        if section.kind is Kind.OFFERING and scored and scored[0].candidate.entity.kind == "service":
            data["service"] = found
    company = company_of(findings.identity, findings.known)
    data["company"] = company
    if any(section.kind is Kind.PERSONA for section, _ in findings.scores):
        data["person"] = person_of(findings.identity, findings.known, findings.profile_url, company)
    return data | {"annotations": _annotations(findings, full=full)}


def plan_for(sections: Sequence[Section], kind: AgentType) -> dict[str, Any]:
    """The data of a dry run: what would be asked of whom, and what it would cost."""
    return {
        "dryRun": True,
        "sections": {
            section.kind.value: {
                "closed": section.closed,
                "candidates": [
                    _identity(one) | {"questions": [_asked(question) for question in one.questions]}
                    for one in section.candidates
                ],
            }
            for section in sections
        },
        "wouldUse": credits_for(kind),
    }


def record_of(findings: Findings) -> dict[str, Any]:
    """Every candidate with its score; of the first few also each answer with its points."""
    contributing = {section.kind for section, _ in findings.contributing}
    return {
        section.kind.value: {
            "chosen": _oid(scored[0].candidate) if scored else None,
            "reason": section.closed,
            "contributes": section.kind in contributing,
            "candidates": [
                _identity(one.candidate) | _kept(one.qualification, explained=at < MOST_EXPLAINED)
                for at, one in enumerate(scored)
            ],
        }
        for section, scored in findings.scores
    }


def _kept(one: Qualification, *, explained: bool) -> dict[str, Any]:
    kept = {"score": one.score, "balance": one.balance, "disqualified": bool(one.disqualifying)}
    return kept | (
        {"answers": [_answer(answered) for answered in one.answered], "fit": _fit(one)} if explained else {}
    )


def _matched(section: Section, scored: Sequence[Scored]) -> dict[str, Any] | None:
    if not scored:
        return None
    best = scored[0]
    one = best.qualification
    entity = best.candidate.entity
    return {
        "message": _of_section(section, scored),
        **_identity(best.candidate),
        "description": entity.description,
        "qualification": {
            "score": one.score,
            "rationale": _rationale(one),
            "confidence": one.confidence,
            "balance": one.balance,
            "answers": [_answer(answered) for answered in one.answered],
            "fit": _fit(one),
        },
    }


def _answer(one: Answered) -> dict[str, Any]:
    return {
        "question": one.question.text,
        "answer": one.verdict.answer,
        "rationale": one.verdict.rationale,
        "confidence": one.verdict.confidence,
        "weight": one.question.weight,
        "fitType": "GOOD" if one.question.good else "BAD",
        "contribution": one.contribution,
        "evidence": [
            {"source": part.source, "quote": shown(part.quote, 300)} for part in one.verdict.evidence
        ],
        "implied": one.question.implied,
    }


def _fit(one: Qualification) -> dict[str, Any] | None:
    return {"value": one.fit.value, "contribution": one.fit.contribution} if one.fit else None


def _asked(one: Question) -> dict[str, Any]:
    return {
        "question": one.text,
        "fitType": "GOOD" if one.good else "BAD",
        "weight": one.weight,
        "implied": one.implied,
    }


def _identity(candidate: Candidate) -> dict[str, Any]:
    return {"oId": _oid(candidate), "name": candidate.entity.name}


def _oid(candidate: Candidate) -> str:
    return show(KIND_BY_NAME[candidate.entity.kind].prefix, candidate.entity.id)


def _of_section(section: Section, scored: Sequence[Scored]) -> str:
    """One sentence on how the section's match came about."""
    label = section.kind.value
    if not scored:
        return section.closed or f"There is no {label} to choose from."
    best, count = scored[0], len(scored)
    name, one = shown(best.candidate.entity.name), best.qualification
    if not one.answered:
        return (
            f"“{name}” has no qualifying questions"
            f"{', so only the job title speaks for this persona' if one.fit else ', so its score stays in the middle'}."
        )
    known = sum(1 for answered in one.answered if answered.verdict.answer is not Answer.UNKNOWN)
    of = f"the best of {count} {label}s" if count > 1 else f"the only {label}"
    sunk = " It is disqualified." if one.disqualifying else ""
    return f"“{name}” is {of}: {known} of {len(one.answered)} questions answered.{sunk}"


def _rationale(one: Qualification) -> str:
    if one.disqualifying:
        return " ".join(
            f"Disqualified: “{shown(a.question.text)}” {a.verdict.answer}." for a in one.disqualifying
        )
    parts = [
        f"“{shown(a.question.text)}” {a.verdict.answer} ({a.contribution:+.1f})"
        for a in one.answered
        if a.contribution
    ]
    parts += [f"job title fit {one.fit.value:.2f} ({one.fit.contribution:+.1f})"] if one.fit else []
    unknown = sum(1 for a in one.answered if a.verdict.answer is Answer.UNKNOWN)
    told = "; ".join(parts) if parts else "Nothing that was given decides a question"
    return f"{told}.{f' Unknown: {unknown} of {len(one.answered)}, which pulls to the middle.' if unknown else ''}"


def _overall_rationale(findings: Findings, score: int) -> str:
    counted = findings.contributing
    if not counted:
        return "No section has questions that count, so the score stays in the middle."
    told = ", ".join(f"{section.kind.value} {one.score}" for section, one in counted)
    sunk = any(one.disqualifying for _, one in counted)
    return f"{score} from {told}.{' A section is disqualified, which caps the score.' if sunk else ''}"


def _is_skipped(settings: Mapping[str, Any], kind: Kind) -> bool:
    """`scoringContext.<section>.skipContributingToOverallScore` in the agent's data."""
    data = settings.get("data")
    scoring = data.get("scoringContext") if isinstance(data, Mapping) else None
    sections = [scoring.get(name) for name in _SECTION_NAMES[kind]] if isinstance(scoring, Mapping) else []
    return any(
        isinstance(one, Mapping) and one.get("skipContributingToOverallScore") is True for one in sections
    )


def _annotations(findings: Findings, *, full: bool) -> dict[str, Any]:
    """Where each answer of the chosen ones comes from."""
    found = list(_notes(findings, full=full))
    return {"annotations": found, "metadata": {"answers": len(found)} if full else None}


def _notes(findings: Findings, *, full: bool) -> Iterator[dict[str, Any]]:
    for section, scored in findings.scores:
        for answered in scored[0].qualification.answered if scored else ():
            for part in answered.verdict.evidence:
                meta = {
                    "section": section.kind.value,
                    "question": answered.question.text,
                    "fact": shown(part.quote, 300),
                }
                yield {
                    "type": "REQUEST_FIELD",
                    "title": f"request: {part.source}",
                    "meta": meta if full else None,
                    "description": f"{answered.question.text} {answered.verdict.answer}",
                    "url": None,
                }
