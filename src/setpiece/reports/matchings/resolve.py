"""Who is meant by the subjects of a matching, and the calls in which they speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.jobs.model import TryLater
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.media.identities.service import get_identity, list_appearances
from setpiece.media.recordings.model import RECORDING_PREFIX, ProcessingStatus, Recording
from setpiece.media.recordings.service import get_recording
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.reports.calls import load_call
from setpiece.reports.matchings.model import Heard, Resolved
from setpiece.reports.matchings.portrait import Part
from setpiece.reports.matchings.schemas import EntitySubject, MediaSubject
from setpiece.reports.model import Call
from setpiece.reports.targets.choose import choose_speaker
from setpiece.workspaces.work import OpenWork, Work

MOST_CALLS = 5
"""Of one voice, the newest: what somebody does now counts, and an hour of each is read in well under a second."""
LOOK_AGAIN_S = 5.0


@dataclass(frozen=True, slots=True)
class Met:
    """A subject that was found."""

    resolved: Resolved
    parts: tuple[Part, ...]

    @property
    def heard(self) -> Sequence[Heard]:
        return [Heard(one.call.recording_id, one.speaker, self.resolved.entity_id) for one in self.parts]


async def meet(open_work: OpenWork, subject: EntitySubject | MediaSubject, embedder: Embedder | None) -> Met:
    """The speaker, or the voice, that a subject names.

    Raises:
        Invalid: nobody is found (`target_not_found`), or a recording cannot be heard.
        TryLater: a recording is still being heard.
        NotFound, Gone: it was deleted meanwhile.
    """
    if isinstance(subject, EntitySubject):
        async with open_work() as work:
            return await _meet_voice(work, subject)
    async with open_work() as work:
        recording = await get_recording(work, subject.mediaId)
        call = await _call(work, recording)
    chosen = await choose_speaker(call, subject.selector, embedder)  # may ask a model: no connection is held
    person = next(one for one in call.people if one.speaker == chosen.speaker)
    resolved = Resolved(subject.echo(), person.entity_id, person.name or person.entity_label)
    return Met(resolved, (Part(call, chosen.speaker),))


async def _meet_voice(work: Work, subject: EntitySubject) -> Met:
    identity = await get_identity(work, subject.entityId)
    parts = []
    for one in await list_appearances(work, subject.entityId, MOST_CALLS):
        recording = await get_recording(work, show(RECORDING_PREFIX, one.recording_id))
        if call := await load_call(work.scope, recording):
            parts.append(Part(call, one.speaker))
    if not parts:
        raise Invalid(
            f"The voice '{subject.entityId[:64]}' is heard in no recording that is there.",
            code="target_not_found",
        )
    return Met(Resolved(subject.echo(), identity.id, identity.label), tuple(parts))


async def _call(work: Work, recording: Recording) -> Call:
    if call := await load_call(work.scope, recording):
        return call
    if recording.processing_status is ProcessingStatus.FAILED:
        raise Invalid(
            "The recording could not be processed, so nobody on it can be compared.",
            code="media_processing_failed",
        )
    raise TryLater("The recording is still being processed.", LOOK_AGAIN_S)
