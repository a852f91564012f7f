"""`/v1/files`: recordings are uploaded, listed, locked and deleted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StrictBool

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, array, maybe, obj, string
from setpiece.api.multipart import Form
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.rates import FILES, UPLOADS
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import ObjectId, parse, show
from setpiece.media.recordings.consent import LONGEST_NOTE, checked_note
from setpiece.media.recordings.model import (
    LONGEST_LABEL,
    RECORDING_PREFIX,
    ProcessingStatus,
    Recording,
    Source,
)
from setpiece.media.recordings.processing import MOST_SPEAKERS, wish_of
from setpiece.media.recordings.receive import Incoming, receive
from setpiece.media.recordings.repository import Wanted
from setpiece.media.recordings.service import (
    delete_recording,
    get_recording,
    list_recordings,
    lock_recording,
)
from setpiece.reports.service import recordings_with_reports
from setpiece.workspaces.model import KEY_PREFIX, MEMBER_PREFIX, WORKSPACE_PREFIX, Permission
from setpiece.workspaces.receipts import check_key

_CURSOR_PREFIX = "cur"
_TAG = "Reports: files"
_MEDIA_ID = string("med_0AbCdEfGhIjKlMnOpQrStU")
_UPLOADED: dict[str, Any] = {
    "mediaId": _MEDIA_ID,
    "createdAt": INSTANT,
    "contentType": string("audio/mpeg", description="As the content says, whatever the request said"),
    "label": string("Discovery call"),
    "source": string("SDK", enum=[*Source]),
    "workspaceId": string("wa_0AbCdEfGhIjKlMnOpQrStU"),
    "createdByUserId": string("u_0AbCdEfGhIjKlMnOpQrStU"),
    "createdByApiKeyId": maybe(string("key_0AbCdEfGhIjKlMnOpQrStU")),
    "sizeBytes": maybe(INTEGER),
    "durationSeconds": maybe({"type": "number"}),
}
FAILURE = obj(
    "*",
    code=string("not_decodable"),
    message=string("The recording cannot be decoded: it has no sound track."),
)
_RETENTION = obj("*", expiresAt=maybe(INSTANT), daysRemaining=maybe(INTEGER), locked=BOOLEAN)
_FILE = obj(
    "*",
    **_UPLOADED,
    hasReports=BOOLEAN,
    processingStatus=string("PENDING", enum=[*ProcessingStatus]),
    processingError=maybe(FAILURE),
    lastUsedAt=maybe(INSTANT),
    retention=_RETENTION,
)
_FORM = obj(
    "file",
    file=string(format="binary", description="The recording; its content decides what it is"),
    label=string(
        "Discovery call", maxLength=LONGEST_LABEL, description="By default the file's name without its ending"
    ),
    speakers=INTEGER
    | {
        "minimum": 1,
        "maximum": MOST_SPEAKERS,
        "description": "How many speak, when you know it; else they are counted",
    },
    language=string("en", description="The language spoken, when you know it; else it is found"),
    consent=string(
        "Both agreed", maxLength=LONGEST_NOTE, description="A note of what was agreed; shown at `consent`"
    ),
)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as beyond:
        raise ValueError("must be a moment between the years 1 and 9999 in UTC") from beyond


class FilesQuery(BaseModel):
    limit: int = Field(20, ge=1, le=100, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`nextCursor` of the page before")
    includeDeleted: bool = Field(False, description="Deleted ones too, as long as something is left to show")
    search: str | None = Field(None, max_length=200, description="Part of the label; case does not matter")
    createdAfter: Annotated[datetime, AfterValidator(_in_utc)] | None = Field(
        None, description="Only files uploaded after this moment; a date is the beginning of that day in UTC"
    )
    createdByUserId: str | None = Field(None, max_length=100, description="Only files of this member")


class RetentionUpdate(BaseModel):
    lock: Annotated[StrictBool, Field(description="Keep the file until somebody deletes it", examples=[True])]


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/v1/files", upload, Permission.WRITE, "Upload a recording", _TAG, obj("*", **_UPLOADED),
        streamed_body={"multipart/form-data": _FORM}, is_idempotent=True, rate=UPLOADS,
        also_answers={413: "The file is too large", 415: "The file is empty, or not audio or video"},
        description="The file goes through to the blob store as it arrives. Accepted does not mean processed: see "
        "`processingStatus`.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/files", list_files, Permission.READ, "List recordings, newest first", _TAG,
        obj("*", files=array(_FILE), hasMore=BOOLEAN, nextCursor=maybe(string())), query=FilesQuery, rate=FILES,
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/files/{mediaId}", get_file, Permission.READ, "Get a recording", _TAG, _FILE, rate=FILES,
        also_answers={410: "The file was deleted"},
    )  # fmt: skip
    yield Operation(
        "PATCH", "/v1/files/{mediaId}/retention", set_retention, Permission.WRITE,
        "Lock a recording, or let the retention clock have it again", _TAG,
        obj("*", mediaId=_MEDIA_ID, retentionLock=BOOLEAN, message=string("Kept until it is deleted.")),
        body=RetentionUpdate, rate=FILES, also_answers={410: "The file was deleted"},
    )  # fmt: skip
    yield Operation(
        "DELETE", "/v1/files/{mediaId}", delete_file, Permission.WRITE, "Delete a recording now", _TAG,
        obj("*", mediaId=_MEDIA_ID, deleted=BOOLEAN | {"const": True}), is_idempotent=True, rate=FILES,
        description="Content and label are gone when this answers, locked or not. Deleting again answers the same.",
    )  # fmt: skip


async def upload(call: Call[None, None]) -> dict[str, Any]:
    form = Form(call.request, "file", call.services.settings.max_upload_bytes)
    incoming = Incoming(
        form.file(),
        lambda: _label(form),
        Source.SDK,
        check_key(call.request.headers.get("idempotency-key")),
        call.principal.key_id,
        lambda: wish_of(form.fields.get("speakers"), form.fields.get("language")),
        lambda: checked_note(form.fields.get("consent")),
        call.request_id,
    )
    return _uploaded(call, await receive(call.transaction, call.services.blobs, incoming))


async def list_files(call: Call[FilesQuery, None]) -> dict[str, Any]:
    query = call.query
    wanted = Wanted(
        before=parsed_id("cursor", query.cursor),
        search=query.search,
        created_after=query.createdAfter,
        created_by=parsed_id("createdByUserId", query.createdByUserId),
        with_deleted=query.includeDeleted,
    )
    async with call.bound() as work:
        found, has_more = await list_recordings(work, wanted, query.limit)
        reported = await recordings_with_reports(work, [one.id for one in found])
    cursor = show(_CURSOR_PREFIX, found[-1].id) if has_more else None
    return {
        "files": [_file(call, one, one.id in reported) for one in found],
        "hasMore": has_more,
        "nextCursor": cursor,
    }


async def get_file(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        recording = await get_recording(work, call.path["mediaId"])
        return _file(call, recording, bool(await recordings_with_reports(work, [recording.id])))


async def set_retention(call: Call[None, RetentionUpdate]) -> dict[str, Any]:
    async with call.bound() as work:
        recording = await lock_recording(work, call.path["mediaId"], call.body.lock)
    days = call.services.retention.days_remaining(recording, call.services.now())
    told = f"Deleted after {days} more days without use." if days is not None else "Kept until it is deleted."
    return {"mediaId": _shown(recording), "retentionLock": recording.is_locked, "message": told}


async def delete_file(call: Call[None, None]) -> dict[str, Any]:
    deleted = await delete_recording(call.transaction, call.services.blobs, call.path["mediaId"])
    return {"mediaId": show(RECORDING_PREFIX, deleted), "deleted": True}


def _label(form: Form) -> str:
    """What was sent, or the file's name without its ending, or a word for neither."""
    label = form.fields.get("label", "").strip()
    if len(label) > LONGEST_LABEL:
        raise Invalid(f"'label' must have at most {LONGEST_LABEL} characters.")
    name = PurePosixPath((form.file_name or "").replace("\\", "/")).stem.strip()
    return label or name.replace("\x00", "")[:LONGEST_LABEL] or "Recording"


