"""The four kinds of correction. Pure; plain data, stored as JSON.

Speakers are numbers. A number is never given to somebody else: after a merge it is free for good, and a new speaker gets the next
one that was never used.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from setpiece.media.model import Speakers

CORRECTION_PREFIX = "cor"
MOST_CORRECTIONS = 200
"""Of one recording: all are applied whenever it is read."""
LONGEST_NAME = 64  # as for the label of an entity


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds of the recording; `end_s` does not belong to it."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class MergeSpeakers:
    """Both are one person: all that `speaker` says is said by `into`."""

    speaker: int
    into: int


@dataclass(frozen=True, slots=True)
class SplitSpeaker:
    """What is said in a stretch of time is said by somebody else.

    Attributes:
        speaker: Whose speech it was taken for; None for everybody's.
        into: Whose it is; None for a speaker who is not there yet.
    """

    stretch: Stretch
    speaker: int | None
    into: int | None


@dataclass(frozen=True, slots=True)
class RenameSpeaker:
    """None takes the name away."""

    speaker: int
    name: str | None


@dataclass(frozen=True, slots=True)
class SwapSpeakers:
    """Each was taken for the other, in a stretch or throughout. Names stay with the numbers, speech moves."""

    one: int
    other: int
    stretch: Stretch | None


Change = MergeSpeakers | SplitSpeaker | RenameSpeaker | SwapSpeakers

CHANGE_BY_KIND: Mapping[str, type[Any]] = {
    "merge": MergeSpeakers,
    "split": SplitSpeaker,
    "rename": RenameSpeaker,
    "swap": SwapSpeakers,
}
_KIND_BY_CHANGE = {change: kind for kind, change in CHANGE_BY_KIND.items()}


@dataclass(frozen=True, slots=True)
class Correction:
    """A change as somebody made it.

    Attributes:
        heard: Print of the speakers that it is about. Of a recording that was heard otherwise since, it says nothing.
    """

    id: UUID
    change: Change
    heard: bytes
    created_by: UUID
    created_at: datetime

    @property
    def kind(self) -> str:
        return kind_of(self.change)


def kind_of(change: Change) -> str:
    return _KIND_BY_CHANGE[type(change)]


def read_change(kind: str, data: Mapping[str, Any]) -> Change:
    """The change as it was kept."""
    change: Change = TypeAdapter(CHANGE_BY_KIND[kind]).validate_python(data)
    return change


def print_of_speakers(speakers: Speakers) -> bytes:
    """Tells one hearing of a recording from another: corrections are about the speakers of one."""
    return hashlib.sha256(orjson.dumps(speakers.spans)).digest()[:16]
