"""Jobs of the reports surface, and what a worker would do to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from setpiece.api.services import Services
from setpiece.jobs import queue
from setpiece.jobs.model import Job
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.ids import parse, show
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work


@dataclass(frozen=True)
class Jobs:
    """The jobs of one workspace; named as clients name them."""

    services: Services
    workspace_id: UUID
    member_id: UUID

    async def ask(self, kind: str = "report.generate") -> str:
        async with self.services.database.transaction(self.workspace_id) as scope:
            work = Work(scope, Member(self.member_id, "Test", "Member"), self.services.now())
            job = await queue.enqueue(work, kind, {}, request_id="req_test")
        return show("job", job.id)

    async def begin(self, job: str) -> Job:
        job_id = parse(job)
        assert job_id
        async with self.services.database.transaction(self.workspace_id) as scope:
            begun = await JobRepository(scope).begin(job_id)
        assert begun
        return begun

    async def advance(self, job: Job, stage: str, progress: float | None = None) -> None:
        async with self.services.database.transaction(self.workspace_id) as scope:
            await queue.advance(scope, job, stage, progress)

    async def succeed(self, job: Job, result: Mapping[str, Any] | None = None) -> None:
        async with self.services.database.transaction(self.workspace_id) as scope:
            await queue.succeed(scope, job, result)

    async def fail(self, job: Job, error: str, code: str) -> None:
        async with self.services.database.transaction(self.workspace_id) as scope:
            assert await JobRepository(scope).fail(job, error, code, is_retryable=False)
