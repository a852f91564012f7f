"""What was heard on a recording, for whoever reads, writes about or exports it."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from setpiece.media.model import Measures, Speakers, Stage, Turns
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.stage_results import StageResults
from setpiece.storage.database import Scope


@dataclass(frozen=True, slots=True)
class HeardCall:
    """What the last complete run heard.

    Attributes:
        language: ISO 639-1, `und` when nobody spoke.
        speakers: Who speaks when, and their voices.
    """

    turns: Turns
    measures: Measures
    language: str
    speakers: Speakers


async def heard_call(scope: Scope, recording_id: UUID) -> HeardCall | None:
    """None before the first run is complete, and once the recording is deleted.

    While it is heard again, this is still what was heard before.
    """
    recording = await RecordingRepository(scope).find(recording_id)
    if recording is None or recording.deleted_at or recording.language is None:
        return None
    found = await StageResults(scope).current(recording_id, Stage.SPEAKERS, Stage.TURNS, Stage.MEASURES)
    if not found:
        return None
    return HeardCall(
        cast("Turns", found[Stage.TURNS]),
        cast("Measures", found[Stage.MEASURES]),
        recording.language,
        cast("Speakers", found[Stage.SPEAKERS]),
    )
