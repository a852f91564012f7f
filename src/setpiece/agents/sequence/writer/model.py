"""What goes into the writer and what comes out: frozen values, no behaviour beyond small look-ups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

SectionName = Literal["subject", "greeting", "opening", "body", "closing", "cta", "ps", "signature"]
"""Where a sentence stands. `subject` is used by claims only: it is not one of an email's sections."""


class FactRole(StrEnum):
    """What a fact is to the sale; it decides in which kind of sentence the fact may stand."""

    PAIN = "pain"
    CONCERN = "concern"
    OBJECTIVE = "objective"
    RESPONSIBILITY = "responsibility"
    WHY_WE_MATTER = "why_we_matter"
    STATUS_QUO = "status_quo"
    CHALLENGE = "challenge"
    CAPABILITY = "capability"
    DIFFERENTIATOR = "differentiator"
    BENEFIT = "benefit"
    KEY_INSIGHT = "key_insight"
    APPROACH = "approach"
    VALUE_PROP = "value_prop"
    SCENARIO = "scenario"
    """A moment of the reader's work in which a use case begins."""
    USE_CASE = "use_case"
    PROOF = "proof"
    REFERENCE = "reference"
    COMPETITOR_GAP = "competitor_gap"
    REASON_WE_WIN = "reason_we_win"
    OBJECTION = "objection"
    ANSWER = "answer"
    """What to say to an objection of the same entity."""
    TRIGGER = "trigger"
    SEGMENT = "segment"
    ATTACHED = "attached"
    """A sentence from an additional context source of the playbook."""
    CONTEXT = "context"
    """Given with the request about this person or company (`runtimeContext`)."""
    CALL = "call"
    """Said by the reader on a recorded call: quoted, never put into other words."""


class Length(StrEnum):
    SHORT = "SHORT"
    MEDIUM = "MEDIUM"
    LONG = "LONG"
    MIXED = "MIXED"


class Tone(StrEnum):
    PLAIN = "plain"
    FORMAL = "formal"
    CASUAL = "casual"
    FRIENDLY = "friendly"
    DIRECT = "direct"


class SequenceType(StrEnum):
    COLD_OUTBOUND = "COLD_OUTBOUND"
    WARM_OUTBOUND = "WARM_OUTBOUND"
    INBOUND = "INBOUND"
    CUSTOM = "CUSTOM"
    """No habits of a type: what is written, `instructions` say."""
    CVI_WHY_CHANGE = "CVI_WHY_CHANGE"
    """Why change: an insight and the cost of today's way come before the problem and us."""
    BARE_METAL = "BARE_METAL"
    """Problem, answer and ask; nothing around them."""


class Goal(StrEnum):
    INITIATE_CONVERSATION = "INITIATE_CONVERSATION"
    SCHEDULE_MEETING = "SCHEDULE_MEETING"
    REQUEST_INTRODUCTION = "REQUEST_INTRODUCTION"
    ASK_FOR_FEEDBACK = "ASK_FOR_FEEDBACK"
    FIND_TIME_TO_CONNECT = "FIND_TIME_TO_CONNECT"
    POLITELY_DISENGAGE = "POLITELY_DISENGAGE"
    SMART_CTA = "SMART_CTA"
    """The writer chooses the ask by what the email is for and how well the reader is known."""


class Job(StrEnum):
    """What one email is for. The first five are the road of a sequence; the others take a place when facts allow."""

    PROBLEM = "problem"
    STATUS_QUO = "status_quo"
    PROOF = "proof"
    OBJECTION = "objection"
    CLOSE = "close"
    INSIGHT = "insight"
    COMPARISON = "comparison"
    USE_CASE = "use_case"
    GOAL = "goal"
    OFFER = "offer"
    """Says what the offering does, where no problem of the reader's is known that it answers."""


class Part(StrEnum):
    """What a fact does in its email's argument."""

    SITUATION = "situation"
    LEAD = "lead"
    """What the email is about: one idea."""
    COST = "cost"
    """More of the same problem."""
    ANSWER = "answer"
    CONSEQUENCE = "consequence"
    PROOF = "proof"
    ASK = "ask"
    PS = "ps"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: an entity's field, or a field of the request.

    `oid` is empty and `kind` is "request" for what came with the request ("runtimeContext.all", "jobTitle"). What the reader
    said on a call has the kind "call" and its seconds as field.
    """

    oid: str
    kind: str
    entity_name: str
    field: str
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One raw user input of any shape and length, and where it stands."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person written to. A field may hold a placeholder such as `{{firstName}}`: it is kept as it is."""

    first_name: str | None = None
    last_name: str | None = None
    job_title: str | None = None
    company_name: str | None = None
    company_domain: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    name: str | None = None
    title: str | None = None
    company: str | None = None
    sign_off: str | None = None


