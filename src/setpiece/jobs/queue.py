"""Use cases on jobs: enqueue and look up for whoever asks, succeed for whoever does it."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from setpiece.jobs.model import Callback, Job, Lane, Submission, Turn
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import Conflict, NotFound
from setpiece.kernel.ids import parse
from setpiece.storage.database import Scope
from setpiece.workspaces.work import Work

WAITING_SHARE = 0.9
"""Of the progress of a job that waits; what comes after is short."""


async def enqueue(
    work: Work,
    kind: str,
    payload: Mapping[str, Any],
    *,
    key: str | None = None,
    request_id: str | None = None,
    priority: int = 0,
    waits_on: UUID | None = None,
    lane: Lane = Lane.QUICK,
    callback: Callback | None = None,
) -> Job:
    """Ask for a job, in the transaction of `work`: it is queued when that commits, and never was if it does not.

    Of two jobs of a kind with one `key`, the second is not made while the first waits to be begun: the first is returned.
    The `request_id` is logged with all that the job does. The `callback` is told how it ended. With a `priority` of -5 it
    lets five others go first (see `Turn`). With `waits_on` it is not queued before that is released. What takes minutes goes
    to `Lane.RECORDINGS`.
    """
    turn = Turn(lane, priority, waits_on)
    return await JobRepository(work.scope).insert(
        kind, payload, work.author, work.at, key=key, request_id=request_id, turn=turn, callback=callback
    )


async def release(scope: Scope, subject: UUID) -> None:
    """Queue all jobs of the workspace that wait on `subject`, in the transaction that makes it ready, or for ever unready.

    Whoever makes a job wait holds the subject's row against changes meanwhile (`for share`), so that none is forgotten.
    """
    await JobRepository(scope).release(subject)


async def cancel(work: Work, job: Job) -> Job:
    """Have the job not done: it is over at once, and an attempt under way is stopped wherever it is.

    One that is over stays as it is. Nobody is called back: whoever cancels knows.
    """
    jobs = JobRepository(work.scope)
    found = await jobs.cancel(job.id) or await jobs.find(job.id)
    assert found is not None
    return found


async def advance(scope: Scope, job: Job, stage: str, progress: float | None = None) -> None:
    """Note what is being done and how much of it is done, from 0 to 1; who watches the job is told.

    Raises:
        Conflict: the job was canceled, or another attempt counts now; go no further.
    """
    if not await JobRepository(scope).advance(job, stage, progress):
        raise _superseded()


async def advance_waiting(scope: Scope, subject: UUID, stage: str, progress: float | None = None) -> None:
    """Note on all jobs that wait on `subject` how far that is, as the greater part of what they are about."""
    told = None if progress is None else progress * WAITING_SHARE
    await JobRepository(scope).advance_waiting(subject, stage, told)


async def submit(work: Work, kind: str, payload: Mapping[str, Any], submission: Submission) -> Job:
    """Ask for a job on behalf of a client, once for each of its own ids; its end is reported when it names a URL.

    Raises:
        Conflict: under that id something else was asked for before.
    """
    made = await JobRepository(work.scope).submit(kind, payload, work.author, work.at, submission)
    found = made or await submitted(work, submission)
    assert found is not None
    return found


def fingerprint_of(kind: str, asked: Mapping[str, Any]) -> str:
    """Tells apart what was asked for; the order of fields makes no difference."""
    return hashlib.sha256(kind.encode() + orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def submitted(work: Work, submission: Submission) -> Job | None:
    """The job that the same request has become before; None when it is new.

    Raises:
        Conflict: under that id something else was asked for.
    """
    if submission.external_id is None:
        return None
    found = await JobRepository(work.scope).submitted(submission.external_id)
    if found is None:
        return None
    job, fingerprint = found
    if fingerprint != submission.fingerprint:
        raise Conflict(
            f"Another request was sent under the id '{submission.external_id[:64]}' before; "
            "use a new x-external-request-id for a new request.",
            code="external_id_taken",
        )
    return job


async def get_job(work: Work, shown_id: str, *kinds: str, called: str = "request") -> Job:
    """Raises NotFound, saying what it is `called`, when the workspace has no job of that id and one of these kinds."""
    job_id = parse(shown_id)
    found = await JobRepository(work.scope).find(job_id, kinds) if job_id else None
    if found is None:
        raise NotFound(f"There is no {called} '{shown_id[:64]}' in this workspace.")
    return found


async def report_on(work: Work, job: Job) -> Job | None:
    """The job that tells the callback's URL how `job` ended; None before the end, and without a URL."""
    return await JobRepository(work.scope).report_on(job.id)


async def succeed(scope: Scope, job: Job, result: Mapping[str, Any] | None = None) -> None:
    """Note that the job is done, in the transaction of what it did.

    Raises:
        Conflict: the job was canceled, or this attempt was given up for dead; let the transaction fail.
    """
    if not await JobRepository(scope).succeed(job, result):
        raise _superseded()


def _superseded() -> Conflict:
    return Conflict(
        "The job was canceled or another attempt at it took over; nothing was changed.", code="superseded"
    )
