"""What goes into a choice and what comes out: frozen values, filled by the caller, understood without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from setpiece.library.playbooks.model import PlaybookType, Status

ALL_OFFERINGS = None
"""`offering_ids` of a persona or segment that is linked to every offering."""


class Kind(StrEnum):
    """The four things that are chosen."""

    OFFERING = "offering"
    PLAYBOOK = "playbook"
    PERSONA = "persona"
    SEGMENT = "segment"


class Confidence(StrEnum):
    """How sure a choice is; HIGH only where the evidence is clear and the runner-up is far."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is known of the person and the company. Blank text counts as not given."""

    job_title: str | None = None
    company_name: str | None = None
    company_domain: str | None = None
    industry: str | None = None
    company_size: str | None = None
    location: str | None = None
    company_facts: str | None = None
    runtime_context: str | None = None
    """Facts for this run. Steers every choice a little."""
    selection_context: str | None = None
    """Free text that steers the choice of the playbook, and nothing else."""


Cosines = Mapping[str, float]
"""By the id of a candidate of any kind, -1..1; a candidate that is not in it was not compared."""


@dataclass(frozen=True, slots=True)
class Similar:
    """How near each candidate's text is in meaning to what is known of the prospect, as an embedding model sees it.

    Empty where nothing was given or no model is in use: the signals on it then take no part.
    """

    title: Cosines = field(default_factory=dict)
    selection: Cosines = field(default_factory=dict)
    runtime: Cosines = field(default_factory=dict)
    company: Cosines = field(default_factory=dict)


class Named(Protocol):
    """What every candidate has: an id, and the name that may be shown to outsiders."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OfferingCandidate:
    """A product, service or solution; `text` is everything it says of itself."""

    id: str
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PersonaCandidate:
    """A role; `text` holds its description, responsibilities, pains, concerns and objectives.

    `internal_name` is read like a title but never shown. `offering_ids` None means every offering.
    """

    id: str
    name: str
    internal_name: str | None = None
    titles: tuple[str, ...] = ()
    text: str = ""
    offering_ids: frozenset[str] | None = ALL_OFFERINGS


@dataclass(frozen=True, slots=True)
class SegmentCandidate:
    """A kind of company; `firmographics` are its labels and values (industry, geography, size) in one text."""

    id: str
    name: str
    text: str = ""
    firmographics: str = ""
    offering_ids: frozenset[str] | None = ALL_OFFERINGS


@dataclass(frozen=True, slots=True)
class PlaybookCandidate:
    """An angle for one offering; no `persona_ids` means that it is written for no one in particular."""

    id: str
    name: str
    offering_id: str
    type: PlaybookType = PlaybookType.SOLUTION
    status: Status = Status.ACTIVE
    persona_ids: frozenset[str] = frozenset()
    segment_id: str | None = None
    competitor_name: str | None = None
    example_domains: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everything to choose from, in the library's order, which decides between equals."""

    offerings: tuple[OfferingCandidate, ...] = ()
    playbooks: tuple[PlaybookCandidate, ...] = ()
    personas: tuple[PersonaCandidate, ...] = ()
    segments: tuple[SegmentCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Pins:
    """What the request asked for by id; it wins over every score and over the agent settings."""

    offering_id: str | None = None
    playbook_id: str | None = None
    persona_id: str | None = None
    segment_id: str | None = None

    def of(self, kind: Kind) -> str | None:
        return {
            Kind.OFFERING: self.offering_id,
            Kind.PLAYBOOK: self.playbook_id,
            Kind.PERSONA: self.persona_id,
            Kind.SEGMENT: self.segment_id,
        }[kind]


class Mode(StrEnum):
    """How an agent wants one kind chosen."""

    BEST_MATCH = "best_match"
    SUBSET = "subset"
    FIXED = "fixed"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Rule:
    """An agent's setting for one kind: `ids` are the allowed ones of a subset, or the one that is fixed."""

    mode: Mode = Mode.BEST_MATCH
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """An agent's settings for all four kinds; the default leaves everything to the best match."""

    offering: Rule = Rule()
    playbook: Rule = Rule()
    persona: Rule = Rule()
    segment: Rule = Rule()

    def of(self, kind: Kind) -> Rule:
        return {
            Kind.OFFERING: self.offering,
            Kind.PLAYBOOK: self.playbook,
            Kind.PERSONA: self.persona,
            Kind.SEGMENT: self.segment,
        }[kind]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one signal says of one candidate.

    `value` is 0..1, `weight` is the signal's part of the reachable points (the weights of one ranking sum to
    1.0), `share` the part of the candidate's score that came from it. `note` is a clause for people, or empty.
    """

    signal: str
    value: float
    weight: float
    share: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, 0..1 rounded to four places, and where it came from.

    `excluded` says why a candidate could not be taken although it was compared.
    """

    id: str
    name: str
    score: float
    readings: tuple[Reading, ...] = ()
    excluded: str | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """The one chosen. `ranked` holds the best ten compared, the chosen one included.

    `margin` is its score less the best other eligible score (its own score when there is no other).
    """

    id: str
    name: str
    ranked: tuple[Ranked, ...]
    margin: float
    confidence: Confidence
    analysis: str
    pinned_by: str | None = None


@dataclass(frozen=True, slots=True)
class Unchosen:
    """Why a kind has no pick, in a sentence for people, and what was compared."""

    reason: str
    ranked: tuple[Ranked, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The four picks; a kind without one is explained in `unchosen`."""

    offering: Pick | None = None
    playbook: Pick | None = None
    persona: Pick | None = None
    segment: Pick | None = None
    unchosen: Mapping[Kind, Unchosen] = field(default_factory=dict)
