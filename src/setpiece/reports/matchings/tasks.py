"""The job that makes a matching. Load, compare, write."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from setpiece.jobs.model import Handler, Job
from setpiece.jobs.queue import advance, succeed
from setpiece.jobs.work import work_for
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import new_uuid, show
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.reports.matchings.compare import Compared, Participant, compare
from setpiece.reports.matchings.model import GENERATE_MATCHING, MATCHING_PREFIX, Matching
from setpiece.reports.matchings.repository import MatchingRepository
from setpiece.reports.matchings.resolve import Met, meet
from setpiece.reports.matchings.schemas import MatchingCreate
from setpiece.storage.database import Database
from setpiece.workspaces.work import OpenWork, Work


@dataclass(frozen=True, slots=True)
class Desk:
    """What the job works with."""

    database: Database
    embedder: Embedder | None
    now: Callable[[], datetime]


def handlers(desk: Desk) -> Mapping[str, Handler]:
    return {GENERATE_MATCHING: partial(generate_matching, desk)}


async def generate_matching(desk: Desk, job: Job) -> None:
    """Find who is meant, compare them, and keep it with the job's success.

    Raises:
        Invalid: a subject is nobody, or two of them are the same.
        TryLater: a recording is still being processed.
    """
    body = MatchingCreate.model_validate(job.payload["request"])
    open_work = work_for(desk.database, job, desk.now)
    await _advance(open_work, job, "scoring", 0.1)
    met = [await meet(open_work, subject, desk.embedder) for subject in body.subjects()]
    _require_distinct(met)
    await _advance(open_work, job, "rendering", 0.6)
    compared = await asyncio.to_thread(_compared, met, body.label)  # seconds for many long calls
    async with open_work() as work:
        matching = _matching(work, job, body, met, compared)
        await MatchingRepository(work.scope).insert(matching, [heard for one in met for heard in one.heard])
        await succeed(work.scope, job, {"matchingId": show(MATCHING_PREFIX, matching.id)})


async def _advance(open_work: OpenWork, job: Job, stage: str, progress: float) -> None:
    async with open_work() as work:
        await advance(work.scope, job, stage, progress)


def _require_distinct(met: Sequence[Met]) -> None:
    """Raises Invalid when two subjects are one person, which could not be seen before they were found."""
    seen: set[UUID | tuple[UUID, int]] = set()
    for one in met:
        marks: list[UUID | tuple[UUID, int]] = [(part.call.recording_id, part.speaker) for part in one.parts]
        marks += [one.resolved.entity_id] if one.resolved.entity_id else []
        if seen.intersection(marks):
            raise Invalid(
                "Two of the subjects are the same person; name everybody once.", code="same_subject_twice"
            )
        seen.update(marks)


def _compared(met: Sequence[Met], label: str | None) -> Compared:
    target, *group = (_participant(number, one) for number, one in enumerate(met))
    return compare(target, group, label)


def _participant(number: int, one: Met) -> Participant:
    name = f"member {number}" if number else "the target"
    label = " ".join((one.resolved.label or "").split())
    return Participant(f"{name} ({label})" if label else name, one.parts)


def _matching(work: Work, job: Job, body: MatchingCreate, met: Sequence[Met], compared: Compared) -> Matching:
    target, *group = (one.resolved for one in met)
    return Matching(
        id=new_uuid(),
        job_id=job.id,
        label=body.label,
        target=target,
        group=tuple(group),
        document=compared.document,
        markdown=compared.markdown,
        created_at=work.at,
    )
