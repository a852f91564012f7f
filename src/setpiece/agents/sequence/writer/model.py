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
    USE_CASE = "use_case"
    PROOF = "proof"
    REFERENCE = "reference"
    COMPETITOR_GAP = "competitor_gap"
    REASON_WE_WIN = "reason_we_win"
    OBJECTION = "objection"
    """The worry, or (field `reframeAndResponse`) the answer to a worry of the same entity."""
    TRIGGER = "trigger"
    SEGMENT = "segment"
    ATTACHED = "attached"
    """A sentence from an additional context source of the playbook."""
    CONTEXT = "context"
    """Given with the request about this person or company (`runtimeContext`)."""


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


class Goal(StrEnum):
    INITIATE_CONVERSATION = "INITIATE_CONVERSATION"
    SCHEDULE_MEETING = "SCHEDULE_MEETING"
    REQUEST_INTRODUCTION = "REQUEST_INTRODUCTION"
    ASK_FOR_FEEDBACK = "ASK_FOR_FEEDBACK"
    FIND_TIME_TO_CONNECT = "FIND_TIME_TO_CONNECT"
    POLITELY_DISENGAGE = "POLITELY_DISENGAGE"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: an entity's field, or a field of the request.

    `oid` is empty and `kind` is "request" for what came with the request ("runtimeContext.all", "jobTitle").
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
class Style:
    num_emails: int = 3
    tone: Tone = Tone.PLAIN
    length: Length = Length.MEDIUM
    sequence_type: SequenceType = SequenceType.COLD_OUTBOUND
    goal: Goal = Goal.INITIATE_CONVERSATION
    unique_subjects: bool = True
    include_ps: bool = False


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
    seed: str = ""


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
