"""Every agent that can run here. A new one is its package and a line in this list."""

from typing import Any

from setpiece.agents.call_prep.run import CALL_PREP
from setpiece.agents.context.run import CONTEXT
from setpiece.agents.enrich_company.run import ENRICH_COMPANY
from setpiece.agents.enrich_person.run import ENRICH_PERSON
from setpiece.agents.generate_content.run import CONTENT
from setpiece.agents.model import AgentType
from setpiece.agents.qualify_company.run import QUALIFY_COMPANY
from setpiece.agents.qualify_person.run import QUALIFY_PERSON
from setpiece.agents.running import Runnable
from setpiece.agents.sequence.run import SEQUENCE
from setpiece.kernel.errors import Invalid

AGENTS: tuple[Runnable[Any], ...] = (
    SEQUENCE,
    CONTENT,
    CALL_PREP,
    CONTEXT,
    ENRICH_PERSON,
    ENRICH_COMPANY,
    QUALIFY_PERSON,
    QUALIFY_COMPANY,
)


def runnable(kind: AgentType) -> Runnable[Any]:
    """Raises Invalid for a type of agent that cannot run here."""
    for one in AGENTS:
        if one.kind is kind:
            return one
    raise Invalid(f"Agents of the type {kind} cannot run in this release.")
