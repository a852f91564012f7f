"""The plan of a sequence as others see it: what each email is for and rests on, before a word is written."""

from dataclasses import dataclass

from setpiece.agents.sequence.writer.model import Fact, FactRole, Goal, Job, Part


@dataclass(frozen=True, slots=True)
class PlannedFact:
    """A fact chosen for an email, what it does there, and what of it will be said."""

    part: Part
    role: FactRole
    fact: Fact
    said: str


@dataclass(frozen=True, slots=True)
class EmailPlan:
    """One email before it is put into words. `goal` is never SMART_CTA: it is decided here."""

    step: int
    job: Job
    goal: Goal
    words: tuple[int, int]
    facts: tuple[PlannedFact, ...]


@dataclass(frozen=True, slots=True)
class SequencePlan:
    """What each email of a sequence is for and the facts it may use: the same for every writer."""

    language: str
    emails: tuple[EmailPlan, ...]
    notes: tuple[str, ...] = ()
