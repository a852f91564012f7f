"""Asking for a matching, and reading one."""

import hashlib

import orjson

from setpiece.jobs.model import Callback, Job
from setpiece.jobs.queue import enqueue, get_job
from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import parse, show
from setpiece.media.identities.service import get_identity
from setpiece.media.recordings.model import Recording
from setpiece.media.recordings.service import get_recording
from setpiece.reports.matchings.model import GENERATE_MATCHING, Matching
from setpiece.reports.matchings.repository import MatchingRepository
from setpiece.reports.matchings.schemas import EntitySubject, MatchingCreate
from setpiece.reports.service import estimated_wait_s
from setpiece.workspaces.receipts import Receipt, claim, find_receipt, hold_key
from setpiece.workspaces.work import Work

_COMPARING_S = 2
OPERATION = "POST /v1/matching/jobs"


async def ask_for_matching(
    work: Work, body: MatchingCreate, key: str | None, request_id: str, callback: Callback | None
) -> tuple[Job, int]:
    """Have people compared, in a transaction, and about how many seconds that takes. The same request under the same key is answered with the job that it has become.

    Raises:
        NotFound, Gone: an entity or a file is not there.
        Conflict: the key was sent before with another request.
    """
    print_of_body = hashlib.sha256(orjson.dumps(body.asked(), option=orjson.OPT_SORT_KEYS)).digest()
    if key:
        await hold_key(work, OPERATION, key)
        if sent_before := await find_receipt(work, OPERATION, key):
            sent_before.require(print_of_body)
            return await get_job(
                work, show("job", sent_before.subject_id), GENERATE_MATCHING, called="job"
            ), 0
    job, wait_s = await _enqueue(work, body, request_id, callback)
    if key:
        await claim(work, OPERATION, key, Receipt(job.id, print_of_body))
    return job, wait_s


async def _enqueue(
    work: Work, body: MatchingCreate, request_id: str, callback: Callback | None
) -> tuple[Job, int]:
    recordings: list[Recording] = []
    for subject in body.subjects():
        if isinstance(subject, EntitySubject):
            await get_identity(work, subject.entityId)
        else:
            recordings.append(await get_recording(work, subject.mediaId))
    waits_on = await MatchingRepository(work.scope).hold_unheard([one.id for one in recordings])
    payload = {
        "request": body.model_dump(mode="json", exclude={"webhook", "idempotencyKey"}),
        "recordingIds": [str(one.id) for one in recordings],
    }
    job = await enqueue(
        work, GENERATE_MATCHING, payload, request_id=request_id, waits_on=waits_on, callback=callback
    )
    return job, max((estimated_wait_s(one) for one in recordings), default=_COMPARING_S)


async def get_matching(work: Work, shown_id: str) -> Matching:
    """Raises NotFound when the workspace has none of that id."""
    matching_id = parse(shown_id)
    found = await MatchingRepository(work.scope).find(matching_id) if matching_id else None
    if found is None:
        raise NotFound(f"There is no matching '{shown_id[:64]}' in this workspace.")
    return found


async def matching_of_job(work: Work, shown_id: str) -> Matching | None:
    """None until the job succeeded, and for a job that is not there."""
    job_id = parse(shown_id)
    return await MatchingRepository(work.scope).of_job(job_id) if job_id else None
