"""Correcting the speakers of a recording, seeing what was corrected, and undoing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from setpiece.kernel.errors import Conflict, Invalid, LimitExceeded, NotFound
from setpiece.kernel.ids import new_uuid, parse
from setpiece.media.corrections.model import (
    MOST_CORRECTIONS,
    Change,
    Correction,
    MergeSpeakers,
    SwapSpeakers,
    print_of_speakers,
)
from setpiece.media.corrections.repository import CorrectionRepository
from setpiece.media.identities.recordings import identify_recording
from setpiece.media.identities.repository import IdentityRepository
from setpiece.media.identities.service import Known, speakers_of
from setpiece.media.recordings.heard import HeardCall, as_heard, corrected
from setpiece.media.recordings.model import Recording
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.service import get_recording
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Corrected:
    """A recording with its corrections.

    Attributes:
        heard: None before it was heard.
        print: Of the speakers as they were heard; a correction of others says nothing.
        known: The identity of each speaker that has one.
    """

    heard: HeardCall | None
    print: bytes
    known: Mapping[int, Known]


async def correct(work: Work, shown_id: str, change: Change) -> tuple[Correction, Corrected]:
    """Correct the recording's speakers; all that is made from them follows. Needs a transaction.

    Raises:
        Invalid: the change makes no sense for those who speak on it.
        Conflict: the recording was not heard yet.
        Gone, NotFound: as for `get_recording`.
        LimitExceeded: it has as many corrections as can be.
    """
    recording, heard = await _begin(work, shown_id)
    corrections = CorrectionRepository(work.scope)
    made = await corrections.of(recording.id)
    if len(made) >= MOST_CORRECTIONS:
        raise LimitExceeded(
            f"The file has {MOST_CORRECTIONS} corrections, which is the most; undo some that others have made needless.",
            code="too_many_corrections",
        )
    print_ = print_of_speakers(heard.speakers)
    correction = Correction(new_uuid(), change, print_, work.author.id, work.at)
    now_heard = corrected(heard, [*made, correction])
    await corrections.insert(recording.id, correction)
    await _carry_over(work, recording, change)
    return correction, await _follow(work, recording, now_heard, print_)


async def list_corrections(work: Work, shown_id: str) -> tuple[Sequence[Correction], Corrected]:
    """The recording's corrections in their order, and the recording with them.

    Raises:
        Gone, NotFound: as for `get_recording`.
    """
    recording = await get_recording(work, shown_id)
    made = await CorrectionRepository(work.scope).of(recording.id)
    heard = await as_heard(work.scope, recording.id)
    if heard is None:
        return made, Corrected(None, b"", {})
    known = await speakers_of(work.scope, recording.id)
    return made, Corrected(corrected(heard, made), print_of_speakers(heard.speakers), known)


async def undo(work: Work, shown_id: str, correction_id: str) -> tuple[Correction, Corrected]:
    """Take a correction back, as if it had never been made; later ones stay. Needs a transaction.

    Raises:
        Invalid: a later one makes no sense without it.
        NotFound: the recording has no such correction, and as for `get_recording`.
    """
    recording, heard = await _begin(work, shown_id)
    corrections = CorrectionRepository(work.scope)
    made, wanted = await corrections.of(recording.id), parse(correction_id)
    found = next((one for one in made if one.id == wanted), None)
    if found is None:
        raise NotFound(f"There is no correction '{correction_id[:64]}' of this file.")
    try:
        now_heard = corrected(heard, [one for one in made if one is not found])
    except Invalid as refused:
        raise Invalid(
            f"A later correction needs this one; undo that first. Without it: {refused.message}",
            code="needed_later",
        ) from refused
    await corrections.delete(recording.id, found.id)
    if isinstance(found.change, SwapSpeakers):
        await _carry_over(work, recording, found.change)
    return found, await _follow(work, recording, now_heard, print_of_speakers(heard.speakers))


async def _carry_over(work: Work, recording: Recording, change: Change) -> None:
    """What the voices alone do not say: whose identity two speakers have who are one now, or who were taken for each other."""
    identities = IdentityRepository(work.scope)
    match change:
        case MergeSpeakers(speaker, into):
            await identities.prefer(recording.id, into, speaker)
        case SwapSpeakers(one, other, None):
            await identities.exchange(recording.id, one, other)


async def _follow(work: Work, recording: Recording, heard: HeardCall, print_: bytes) -> Corrected:
    """What else changes with who speaks on a recording."""
    await identify_recording(work.scope, recording, work.at)
    return Corrected(heard, print_, await speakers_of(work.scope, recording.id))


async def _begin(work: Work, shown_id: str) -> tuple[Recording, HeardCall]:
    """The recording, kept from being corrected by two at once, and what was heard on it."""
    recording = await get_recording(work, shown_id)
    await RecordingRepository(work.scope).hold(recording.id)
    heard = await as_heard(work.scope, recording.id)
    if heard is None:
        raise Conflict(
            "The file was not processed yet, so there are no speakers to correct; wait for processingStatus COMPLETED.",
            code="not_heard_yet",
        )
    return recording, heard