@dataclass(frozen=True, slots=True)
class Craft:
    """The bounds of an email. Defaults are what senders measured to be answered most (Lavender, Gong, Belkins, Instantly)."""

    words: Mapping[Length, tuple[int, int]] = field(default_factory=lambda: _WORDS)
    """Fewest and most words from greeting to call to action; fewest only as far as facts on the matter go."""
    sentence_words: int = 24
    grade: tuple[float, float] = (3.0, 6.0)
    """Reading grade to aim at, by the measure of the language (`grade`, `grade_romance`). Below is well; an email that has to be above is named in a note."""
    subject_words: tuple[int, int] = (2, 6)


_WORDS: Mapping[Length, tuple[int, int]] = MappingProxyType(
    {Length.SHORT: (30, 60), Length.MEDIUM: (50, 90), Length.LONG: (80, 140)}
)


@dataclass(frozen=True, slots=True)
class Style:
    num_emails: int = 3
    tone: Tone = Tone.PLAIN
    length: Length = Length.MEDIUM
    sequence_type: SequenceType = SequenceType.COLD_OUTBOUND
    goal: Goal = Goal.INITIATE_CONVERSATION
    unique_subjects: bool = True
    same_subject: bool = False
    """The first email's subject for all, as a thread has it."""
    same_cta: bool = False
    """The first email's ask for all."""
    include_ps: bool = False
    greeting: str | None = None
    """Words before the name ("Dear"), or a whole line with `{{firstName}}` in it; empty for no greeting."""
    subject: str | None = None
    cta: str | None = None
    craft: Craft = field(default_factory=Craft)


@dataclass(frozen=True, slots=True)
class Step:
    """Style and sender of one email, where they differ from the sequence's."""

    style: Style
    sender: Sender


_NO_STEPS: Mapping[int, Step] = MappingProxyType({})
_NO_INSTRUCTIONS: Mapping[str, str] = MappingProxyType({})
_NO_STEP_FACTS: Mapping[int, tuple[Fact, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Brief:
    """All the writer may use. It never holds an internal name, apart from `persona_name`, which may be one.

    `facts` are ordered, best first. `step_context` and the keys of `instructions` other than "all" are
    1-based step numbers; they add to what holds for all. `seed` decides between equally good phrasings.
    """

    recipient: Recipient
    sender: Sender
    offering_name: str
    facts: Mapping[FactRole, tuple[Fact, ...]]
    offering_kind: Literal["product", "service"] = "product"
    persona_name: str | None = None
    competitor_name: str | None = None
    step_context: Mapping[int, tuple[Fact, ...]] = field(default_factory=lambda: _NO_STEP_FACTS)
    instructions: Mapping[str, str] = field(default_factory=lambda: _NO_INSTRUCTIONS)
    style: Style = field(default_factory=Style)
    steps: Mapping[int, Step] = field(default_factory=lambda: _NO_STEPS)
    lang: str | None = None
    """The language asked for; the facts' own decides (`detect`)."""
    seed: str = ""

    def at(self, step: int) -> Step:
        return self.steps.get(step) or Step(self.style, self.sender)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an email and one fact it rests on; a sentence with two facts has two claims.

    `fact_text` is the fact as it stands in the source, cleaned and perhaps shortened at a clause boundary.
    """

    sentence: str
    section: SectionName
    source: Source
    fact_text: str


@dataclass(frozen=True, slots=True)
class Sections:
    """The parts of an email, each a tuple of paragraphs; of `signature`, each item is a line."""

    greeting: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    cta: tuple[str, ...] = ()
    ps: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftEmail:
    subject: str
    core_value_prop: str
    sections: Sections
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The emails, and plain sentences on what could not be done as asked.

    There can be fewer emails than asked for, down to none: an email without a fact is not written.
    """

    emails: tuple[DraftEmail, ...]
    notes: tuple[str, ...] = ()
    language: str = "en"
    """Code of the language written: `en`, `es` or `pt`."""
