"""A recording that was heard, or corrected, has its speakers identified."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from setpiece.media.identities.identify import HeardVoices, identify_voices
from setpiece.media.identities.repository import IdentityRepository
from setpiece.media.model import Stage
from setpiece.media.recordings.heard import heard_call
from setpiece.media.recordings.model import Recording
from setpiece.media.recordings.stage_results import StageResults
from setpiece.storage.database import Scope


async def identify_recording(scope: Scope, recording: Recording, at: datetime) -> Mapping[int, UUID]:
    """The identity of each speaker with enough speech, corrections applied. Needs a transaction, and may be called again."""
    heard = await heard_call(scope, recording.id)
    if heard is None:
        return {}
    # The speakers' result names the models of detection and segmentation too, and that of the voices last.
    models = await StageResults(scope).model_of(recording.id, Stage.SPEAKERS)
    voices = HeardVoices(recording.id, recording.created_at, heard.speakers.voices, models.rpartition("+")[2])
    identity_by_speaker = await identify_voices(scope, voices, at)
    if not await IdentityRepository(
        scope
    ).are_on():  # since a moment ago perhaps: nobody else would take these away
        await StageResults(scope).forget_voices(recording.id)
    return identity_by_speaker
