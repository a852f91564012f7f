"""Qualify a company: offering, segment and playbook. There is no person, so there is no persona."""

from setpiece.agents.model import AgentType
from setpiece.agents.qualify.run import qualify
from setpiece.agents.qualify.schemas import QualifyCompany
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.matching.model import Kind

SECTIONS = (Kind.OFFERING, Kind.SEGMENT, Kind.PLAYBOOK)
NOBODY = "Nothing says which company this is for: send companyDomain, companyName or crmAccountId."


async def qualify_company(run: Run[QualifyCompany]) -> Outcome:
    return await qualify(run, SECTIONS)


QUALIFY_COMPANY = Runnable(
    AgentType.QUALIFY_COMPANY,
    "qualify-company",
    "Score how well a company fits",
    QualifyCompany,
    qualify_company,
    NOBODY,
)
