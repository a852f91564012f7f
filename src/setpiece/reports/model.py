"""A call as the rooms above the media stages see it. Pure."""

from dataclasses import dataclass
from uuid import UUID

from setpiece.media.model import Measures, Turns


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks on a call.

    Attributes:
        speaker: The number under which turns and measures know them.
        name: What somebody called this speaker of this recording; None when nobody did.
        entity_id: The voice identity; None where identities are switched off or the voice was too short.
        entity_label: What the voice identity is called.
    """

    speaker: int
    name: str | None = None
    entity_id: UUID | None = None
    entity_label: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A recorded call after all stages, with the corrections that people made.

    Attributes:
        label: The recording's label.
        language: ISO 639-1 code of the language that was heard; `und` when nobody spoke.
        people: In order of their speaker numbers.
    """

    recording_id: UUID
    label: str
    duration_s: float
    language: str
    people: tuple[Person, ...]
    turns: Turns
    measures: Measures
