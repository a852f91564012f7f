"""The company enrichment agent: learn what was said of the company, and match it to the library."""

from setpiece.agents.enrich_company.learning import known_as, learn, prospect_of
from setpiece.agents.enrich_company.schemas import EnrichCompanyRun
from setpiece.agents.matched import matched
from setpiece.agents.material import NOBODY, outcome_of
from setpiece.agents.model import AgentType
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.selection import select
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.told import told_in


async def enrich_company(run: Run[EnrichCompanyRun]) -> Outcome:
    """The company's record with sources, and the offering, playbook and segment that fit it."""
    told = told_in(run)
    enriched = await learn(run, told)
    if not enriched.profile.facts:
        return Outcome("No CRM is connected, so an id says nothing: send companyDomain or companyName.")
    prospect = prospect_of(run.identity or NOBODY, enriched.profile, told)
    async with run.open_work() as work:
        selection = await select(work, run, prospect, SequenceRun())
        known = await known_as(work, enriched.profile.value("name"))
    data = {"company": enriched.profile.shown(), "known": known, **matched(selection)}
    return outcome_of(run, selection, data, [*enriched.profile.cited()], enriched.notes)


ENRICH_COMPANY = Runnable(
    AgentType.ENRICH_COMPANY,
    "enrich-company",
    "Gather what is known of a company",
    EnrichCompanyRun,
    enrich_company,
    "Nothing says which company this is: send companyDomain or companyName.",
)