def parsed_id(name: str, value: str | None) -> UUID | None:
    """The id that a query names. Raises Invalid for what is none."""
    if value is None:
        return None
    if (found := parse(value)) is None:
        raise Invalid(f"'{name}' is not one that was given out here.")
    return found


def shown_failure(recording: Recording) -> dict[str, Any] | None:
    """Why it could not be heard."""
    failure = recording.failure
    return {"code": failure.code, "message": failure.message} if failure else None


def _shown(recording: Recording) -> ObjectId:
    return show(RECORDING_PREFIX, recording.id)


def _uploaded(call: Call[Any, Any], recording: Recording) -> dict[str, Any]:
    key = recording.created_by_key
    return {
        "mediaId": _shown(recording),
        "createdAt": show_instant(recording.created_at),
        "contentType": recording.content_type,
        "label": recording.label,
        "source": recording.source,
        "workspaceId": show(WORKSPACE_PREFIX, call.principal.workspace.id),
        "createdByUserId": show(MEMBER_PREFIX, recording.created_by),
        "createdByApiKeyId": show(KEY_PREFIX, key) if key else None,
        "sizeBytes": recording.size_bytes,
        "durationSeconds": recording.duration_s,
    }


def _file(call: Call[Any, Any], recording: Recording, has_reports: bool) -> dict[str, Any]:
    retention = call.services.retention
    return _uploaded(call, recording) | {
        "hasReports": has_reports,
        "processingStatus": recording.processing_status,
        "processingError": shown_failure(recording),
        "lastUsedAt": show_instant(recording.last_used_at),
        "retention": {
            "expiresAt": show_if_any(retention.expires_at(recording)),
            "daysRemaining": retention.days_remaining(recording, call.services.now()),
            "locked": recording.is_locked,
        },
    }
