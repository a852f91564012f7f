"""A note of consent: what somebody wrote down about those who are recorded having agreed. It goes with the recording."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.kernel.errors import Invalid
from setpiece.media.recordings.service import get_recording
from setpiece.workspaces.work import Work

LONGEST_NOTE = 2000  # a paragraph; the agreement itself belongs where it is kept with a signature


@dataclass(frozen=True, slots=True)
class Consent:
    """The note, who wrote it down, and when; all None without one."""

    recording_id: UUID
    note: str | None = None
    noted_by: UUID | None = None
    noted_at: datetime | None = None


def checked_note(note: str | None) -> str | None:
    """The note without blanks around it; None when nothing was sent.

    Raises:
        Invalid: it is too long.
    """
    note = (note or "").strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"'consent' must have at most {LONGEST_NOTE} characters.")
    return note or None


async def get_consent(work: Work, shown_id: str) -> Consent:
    """Raises Gone or NotFound as `get_recording` does."""
    recording = await get_recording(work, shown_id)
    row = await work.connection.fetchrow(
        "select note, noted_by, noted_at from consent_notes where workspace_id = $1 and recording_id = $2",
        work.workspace_id,
        recording.id,
    )
    return Consent(recording.id, *row) if row else Consent(recording.id)


async def set_consent(work: Work, shown_id: str, note: str | None) -> Consent:
    """Put the note in the place of an earlier one; None takes it away.

    Raises:
        Gone, NotFound: as for `get_recording`.
        Invalid: the note is too long.
    """
    recording = await get_recording(work, shown_id)
    await keep_consent(work, recording.id, checked_note(note))
    return await get_consent(work, shown_id)


async def keep_consent(work: Work, recording_id: UUID, note: str | None) -> None:
    if note is None:
        await work.connection.execute(
            "delete from consent_notes where workspace_id = $1 and recording_id = $2",
            work.workspace_id,
            recording_id,
        )
        return
    # The recording's row is looked at again, locked: nothing is kept behind a deletion's back.
    await work.connection.execute(
        """insert into consent_notes (workspace_id, recording_id, note, noted_by, noted_at)
           select $1, id, $3, $4, $5 from recordings
           where workspace_id = $1 and id = $2 and deleted_at is null for share
           on conflict (recording_id) do update
           set note = excluded.note, noted_by = excluded.noted_by, noted_at = excluded.noted_at""",
        work.workspace_id,
        recording_id,
        note,
        work.author.id,
        work.at,
    )
