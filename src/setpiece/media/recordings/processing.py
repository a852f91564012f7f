"""Asking for a recording to be heard, and asking again with what people know of it.

The hearing itself is in `hearing`; this is what front doors need, and imports no model.
"""

from collections.abc import Callable

from setpiece.jobs.model import Lane
from setpiece.jobs.queue import enqueue
from setpiece.kernel.errors import Invalid
from setpiece.media.recordings.model import Recording, Wish
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.service import get_recording
from setpiece.providers.speech.languages import LANGUAGES
from setpiece.workspaces.work import Work

PROCESS_RECORDING = "process_recording"
"""The kind of job. Its key is the recording's id, by which a trigger of revision 0008 knows whose failure it is."""
MOST_SPEAKERS = 20
_A_MINUTE_BYTES = 1024 * 1024  # of MP3 at 128 kbit/s


def wish_of(speakers: object, language: object) -> Wish:
    """A wish from what a client sent: nothing, numbers, or text as forms have it.

    Raises:
        Invalid: not a number from 1 to 20, or no language that a recogniser knows.
    """
    return Wish(_speakers(speakers), _language(language))


def _speakers(value: object) -> int | None:
    if value in (None, ""):
        return None
    text = str(value).strip()
    if (
        isinstance(value, bool)
        or not text.isascii()
        or not text.isdigit()
        or not 1 <= int(text[:9]) <= MOST_SPEAKERS
    ):
        raise Invalid(
            f"'speakers' must be a whole number from 1 to {MOST_SPEAKERS}; leave it out to have them counted.",
            code="speaker_count",
        )
    return int(text)


def _language(value: object) -> str | None:
    if value in (None, ""):
        return None
    code = str(value).strip().lower()
    if code not in LANGUAGES:
        raise Invalid(
            f"'language' must be a code such as 'en', 'es' or 'pt', and '{code[:20]}' is none that is known; "
            "leave it out to have the language found.",
            code="unknown_language",
        )
    return code


async def ask_to_hear(work: Work, recording: Recording, request_id: str | None = None) -> None:
    """Have it heard, in the transaction that writes it; short files go before long ones."""
    doublings = (recording.size_bytes // _A_MINUTE_BYTES).bit_length()
    await enqueue(
        work,
        PROCESS_RECORDING,
        {"recordingId": str(recording.id)},
        key=str(recording.id),
        request_id=request_id,
        lane=Lane.RECORDINGS,
        priority=-doublings,
    )


async def hear_again(
    work: Work, shown_id: str, wish: Callable[[Wish], Wish], request_id: str | None = None
) -> Recording:
    """Have it heard as wished from now on, which `wish` makes of what was wished before.

    What does not depend on what changed is not done again.

    Raises:
        Gone, NotFound: as for `get_recording`.
    """
    found = await get_recording(work, shown_id)
    wished = await RecordingRepository(work.scope).wish(found.id, wish(found.wish))
    if wished is None:
        wished = await get_recording(work, shown_id)  # deleted meanwhile: says so
    await ask_to_hear(work, wished, request_id)
    return wished
