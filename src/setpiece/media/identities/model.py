"""A voice identity, and which voice is whose. Pure.

Distances are cosine distances, 0..2: 0 for the same direction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.media.model import Voice

IDENTITY_PREFIX = "ent"
LONGEST_LABEL = 64  # Source: reports-v1, entity label


@dataclass(frozen=True, slots=True)
class Identity:
    """A voice of a workspace.

    Attributes:
        label: What somebody called it.
        media_count: Recordings it is heard in.
        last_seen_at: When the newest of them was uploaded.
    """

    id: UUID
    label: str | None
    created_at: datetime
    media_count: int
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Voiceprint:
    """One speaker of one recording, as kept.

    Attributes:
        identity_id: None when somebody deleted the identity: then the speaker gets no other one.
        voice: None when it is not kept.
    """

    speaker: int
    identity_id: UUID | None
    speech_s: float
    voice: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class IdentifyOptions:
    """When two voices are one. The numbers are chosen in docs/decisions/0014-voices-are-known-again.md."""

    most_distance: float = 0.2
    """A voice and an identity further apart than this are two."""
    least_margin: float = 0.08
    """How much further away the runner-up has to be: another identity for the voice, or another voice for the identity."""
    most_change: float = 0.5
    """A voice of a recording that was identified before is still the one it was up to this distance: a merge of two speakers moves
    it by at most 0.3, half the way between strangers."""
    least_speech_s: float = 8.0
    """With less speech a speaker gets no identity: a voice is not told from others by so little."""


@dataclass(frozen=True, slots=True)
class Near:
    """How far a speaker's voice is from an identity."""

    speaker: int
    identity_id: UUID
    distance: float


def keep_earlier(
    voices: Sequence[Voice], earlier: Sequence[Voiceprint], options: IdentifyOptions
) -> dict[int, UUID | None]:
    """Speakers of a recording that was identified before, with the identity they had.

    A voice is known by its direction, because a correction may have given it another number; where none was kept, by its number.
    """
    distances = sorted(
        (cosine_distance(voice.embedding, print_.voice), voice.speaker, print_.speaker)
        for voice in voices
        for print_ in earlier
        if print_.voice and voice.embedding
    )
    identity_by_number = {print_.speaker: print_.identity_id for print_ in earlier}
    taken: dict[int, int] = {}
    for distance, speaker, number in distances:
        if speaker not in taken and number not in taken.values() and distance <= options.most_change:
            taken[speaker] = number
    for print_ in earlier:
        if print_.voice is None and print_.speaker in {voice.speaker for voice in voices}:
            taken.setdefault(print_.speaker, print_.speaker)
    return {speaker: identity_by_number[number] for speaker, number in taken.items()}


def choose(near: Sequence[Near], options: IdentifyOptions) -> Mapping[int, UUID]:
    """The identity of each speaker that has one among those near; two speakers never get the same.

    The nearest pair comes first. A pair whose runner-up is too near is not decided: that speaker is left out, and the identity
    goes to nobody of this recording.
    """
    chosen: dict[int, UUID] = {}
    undecided: set[int] = set()
    refused: set[UUID] = set()
    for pair in sorted(near, key=lambda one: (one.distance, one.speaker)):
        if pair.speaker in chosen or pair.speaker in undecided:
            continue
        if pair.identity_id in refused or pair.identity_id in chosen.values():
            continue
        if pair.distance > options.most_distance:
            break
        if _margin(pair, near, set(chosen.values())) >= options.least_margin:
            chosen[pair.speaker] = pair.identity_id
        else:
            undecided.add(pair.speaker)
            refused.add(pair.identity_id)
    return chosen


def _margin(pair: Near, near: Sequence[Near], taken: set[UUID]) -> float:
    """Distance to the runner-up: another identity that is not taken, for this voice, or another voice for this identity."""
    rivals = [
        one.distance
        for one in near
        if (
            one.speaker == pair.speaker
            and one.identity_id != pair.identity_id
            and one.identity_id not in taken
        )
        or (one.speaker != pair.speaker and one.identity_id == pair.identity_id)
    ]
    return min(rivals, default=2.0) - pair.distance


def cosine_distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Of directions of length 1."""
    return 1.0 - sum(a * b for a, b in zip(one, other, strict=True))
