"""A saved agent, an experiment between agents, and what kinds of agent there are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

AGENT_PREFIX, EXPERIMENT_PREFIX = "ca", "ae"


class AgentType(StrEnum):
    """Types of the contract; EMAIL is the sequence agent."""

    PROSPECTOR = "PROSPECTOR"
    CONTENT = "CONTENT"
    EMAIL = "EMAIL"
    ENRICH_PERSON = "ENRICH_PERSON"
    ENRICH_COMPANY = "ENRICH_COMPANY"
    QUALIFY_PERSON = "QUALIFY_PERSON"
    QUALIFY_COMPANY = "QUALIFY_COMPANY"
    CALL_PREP = "CALL_PREP"
    CONTEXT = "CONTEXT"


@dataclass(frozen=True, slots=True)
class TypeDescription:
    name: str
    description: str
    category: str
    runs_here: bool = False
    """Whether this release can run it. The others can be saved, with a warning."""


TYPES: Mapping[AgentType, TypeDescription] = {
    AgentType.EMAIL: TypeDescription(
        "Sequence", "Chooses the play for a person and writes the emails", "Outreach", runs_here=True
    ),
    AgentType.CONTENT: TypeDescription(
        "Content", "Writes a piece or JSON for a person or company", "Outreach", runs_here=True
    ),
    AgentType.CALL_PREP: TypeDescription(
        "Call prep", "Prepares a call with a person", "Outreach", runs_here=True
    ),
    AgentType.PROSPECTOR: TypeDescription("Prospector", "Finds people at a company", "Research"),
    AgentType.ENRICH_PERSON: TypeDescription(
        "Enrich person", "Gathers what is known of a person", "Research", runs_here=True
    ),
    AgentType.ENRICH_COMPANY: TypeDescription(
        "Enrich company", "Gathers what is known of a company", "Research", runs_here=True
    ),
    AgentType.QUALIFY_PERSON: TypeDescription(
        "Qualify person", "Scores how well a person fits", "Qualification", runs_here=True
    ),
    AgentType.QUALIFY_COMPANY: TypeDescription(
        "Qualify company", "Scores how well a company fits", "Qualification", runs_here=True
    ),
    AgentType.CONTEXT: TypeDescription(
        "Context", "Finds what the library says on a question", "Research", runs_here=True
    ),
}

LANGUAGES = ("English", "Spanish", "Portuguese")
"""Languages that the embedded writer writes: each from facts in that language."""

_GRADES = re.compile(
    r"(?:grade\s*)?(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?(?:(?:st|nd|rd|th)?(?:\s*grade)?)", re.IGNORECASE
)
_HIGHEST_GRADE = 16


def read_grades(level: int | str) -> tuple[float, float] | None:
    """The lowest and highest school grade of a reading level: 6 and "grade 6" are up to 6, "3-6" a range; None for other texts."""
    match = _GRADES.fullmatch(str(level).strip())
    if match is None:
        return None
    low, high = int(match[1]), int(match[2] or match[1])
    if match[2] is None:
        low = min(low, 3)
    return (float(low), float(high)) if 1 <= low <= high <= _HIGHEST_GRADE else None


@dataclass(frozen=True, slots=True)
class Agent:
    """Saved settings; `settings` holds the contract's fields as they were sent."""

    id: UUID
    name: str
    description: str
    type: AgentType
    is_default: bool
    settings: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime


class RunStrategy(StrEnum):
    RANDOM = "RANDOM"
    ROUND_ROBIN = "ROUND_ROBIN"
    WEIGHTED = "WEIGHTED"


@dataclass(frozen=True, slots=True)
class Arm:
    """One agent of an experiment; weights are relative to each other."""

    agent_id: UUID
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Experiment:
    id: UUID
    name: str
    description: str | None
    agent_type: AgentType
    strategy: RunStrategy
    arms: Sequence[Arm]
    author_id: UUID
    created_at: datetime
    updated_at: datetime


def credits_for(kind: AgentType) -> int:
    """`costToRun`: one credit a run, whatever the type; counted, never enforced."""
    return 1 if TYPES[kind].runs_here else 0
