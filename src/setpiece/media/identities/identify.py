"""A recording's voices get their identities: those they had, those they are near to, or new ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.kernel.ids import new_uuid
from setpiece.media.identities.model import (
    IdentifyOptions,
    Voiceprint,
    choose,
    keep_earlier,
)
from setpiece.media.identities.repository import IdentityRepository
from setpiece.media.model import Voice
from setpiece.storage.database import Scope

OPTIONS = IdentifyOptions()


@dataclass(frozen=True, slots=True)
class HeardVoices:
    """The voices of one recording.

    Attributes:
        seen_at: When the recording was uploaded.
        model: Id of the model that made the embeddings; only voices of one model are compared.
    """

    recording_id: UUID
    seen_at: datetime
    voices: Sequence[Voice]
    model: str


async def identify_voices(
    scope: Scope, heard: HeardVoices, at: datetime, options: IdentifyOptions = OPTIONS
) -> Mapping[int, UUID]:
    """The identity of each speaker with enough speech, written in the transaction of `scope`.

    Called again, as after a correction, it keeps what the voices had; what people merged or split stays so.
    """
    identities = IdentityRepository(scope)
    await identities.begin_change()
    are_on = await identities.are_on()
    enough = [voice for voice in heard.voices if voice.speech_s >= options.least_speech_s]
    identity_by_speaker = keep_earlier(enough, await identities.voiceprints(heard.recording_id), options)
    new = [voice for voice in enough if voice.speaker not in identity_by_speaker]
    if are_on:
        # Of a speaker whom a correction made out of a stretch no voice is known.
        new = [voice for voice in new if voice.embedding]
        identity_by_speaker |= await _known(identities, new, heard.model, options, identity_by_speaker)
    for voice in new:
        if voice.speaker not in identity_by_speaker:
            identity_by_speaker[voice.speaker] = identity_id = new_uuid()
            await identities.insert(identity_id, None, at)
    prints = [
        _print(voice, identity_by_speaker[voice.speaker], keep=are_on)
        for voice in enough
        if voice.speaker in identity_by_speaker
    ]
    await identities.put_voiceprints(heard.recording_id, heard.seen_at, heard.model, prints)
    return {speaker: found for speaker, found in identity_by_speaker.items() if found}


def _print(voice: Voice, identity_id: UUID | None, *, keep: bool) -> Voiceprint:
    is_kept = keep and identity_id is not None
    return Voiceprint(
        voice.speaker, identity_id, voice.speech_s, (voice.embedding or None) if is_kept else None
    )


async def _known(
    identities: IdentityRepository,
    voices: Sequence[Voice],
    model: str,
    options: IdentifyOptions,
    kept: Mapping[int, UUID | None],
) -> Mapping[int, UUID]:
    """Those that the workspace has heard before; not as somebody who is in this recording already."""
    taken = [identity_id for identity_id in kept.values() if identity_id]
    most = len(voices) + 1  # the runner-up, however many of the nearest go to other voices
    near = [one for voice in voices for one in await identities.nearest(voice, model, most, taken)]
    return choose(near, options)
