"""The person enrichment agent: what was said of the person and the company, and who they are in the library."""

from dataclasses import replace

from setpiece.agents.enrich_company.learning import known_as, learn, prospect_of
from setpiece.agents.enrich_person.person import person_of
from setpiece.agents.enrich_person.schemas import EnrichPersonRun
from setpiece.agents.matched import matched
from setpiece.agents.material import NOBODY, outcome_of
from setpiece.agents.model import AgentType
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.selection import select
from setpiece.agents.sequence.messages import nobody
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.told import told_in


async def enrich_person(run: Run[EnrichPersonRun]) -> Outcome:
    """The person's record with sources, the company's, and the persona, offering, use cases and playbook that fit."""
    identity, told = run.identity or NOBODY, told_in(run)
    person, enriched = person_of(run.request, identity, told), await learn(run, told)
    if not person.facts and not enriched.profile.facts:
        return Outcome(
            "No CRM is connected, so an id says nothing: send a job title, a name, an email or a company."
        )
    prospect = replace(prospect_of(identity, enriched.profile, told), job_title=person.title)
    async with run.open_work() as work:
        selection = await select(work, run, prospect, SequenceRun())
        known = await known_as(work, enriched.profile.value("name"))
    company = enriched.profile.shown()
    data = {"person": person.shown(company), "company": company, "known": known, **matched(selection)}
    cited = [*person.cited(), *enriched.profile.cited()]
    return outcome_of(run, selection, data, cited, enriched.notes)


ENRICH_PERSON = Runnable(
    AgentType.ENRICH_PERSON,
    "enrich-person",
    "Gather what is known of a person",
    EnrichPersonRun,
    enrich_person,
    nobody(),
)
