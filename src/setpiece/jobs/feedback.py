"""What people say of a report or matching, and what of its price they get back for saying it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from setpiece.jobs.model import Job
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.storage.json import as_json
from setpiece.workspaces.receipts import Receipt, claim
from setpiece.workspaces.work import Work

FEEDBACK_PREFIX = "fb"
OPERATION = "POST /v1/feedback"
KINDS = ("report.generate", "matching.generate")
_BY_RESULT = {
    "reportId": ("report.generate", "rpt"),
    "matchingId": ("matching.generate", "mat"),
    "matchingAnalysisId": ("matching.generate", "mat"),
}
Rating = Literal["thumbs_up", "thumbs_down"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody says.

    Attributes:
        target: The name of the one id that was given, and the id.
    """

    target: tuple[str, str]
    rating: Rating
    comment: str | None = None
    corrections: Sequence[Mapping[str, Any]] = ()

    @property
    def fingerprint(self) -> bytes:
        said = [self.target, self.rating, self.comment, list(self.corrections)]
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()


@dataclass(frozen=True, slots=True)
class Feedback:
    """An opinion that was kept, and its job as it stands now."""

    id: UUID
    target: Mapping[str, str]
    rating: Rating
    comment: str | None
    discount: int
    created_at: datetime
    job: Job


async def give_feedback(work: Work, opinion: Opinion, key: str | None) -> Feedback:
    """Keep it. The first for a report gives half of its price back; the same again under one key is answered as the first.

    Raises:
        NotFound: the workspace has nothing of that id.
        Conflict: something else was said under that key before.
    """
    job = await _job_of(work, *opinion.target)
    feedback_id = new_uuid()
    if key:
        receipt = Receipt(feedback_id, opinion.fingerprint)
        if said_before := await claim(work, OPERATION, key, receipt):
            said_before.require(opinion.fingerprint)
            return await _get(work, said_before.subject_id)
    discount = await _discount(work, job)
    name, _ = opinion.target
    await work.connection.execute(
        """insert into feedback (id, workspace_id, job_id, target, rating, comment, corrections, discount, created_by, created_at)
           values ($1, $2, $3, $4::jsonb, $5, $6, $7::jsonb, $8, $9, $10)""",
        feedback_id, work.workspace_id, job.id, as_json({name: opinion.target[1]}), opinion.rating, opinion.comment,
        as_json(list(opinion.corrections)), discount, work.author.id, work.at,
    )  # fmt: skip
    return await _get(work, feedback_id)


async def _discount(work: Work, job: Job) -> int:
    """Half of what the job used is given back, once; what that is now. Of two at the same moment, the second waits and gets nothing."""
    given: int | None = await work.connection.fetchval(
        """update jobs set credits_discounted = credits_reserved / 2
           where workspace_id = $1 and id = $2 and credits_state = 'applied' and credits_discounted = 0
           returning credits_discounted""",
        work.workspace_id,
        job.id,
    )
    if given:
        await work.connection.execute(
            "select count_credits($1, 'FEEDBACK_DISCOUNT', $2, $3, null)", work.workspace_id, given, job.id
        )
    return given or 0


async def _get(work: Work, feedback_id: UUID) -> Feedback:
    row = await work.connection.fetchrow(
        """select id, target, rating, comment, discount, created_at, job_id from feedback
           where workspace_id = $1 and id = $2""",
        work.workspace_id,
        feedback_id,
    )
    job = await JobRepository(work.scope).find(row["job_id"]) if row else None
    if row is None or job is None:
        raise NotFound("What this feedback was about is gone.")
    return Feedback(
        row["id"], orjson.loads(row["target"]), row["rating"], row["comment"], row["discount"], row["created_at"], job
    )  # fmt: skip


async def _job_of(work: Work, name: str, shown_id: str) -> Job:
    """The job that is named, or that made what is named."""
    found = parse(shown_id)
    job_id: UUID | None = found
    if found and name in _BY_RESULT:
        kind, prefix = _BY_RESULT[name]
        field = "reportId" if kind == "report.generate" else "matchingId"
        job_id = await work.connection.fetchval(
            "select id from jobs where workspace_id = $1 and kind = $2 and result ->> $3 = $4",
            work.workspace_id,
            kind,
            field,
            show(prefix, found),
        )
    job = await JobRepository(work.scope).find(job_id, KINDS) if job_id else None
    if job is None:
        raise NotFound(f"There is nothing with the {name} '{shown_id[:64]}' in this workspace.")
    return job
