"""Qualify a person: offering, segment, persona and playbook."""

from setpiece.agents.model import AgentType
from setpiece.agents.qualify.run import qualify
from setpiece.agents.qualify.schemas import QualifyPerson
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.sequence.messages import nobody
from setpiece.matching.model import Kind

SECTIONS = (Kind.OFFERING, Kind.SEGMENT, Kind.PERSONA, Kind.PLAYBOOK)


async def qualify_person(run: Run[QualifyPerson]) -> Outcome:
    return await qualify(run, SECTIONS)


QUALIFY_PERSON = Runnable(
    AgentType.QUALIFY_PERSON,
    "qualify-person",
    "Score how well a person fits",
    QualifyPerson,
    qualify_person,
    nobody(),
)
