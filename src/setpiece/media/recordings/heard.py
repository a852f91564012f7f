"""What was heard on a recording, for whoever reads, writes about or exports it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from setpiece.media.corrections.model import Correction, print_of_speakers
from setpiece.media.corrections.repository import CorrectionRepository
from setpiece.media.model import Measures, Pitch, Speakers, Stage, Turns
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.stage_results import StageResults
from setpiece.storage.database import Scope

NO_PITCH = Pitch(())
_READ = (Stage.SPEAKERS, Stage.TURNS, Stage.PITCH, Stage.MEASURES)


@dataclass(frozen=True, slots=True)
class HeardCall:
    """What the last complete run heard.

    Attributes:
        language: ISO 639-1, `und` when nobody spoke.
        speakers: Who speaks when, and their voices.
        names: What people call its speakers, by number.
        pitch: What the measures have it from; without a track when an older release heard the recording.
    """

    turns: Turns
    measures: Measures
    language: str
    speakers: Speakers
    names: Mapping[int, str] = field(default_factory=dict)
    pitch: Pitch = NO_PITCH


async def heard_call(scope: Scope, recording_id: UUID) -> HeardCall | None:
    """With the corrections that people made. None before the first run is complete, and once the recording is deleted.

    While it is heard again, this is still what was heard before.
    """
    heard = await as_heard(scope, recording_id)
    return heard and corrected(heard, await CorrectionRepository(scope).of(recording_id))


async def as_heard(scope: Scope, recording_id: UUID) -> HeardCall | None:
    """Without corrections; else as `heard_call`."""
    recording = await RecordingRepository(scope).find(recording_id)
    if recording is None or recording.deleted_at or recording.language is None:
        return None
    found = await StageResults(scope).current(recording_id, *_READ)
    if not found:
        return None
    return HeardCall(
        cast("Turns", found[Stage.TURNS]),
        cast("Measures", found[Stage.MEASURES]),
        recording.language,
        cast("Speakers", found[Stage.SPEAKERS]),
        pitch=cast("Pitch", found.get(Stage.PITCH, NO_PITCH)),
    )


def corrected(heard: HeardCall, corrections: Sequence[Correction]) -> HeardCall:
    """Corrections of another hearing than this one are passed over: its speakers have other numbers.

    Raises:
        Invalid: one of them makes no sense after those before it.
    """
    about = print_of_speakers(heard.speakers) if corrections else b""
    changes = [one.change for one in corrections if one.heard == about]
    if not changes:
        return heard
    from setpiece.media.corrections.apply import apply  # numpy and the stages, for the few that need them

    return apply(changes, heard)
