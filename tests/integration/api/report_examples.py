"""Asking for reports, and writing them as a worker does."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from recordings import checked, conversation_wav

from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.kernel.ids import parse
from setpiece.reports.tasks import Desk, handlers
from setpiece.reports.writing import Tools

# Voice 1 speaks 33 s, voice 2 speaks 15.
CALL = conversation_wav((0, 1), (1, 25), (0, 1), (2, 15), (0, 1), (1, 8), (0, 1))


@dataclass(frozen=True)
class Reports:
    """The reports of one workspace."""

    client: httpx.AsyncClient
    services: Services
    workspace_id: UUID

    async def ask(self, media_id: str, *, expect: int = 200, key: str | None = None, **body: Any) -> Any:
        asked = {
            "media": {"mediaId": media_id},
            "output": {"template": "sales_playbook"},
            "target": {"strategy": "dominant"},
        } | body
        headers = {"Idempotency-Key": key} if key else {}
        return checked(await self.client.post("/v1/reports/jobs", json=asked, headers=headers), expect)

    async def write(self, job_id: str) -> Any:
        """One attempt at the job; the job afterwards."""
        database = self.services.database
        desk = Desk(database, Tools(), self.services.now)
        wanted = parse(job_id)
        assert wanted
        await Attempts(database, handlers(desk), ()).attempt(self.workspace_id, wanted)
        return await self.job(job_id)

    async def made(self, media_id: str, **body: Any) -> Any:
        """A report that was asked for and written."""
        job = await self.write((await self.ask(media_id, **body))["jobId"])
        assert job["status"] == "succeeded", job
        return await self.get(job["reportId"])

    async def job(self, job_id: str) -> Any:
        return checked(await self.client.get(f"/v1/jobs/{job_id}"), 200)

    async def get(self, report_id: str, what: str = "", expect: int = 200) -> Any:
        return checked(await self.client.get(f"/v1/reports/{report_id}{what}"), expect)

    async def by_job(self, job_id: str) -> Any:
        return checked(await self.client.get(f"/v1/reports/by-job/{job_id}"), 200)
