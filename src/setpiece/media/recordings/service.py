"""What a workspace does with its recordings once they are there."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from setpiece.kernel.errors import NotFound, Unavailable
from setpiece.kernel.ids import parse
from setpiece.media.recordings import doomed
from setpiece.media.recordings.model import Gone, Recording
from setpiece.media.recordings.repository import RecordingRepository, Wanted
from setpiece.providers.blobs.store import BlobStore
from setpiece.workspaces.audit import note
from setpiece.workspaces.receipts import forget_receipts_of
from setpiece.workspaces.work import OpenWork, Work

log = structlog.get_logger(__name__)


async def get_recording(work: Work, shown_id: str) -> Recording:
    """The recording of that id.

    Raises:
        Gone: it was deleted not long ago.
        NotFound: the workspace has none of that id.
    """
    recording = await _buried_or_not(work, shown_id)
    if recording.deleted_at:
        raise Gone(recording.deleted_at)
    return recording


async def list_recordings(work: Work, wanted: Wanted, most: int) -> tuple[Sequence[Recording], bool]:
    """At most `most` recordings, newest first, and whether there are more."""
    found = await RecordingRepository(work.scope).newest(wanted, most + 1)
    return found[:most], len(found) > most


async def lock_recording(work: Work, shown_id: str, is_locked: bool) -> Recording:
    """Keep the recording until somebody deletes it, or let the retention clock have it again.

    Raises:
        Gone, NotFound: as for `get_recording`.
    """
    recording = await get_recording(work, shown_id)
    changed = await RecordingRepository(work.scope).lock(recording.id, is_locked)
    if changed is None:
        return await get_recording(work, shown_id)  # deleted meanwhile: says so
    return changed


async def delete_recording(open_work: OpenWork, blobs: BlobStore, shown_id: str) -> UUID:
    """Delete content, label and receipts now, locked or not; what is left says only that there was a recording.

    Deleting again is fine as long as that is left.

    Raises:
        NotFound: the workspace has none of that id.
    """
    async with open_work() as work:
        recording = await _buried_or_not(work, shown_id)
        blob_key = await RecordingRepository(work.scope).bury(recording.id, work.at)
        await forget(work, recording.id, blob_key)
        if blob_key:
            await note(work, "file.delete", recording.id)
    if blob_key:
        await discard(open_work, blobs, blob_key)
    return recording.id


async def forget(work: Work, recording_id: UUID, blob_key: str | None) -> None:
    """What goes with a recording, in the transaction that buries it, beside the rows that refer to it: those a trigger takes."""
    await forget_receipts_of(work, recording_id)
    if blob_key:
        await doomed.doom(work, blob_key, work.at)


async def discard(open_work: OpenWork, blobs: BlobStore, blob_key: str) -> None:
    """Take a doomed blob away now; when that cannot be done, the clock does it later."""
    try:
        await blobs.delete(blob_key)
        async with open_work() as work:
            await doomed.spare(work, blob_key)
    except Unavailable as error:
        log.warning("blob_left_to_the_clock", key=blob_key, reason=error.message)


async def _buried_or_not(work: Work, shown_id: str) -> Recording:
    recording_id = parse(shown_id)
    found = await RecordingRepository(work.scope).find(recording_id) if recording_id else None
    if found is None:
        raise NotFound(f"There is no file '{shown_id[:64]}' in this workspace.")
    return found
