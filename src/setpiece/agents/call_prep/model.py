"""What a methodology is made of: stages, and in each what to ask and what to say."""

from dataclasses import dataclass
from enum import StrEnum

from setpiece.agents.sequence.writer.model import FactRole


class Purpose(StrEnum):
    """What a question wants to find out; `questions` has the wordings of each."""

    KNOWN = "known"
    SITUATION = "situation"
    STATUS_QUO = "status_quo"
    PROBLEM = "problem"
    IMPLICATION = "implication"
    PAYOFF = "payoff"
    METRIC = "metric"
    BUDGET = "budget"
    AUTHORITY = "authority"
    TIMING = "timing"
    WAITING = "waiting"
    CRITERIA = "criteria"
    PROCESS = "process"
    CHAMPION = "champion"
    INSIGHT = "insight"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True)
class Ask:
    """Up to `most` questions of a purpose, about facts of these roles, the first roles first."""

    purpose: Purpose
    roles: tuple[FactRole, ...]
    most: int = 1


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a call. `tells` are the roles of what the seller says in it."""

    name: str
    aim: str
    asks: tuple[Ask, ...] = ()
    tells: tuple[FactRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Methodology:
    """A way to lead a call, with its stages in its own order and terms."""

    name: str
    label: str
    stages: tuple[Stage, ...]
