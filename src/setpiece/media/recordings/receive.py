"""An upload becomes a recording: its bytes go through to the blob store, then the row is written.

Order of things, so that whatever dies leaves nothing behind for long: the blob is doomed, the blob is written, and one
transaction writes the recording, spares the blob and keeps the receipt of the idempotency key.
"""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from setpiece.kernel.ids import new_uuid, show
from setpiece.media.recordings import doomed
from setpiece.media.recordings.consent import keep_consent
from setpiece.media.recordings.model import (
    RECORDING_PREFIX,
    ProcessingStatus,
    Recording,
    Source,
    Unplayable,
    Wish,
)
from setpiece.media.recordings.processing import ask_to_hear
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.service import discard, get_recording
from setpiece.media.recordings.sniff import HEAD_BYTES, detect_media_type, has_no_sound
from setpiece.providers.blobs.store import BlobStore
from setpiece.workspaces.receipts import Receipt, claim, find_receipt
from setpiece.workspaces.work import OpenWork, Work

OPERATION = "POST /v1/files"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An upload as it arrives.

    Attributes:
        content: The file's bytes. Whatever is wrong with the request, at its very end too, is raised here.
        label: The label, once the content has ended: a form may name it behind the file.
        wish: What the client knows of the recording, likewise.
        consent: What is noted about consent, likewise.
        key: The idempotency key, if one was sent.
        key_id: The API key it came with.
        also: What else is written in the transaction that writes the recording; when it raises, nothing is kept.
    """

    content: AsyncIterator[bytes]
    label: Callable[[], str]
    source: Source
    key: str | None
    key_id: UUID
    wish: Callable[[], Wish] = Wish
    consent: Callable[[], str | None] = lambda: None
    request_id: str | None = None
    also: Callable[[Work, Recording], Awaitable[None]] | None = None


@dataclass(slots=True)
class _Meter:
    """Length and hash of what passes through."""

    size_bytes: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    async def measure(self, head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        self._add(head)
        yield head
        async for piece in rest:
            self._add(piece)
            yield piece

    def _add(self, piece: bytes) -> None:
        self.size_bytes += len(piece)
        self.digest.update(piece)


async def receive(open_work: OpenWork, blobs: BlobStore, incoming: Incoming) -> Recording:
    """The recording that the upload became, or became when it was sent before with the same idempotency key.

    Raises:
        Unplayable: the content is empty, or not audio or video.
        Conflict: the idempotency key was sent before with another file or label.
    """
    head = await _read_head(incoming.content)
    content_type = _type_of(head)
    meter = _Meter()
    content = meter.measure(head, incoming.content)
    if sent_before := await _receipt(open_work, incoming.key):
        async for _ in content:
            pass
        sent_before.require(_fingerprint(meter, incoming))
        return await _again(open_work, sent_before)
    return await _keep(open_work, blobs, incoming, content_type, meter, content)


async def _keep(
    open_work: OpenWork,
    blobs: BlobStore,
    incoming: Incoming,
    content_type: str,
    meter: _Meter,
    content: AsyncIterator[bytes],
) -> Recording:
    async with open_work() as work:
        blob_key = f"recordings/{work.workspace_id}/{new_uuid()}"
        await doomed.doom(work, blob_key, work.at + doomed.LONGEST_UPLOAD)
    try:
        await blobs.put(blob_key, content)
        async with open_work() as work:
            recording = _recording(work, incoming, content_type, meter, blob_key)
            sent_before = await _write(work, recording, incoming, meter)
    except BaseException:
        await discard(open_work, blobs, blob_key)
        raise
    if sent_before is None:
        return recording
    await discard(open_work, blobs, blob_key)
    sent_before.require(_fingerprint(meter, incoming))
    return await _again(open_work, sent_before)


async def _write(work: Work, recording: Recording, incoming: Incoming, meter: _Meter) -> Receipt | None:
    """Write the recording; or nothing, when another upload with the key came first: then its receipt."""
    if incoming.key:
        receipt = Receipt(recording.id, _fingerprint(meter, incoming))
        if other := await claim(work, OPERATION, incoming.key, receipt):
            return other
    await RecordingRepository(work.scope).insert(recording)
    assert recording.blob_key
    await doomed.spare(work, recording.blob_key)
    if consent := incoming.consent():
        await keep_consent(work, recording.id, consent)
    await ask_to_hear(work, recording, incoming.request_id)
    if incoming.also:
        await incoming.also(work, recording)
    return None


def _recording(work: Work, incoming: Incoming, content_type: str, meter: _Meter, blob_key: str) -> Recording:
    return Recording(
        id=new_uuid(),
        label=incoming.label(),
        content_type=content_type,
        size_bytes=meter.size_bytes,
        sha256=meter.digest.digest(),
        blob_key=blob_key,
        source=incoming.source,
        created_by=work.author.id,
        created_by_key=incoming.key_id,
        created_at=work.at,
        last_used_at=work.at,
        is_locked=False,
        processing_status=ProcessingStatus.PENDING,
        duration_s=None,
        deleted_at=None,
        wish=incoming.wish(),
    )


async def _read_head(content: AsyncIterator[bytes]) -> bytes:
    """At least the bytes that decide the type, or all there are."""
    head = bytearray()
    async for piece in content:
        head += piece
        if len(head) >= HEAD_BYTES:
            break
    return bytes(head)


def _type_of(head: bytes) -> str:
    if not head:
        raise Unplayable("The file is empty; send a recording.", details={"reason": "empty_file"})
    if has_no_sound(head):
        raise Unplayable(
            "The file is a WAV of 0 Hz or without channels, so there is nothing to hear; record it again.",
            details={"reason": "no_sound"},
        )
    if found := detect_media_type(head):
        return found
    raise Unplayable(
        "The file is not audio or video that is known here, whatever its name says; "
        "send WAV, MP3, M4A, MP4, Ogg, WebM, FLAC or another common format.",
        details={"reason": "unknown_format"},
    )


def _fingerprint(meter: _Meter, incoming: Incoming) -> bytes:
    """What makes two uploads the same request: the bytes, the label, the wish and the note of consent."""
    wish, consent = incoming.wish(), incoming.consent()
    wished = f"\n{wish.speakers}\n{wish.language}" if wish != Wish() else ""
    noted = f"\n{consent}" if consent else ""
    sent = (incoming.label() + wished + noted).encode()
    return hashlib.sha256(meter.digest.digest() + sent).digest()


async def _receipt(open_work: OpenWork, key: str | None) -> Receipt | None:
    if key is None:
        return None
    async with open_work() as work:
        return await find_receipt(work, OPERATION, key)


async def _again(open_work: OpenWork, receipt: Receipt) -> Recording:
    async with open_work() as work:
        return await get_recording(work, show(RECORDING_PREFIX, receipt.subject_id))
