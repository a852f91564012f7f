"""A recording, its retention, and what is refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import Invalid, NotFound

RECORDING_PREFIX = "med"
LONGEST_LABEL = 255  # as file systems bound a name, which is what most labels were


class ProcessingStatus(StrEnum):
    """How far a recording is on its way to data. Source: reports-v1, `processingStatus`."""

    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class Source(StrEnum):
    """Where a recording came from. Source: reports-v1, `source`."""

    NOTETAKER = "NOTETAKER"
    MANUAL_UPLOAD = "MANUAL_UPLOAD"
    PLAYGROUND = "PLAYGROUND"
    SDK = "SDK"


@dataclass(frozen=True, slots=True)
class Wish:
    """What people know of a recording and the models need not find out.

    Attributes:
        speakers: How many speak; None counts them.
        language: The language spoken, ISO 639-1; None finds it.
    """

    speakers: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a recording could not be heard: a stable code, and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Recording:
    """An uploaded media file, or what is left of a deleted one: its id, times and size, and no label.

    Attributes:
        content_type: As the content says.
        sha256: Of the content; None once deleted.
        blob_key: Where the content is; None once deleted.
        created_by: The member who uploaded it.
        created_by_key: The key it was uploaded with.
        last_used_at: What the retention clock counts from.
        is_locked: Kept until somebody deletes it, however long nobody uses it.
        duration_s: Seconds; None until it is known.
        wish: What was said of it before it is heard.
        language: That was heard, or given: ISO 639-1, `und` when nobody spoke; None until it is known.
        failure: Why it could not be heard; None unless that failed.
    """

    id: UUID
    label: str
    content_type: str
    size_bytes: int
    sha256: bytes | None
    blob_key: str | None
    source: Source
    created_by: UUID
    created_by_key: UUID | None
    created_at: datetime
    last_used_at: datetime
    is_locked: bool
    processing_status: ProcessingStatus
    duration_s: float | None
    deleted_at: datetime | None
    wish: Wish = Wish()
    language: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """How long recordings are kept.

    Attributes:
        days: Without use, until a recording that is not locked is deleted.
        tombstone_days: How long a deleted recording's id still answers that it was deleted.
    """

    days: int = 180
    tombstone_days: int = 30

    def expires_at(self, recording: Recording) -> datetime | None:
        """None for what is locked or deleted."""
        if recording.is_locked or recording.deleted_at:
            return None
        return recording.last_used_at + timedelta(days=self.days)

    def days_remaining(self, recording: Recording, at: datetime) -> int | None:
        """Days until it expires, begun ones counted; 0 when it is due."""
        expires_at = self.expires_at(recording)
        return None if expires_at is None else max(0, ceil((expires_at - at) / timedelta(days=1)))


class Unplayable(Invalid):
    """The content is not audio or video that is known."""

    default_code = "unsupported_media_type"


class Gone(NotFound):
    """The recording was deleted; its tombstone still says so."""

    default_code = "gone"

    def __init__(self, deleted_at: datetime) -> None:
        super().__init__(
            f"The file was deleted on {show_instant(deleted_at)}.",
            details={"deletedAt": show_instant(deleted_at)},
        )
