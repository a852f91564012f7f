"""A matching, and who its subjects turned out to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

MATCHING_PREFIX = "mat"
GENERATE_MATCHING = "matching.generate"
"""The kind of job. Source: reports-v1, "Jobs"."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A subject as it was asked for, and who that is.

    Attributes:
        source: The subject, its selector with `on_miss`.
        entity_id: The voice; None where voices are switched off or the speech was too short.
        label: What the speaker or the voice is called.
    """

    source: Mapping[str, Any]
    entity_id: UUID | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker of a recording whom a matching rests on: when it goes, the matching goes."""

    recording_id: UUID
    speaker: int
    identity_id: UUID | None


@dataclass(frozen=True, slots=True)
class Matching:
    id: UUID
    job_id: UUID
    label: str | None
    target: Resolved
    group: tuple[Resolved, ...]
    document: Mapping[str, Any]
    markdown: str
    created_at: datetime
