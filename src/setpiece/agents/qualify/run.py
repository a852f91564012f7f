"""The road of a qualifying run: what may be chosen, every question answered, the best of each section, one score."""

import asyncio
from collections.abc import Sequence
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.qualify.answer import Findings, data_for, plan_for, record_of
from setpiece.agents.qualify.evaluate.known import Known, read_known
from setpiece.agents.qualify.schemas import QualifyCompany, QualifyPerson
from setpiece.agents.qualify.sections import Section, open_sections, score_section
from setpiece.agents.running import Outcome, Run
from setpiece.agents.sequence.candidates import load_candidates
from setpiece.agents.sequence.likeness import ask
from setpiece.agents.sequence.rules import named_ids, rules_of
from setpiece.matching.choose import choose
from setpiece.matching.model import Kind, Prospect

EMPTY_LIBRARY = (
    "There is nothing to qualify for: create a product or service (POST /api/v2/product/create) with qualifying "
    "questions, or import a file with 'setpiece library import'."
)
_GIVEN = ("jobTitle", "companyName", "companyDomain")
"""Fields of the request that can be evidence; the others only say who it is."""


async def qualify(run: Run[QualifyPerson] | Run[QualifyCompany], kinds: Sequence[Kind]) -> Outcome:
    """Score every candidate of the sections `kinds` and answer with the best of each."""
    assert run.identity is not None
    known = _known(run, run.identity)
    with run.timing.stage("candidates"):
        sections = await _sections(run, run.identity, known, kinds)
    if not any(section.candidates for section in sections):
        return Outcome(" ".join([EMPTY_LIBRARY, *(one.closed for one in sections if one.closed)]))
    with run.timing.stage("answer"):
        # Beside the event loop: a large library asks two thousand questions.
        scored = await asyncio.to_thread(lambda: [(one, score_section(one, known)) for one in sections])
    findings = Findings(run.identity, known, tuple(scored), run.agent.settings, _profile(run))
    if run.request.dryRun:
        return Outcome(
            "This is the plan; no question was charged or kept.", plan_for(sections, run.agent.type)
        )
    # No persona is named: one that is named counts a sequence that was written for it.
    data = data_for(findings, full=run.request.includeFullAnnotation)
    return Outcome(findings.message, data, record_of(findings))


def _known(run: Run[QualifyPerson] | Run[QualifyCompany], identity: Identity) -> Known:
    given = {name: getattr(run.request, name, None) for name in _GIVEN}
    names = [identity.company_name, identity.first_name, identity.last_name]
    return read_known(given, run.request.runtimeContext, job_title=identity.job_title, names=names)


def _profile(run: Run[Any]) -> str | None:
    return getattr(run.request, "linkedInProfile", None) or None


async def _sections(
    run: Run[Any], identity: Identity, known: Known, kinds: Sequence[Kind]
) -> tuple[Section, ...]:
    prospect, settings = _prospect(identity, known), run.agent.settings
    asked = ask(run.tools.embedder, prospect)
    async with run.open_work() as work:
        loaded = await load_candidates(work, prospect, named_ids(settings), asked=asked)
    rules = rules_of(settings)
    choice = choose(prospect, loaded.candidates, None, rules, loaded.similar)
    return open_sections(loaded, choice, rules, kinds, titled=prospect.job_title is not None)


def _prospect(identity: Identity, known: Known) -> Prospect:
    """As matching takes it, so that its order can decide between equals."""
    told = "\n".join([*(clause.text for clause in known.clauses), *(field.value for field in known.fields)])
    return Prospect(
        job_title=identity.job_title or known.job_title,
        company_name=identity.company_name,
        company_domain=identity.company_domain,
        runtime_context=told or None,
    )
