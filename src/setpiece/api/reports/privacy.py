"""`/v1/files/{mediaId}/consent` and `/v1/audit` (ours): what was agreed, and who read and deleted what."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.files import parsed_id
from setpiece.api.reports.rates import FILES
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.media.identities.model import IDENTITY_PREFIX
from setpiece.media.recordings.consent import LONGEST_NOTE, Consent, get_consent, set_consent
from setpiece.media.recordings.model import RECORDING_PREFIX
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX
from setpiece.programs.suppressions.model import SUPPRESSION_PREFIX
from setpiece.reports.matchings.model import MATCHING_PREFIX
from setpiece.reports.psychometrics.model import ANALYSIS_PREFIX
from setpiece.reports.report import REPORT_PREFIX
from setpiece.workspaces.audit import Entry, list_entries
from setpiece.workspaces.model import KEY_PREFIX, MEMBER_PREFIX, WORKSPACE_PREFIX, Permission

_CURSOR_PREFIX = "cur"
_TAG = "Reports: privacy"
_CONSENT = obj(
    "*",
    mediaId=string("med_0AbCdEfGhIjKlMnOpQrStU"),
    consent=maybe(string("Both agreed at the start of the call")),
    notedByUserId=maybe(string("u_0AbCdEfGhIjKlMnOpQrStU")),
    notedAt=maybe(INSTANT),
)
_ENTRY = obj(
    "*",
    id=string("aud_0AbCdEfGhIjKlMnOpQrStU"),
    at=INSTANT,
    action=string("file.audio.read"),
    subjectId=string("med_0AbCdEfGhIjKlMnOpQrStU"),
    userId=string("u_0AbCdEfGhIjKlMnOpQrStU"),
    userName=maybe(string("Owner")),
    apiKeyId=maybe(string("key_0AbCdEfGhIjKlMnOpQrStU")),
    requestId=maybe(string("req_1")),
)
# The first word of an action names what it is about.
_PREFIX_BY_SUBJECT = {
    "file": RECORDING_PREFIX,
    "entity": IDENTITY_PREFIX,
    "report": REPORT_PREFIX,
    "matching": MATCHING_PREFIX,
    "psychometrics": ANALYSIS_PREFIX,
    "voices": WORKSPACE_PREFIX,
    "playbook": PROGRAM_PREFIX,
    "suppression": SUPPRESSION_PREFIX,
    "outcome": RUN_PREFIX,
}


class ConsentUpdate(BaseModel):
    consent: Annotated[
        str | None,
        Field(
            description=f"At most {LONGEST_NOTE} characters; null takes the note away",
            examples=["Both agreed"],
        ),
    ]


class AuditQuery(BaseModel):
    limit: int = Field(20, ge=1, le=100, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")
    subjectId: str | None = Field(
        None, max_length=256, description="Only what was done with this file, entity or report"
    )


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/files/{mediaId}/consent", consent, Permission.READ, "See what was noted about consent", _TAG, _CONSENT,
        rate=FILES, also_answers={410: "The file was deleted"},
    )  # fmt: skip
    yield Operation(
        "PATCH", "/v1/files/{mediaId}/consent", note_consent, Permission.WRITE, "Note what was agreed", _TAG, _CONSENT,
        body=ConsentUpdate, rate=FILES, also_answers={410: "The file was deleted"},
        description="A note for people: nothing is decided by it. It can be sent with the upload, too, and goes with the file.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/audit", audit, Permission.ADMINISTER, "See who read and deleted what", _TAG,
        obj("*", entries=array(_ENTRY), cursor=maybe(string()), hasMore=BOOLEAN), query=AuditQuery,
        description="The newest first. Lists and the state of files and jobs are not noted, because they show nothing that was said.",
    )  # fmt: skip


async def consent(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return _consent(await get_consent(work, call.path["mediaId"]))


async def note_consent(call: Call[None, ConsentUpdate]) -> dict[str, Any]:
    async with call.transaction() as work:
        return _consent(await set_consent(work, call.path["mediaId"], call.body.consent))


async def audit(call: Call[AuditQuery, None]) -> dict[str, Any]:
    query = call.query
    before, subject_id = parsed_id("cursor", query.cursor), parsed_id("subjectId", query.subjectId)
    async with call.bound() as work:
        found, has_more = await list_entries(work, before, subject_id, query.limit)
    cursor = show(_CURSOR_PREFIX, found[-1].id) if has_more else None
    return {"entries": [_entry(one) for one in found], "cursor": cursor, "hasMore": has_more}


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "mediaId": show(RECORDING_PREFIX, consent.recording_id),
        "consent": consent.note,
        "notedByUserId": show(MEMBER_PREFIX, consent.noted_by) if consent.noted_by else None,
        "notedAt": show_if_any(consent.noted_at),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    about = entry.action.partition(".")[0]
    return {
        "id": show("aud", entry.id),
        "at": show_instant(entry.at),
        "action": entry.action,
        "subjectId": show(_PREFIX_BY_SUBJECT.get(about, about), entry.subject_id),
        "userId": show(MEMBER_PREFIX, entry.member_id),
        "userName": entry.member_name,
        "apiKeyId": show(KEY_PREFIX, entry.key_id) if entry.key_id else None,
        "requestId": entry.request_id,
    }
