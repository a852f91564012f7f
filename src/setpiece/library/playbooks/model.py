"""A playbook's own values: what it is for, what it links to, what it says to each persona."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from setpiece.library.model import Entity

VALUE_PROP_PREFIX, TEMPLATE_PREFIX = "hy", "tp"


class PlaybookType(StrEnum):
    """Types of the contract; older names are read as the ones that replaced them."""

    LEGACY = "LEGACY"
    SOLUTION = "SOLUTION"
    SECTOR = "SECTOR"
    PRACTITIONER = "PRACTITIONER"
    MILESTONE = "MILESTONE"
    COMPETITIVE = "COMPETITIVE"
    ACCOUNT = "ACCOUNT"
    CUSTOM = "CUSTOM"


OLDER_TYPES = {
    "SEGMENT": PlaybookType.SECTOR,
    "SIGNAL": PlaybookType.MILESTONE,
    "SPECIALIST": PlaybookType.PRACTITIONER,
}


class Status(StrEnum):
    """Only an active playbook is chosen by an agent; a draft or archived one has to be pinned."""

    ACTIVE = "active"
    DRAFT = "draft"
    ARCHIVED = "archived"


class UseMode(StrEnum):
    """Whether the playbook's references or proof points may be used in copy."""

    SPECIFIC = "specific"
    NONE = "none"


class LinkRole(StrEnum):
    """What a linked entity is to the playbook: the kind it has to be of."""

    PERSONA = "persona"
    USE_CASE = "use-case"
    PROOF_POINT = "proof-point"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class FieldSource:
    """The library field a generated text rests on; `index` counts from 0 in a field of texts."""

    oid: str
    kind: str
    name: str
    field: str
    index: int | None = None

    def row(self) -> dict[str, Any]:
        return {
            "oId": self.oid,
            "kind": self.kind,
            "name": self.name,
            "field": self.field,
            "index": self.index,
        }


@dataclass(frozen=True, slots=True)
class Attached:
    """A sentence from an additional context source, kept because it bears on the play."""

    text: str
    source_type: str
    source: str
    """The URL; for TEXT, `text 1`, `text 2`, … in the order given."""

    def row(self) -> dict[str, Any]:
        return {"text": self.text, "source_type": self.source_type, "source": self.source}


@dataclass(frozen=True, slots=True)
class ValueProp:
    """What one persona gets from the offering, resting on the fields in `sources`."""

    id: UUID
    persona_id: UUID
    title: str
    details: str
    evidence: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...]
    created_at: datetime
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """One email of a per-persona skeleton; `content` maps subject and sections to text with placeholders."""

    id: UUID
    persona_id: UUID
    name: str
    status: str
    content: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Traits:
    """What a playbook has beside its entity."""

    type: PlaybookType
    status: Status
    reference_mode: UseMode
    proof_point_mode: UseMode
    offering_id: UUID
    competitor_id: UUID | None = None
    segment_id: UUID | None = None
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """A playbook with the ids of what it links to, in the order given."""

    entity: Entity
    traits: Traits
    links: Mapping[LinkRole, tuple[UUID, ...]] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.entity.id

    def linked(self, role: LinkRole) -> tuple[UUID, ...]:
        return self.links.get(role, ())

    @property
    def named_ids(self) -> tuple[UUID, ...]:
        """Everything it names, once each."""
        single = (self.traits.offering_id, self.traits.competitor_id, self.traits.segment_id)
        several = (one for ids in self.links.values() for one in ids)
        return tuple(dict.fromkeys(one for one in (*single, *several) if one))
