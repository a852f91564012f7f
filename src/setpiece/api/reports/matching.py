"""`/v1/matching`: how people take part in calls, compared."""

from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from setpiece.api.gtm.answers import INSTANT, array, maybe, obj, string
from setpiece.api.operation import Call, Operation, json_response
from setpiece.api.reports.jobs import PREFIX as JOB_PREFIX
from setpiece.api.reports.rates import OTHER
from setpiece.api.reports.reports import RECEIPT, receipt
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.media.identities.model import IDENTITY_PREFIX
from setpiece.reports.matchings.model import MATCHING_PREFIX, Matching, Resolved
from setpiece.reports.matchings.schemas import CONTEXT, MatchingCreate
from setpiece.reports.matchings.service import ask_for_matching, get_matching, matching_of_job
from setpiece.workspaces.audit import note
from setpiece.workspaces.model import Permission
from setpiece.workspaces.receipts import check_key

_TAG = "Reports: matching"
_SUBJECT = obj(
    "source",
    source={"type": "object", "description": "The subject as it was asked for"},
    entityId=string("ent_0AbCdEfGhIjKlMnOpQrStU"),
    resolvedLabel=maybe(string("The buyer")),
)
_SECTION = obj("*", section_title=string(), section_content={"type": "object"})
_DOCUMENT = obj(
    "*",
    schemaVersion={"type": "integer", "const": 1},
    title=string(),
    summary=string(),
    sections=array(_SECTION),
)
_MATCHING = obj(
    "id createdAt context target group output",
    id=string("mat_0AbCdEfGhIjKlMnOpQrStU"),
    createdAt=INSTANT,
    jobId=string("job_0AbCdEfGhIjKlMnOpQrStU"),
    label=string(),
    context=string(CONTEXT, enum=[CONTEXT]),
    target=_SUBJECT,
    group=array(_SUBJECT),
    output=obj("*", template=string("matching", enum=["matching"])),
    markdown=maybe(string()),
    json=maybe(_DOCUMENT),
)

_EXAMPLE = {
    "context": "behavioral_compatibility",
    "target": {"type": "entity_id", "entityId": "ent_0AbCdEfGhIjKlMnOpQrStU"},
    "group": [
        {
            "type": "media_target",
            "mediaId": "med_0AbCdEfGhIjKlMnOpQrStU",
            "selector": {"strategy": "magic_hint", "hint": "the buyer"},
        }
    ],
}


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/v1/matching/jobs", create, Permission.WRITE, "Compare how people take part in calls", _TAG, RECEIPT,
        body=MatchingCreate, example=_EXAMPLE, is_idempotent=True, rate=OTHER,
        also_answers={410: "A file was deleted"},
        description="One person beside each of several others: how they take turns, and what they said, quoted. No personality, "
        "no feelings, no score. A subject whose file is still processed is waited for.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/matching/{matchingId}", read, Permission.READ, "Get a matching", _TAG, _MATCHING, rate=OTHER,
        audited="matching.read",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/matching/by-job/{jobId}", read_of_job, Permission.READ, "Get the matching that a job made", _TAG,
        maybe(_MATCHING), rate=OTHER, description="`null` until the job succeeded.",
    )  # fmt: skip


async def create(call: Call[None, MatchingCreate]) -> dict[str, Any]:
    body = call.body
    key = check_key(body.idempotencyKey) or check_key(call.request.headers.get("idempotency-key"))
    callback = body.webhook.callback(call.services.webhooks.check) if body.webhook else None
    async with call.transaction() as work:
        job, wait_s = await ask_for_matching(work, body, key, call.request_id, callback)
    return receipt(job, wait_s)


async def read(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return _shown(await get_matching(work, call.path["matchingId"]))


async def read_of_job(call: Call[None, None]) -> Response:
    async with call.bound() as work:
        if found := await matching_of_job(work, call.path["jobId"]):
            await note(work, "matching.read", found.id)
    return json_response(_shown(found) if found else None)


def _shown(matching: Matching) -> dict[str, Any]:
    label = {"label": matching.label} if matching.label else {}
    return {
        "id": show(MATCHING_PREFIX, matching.id),
        "createdAt": show_instant(matching.created_at),
        "jobId": show(JOB_PREFIX, matching.job_id),
        **label,
        "context": CONTEXT,
        "target": _subject(matching.target),
        "group": [_subject(one) for one in matching.group],
        "output": {"template": "matching"},
        "markdown": matching.markdown,
        "json": matching.document,
    }


def _subject(one: Resolved) -> dict[str, Any]:
    entity = {"entityId": show(IDENTITY_PREFIX, one.entity_id)} if one.entity_id else {}
    return {"source": one.source, **entity, "resolvedLabel": one.label}
