"""Doing what was asked for in the background, as a worker does it, and looking how it fares."""

from functools import partial
from typing import Any
from uuid import UUID

from caller import Caller

from setpiece.agents import tasks
from setpiece.api.services import Services
from setpiece.events.callbacks import Post, call_back
from setpiece.jobs.attempt import Attempts
from setpiece.jobs.model import CALL_BACK
from setpiece.kernel.ids import parse
from setpiece.providers.webhooks.port import WebhookSender

RUN, STATUS = "async/agent/run", "async/agent/run/status"
HOOK = "https://hooks.example/setpiece"
PERSON = {"firstName": "Example", "jobTitle": "Controller", "companyName": "Example Corp"}


class Worker:
    """Does what is queued, as a worker does it."""

    def __init__(self, services: Services, workspace_id: UUID, sender: WebhookSender) -> None:
        self._database, self._workspace_id = services.database, workspace_id
        desk = tasks.Desk(services.database, services.tools, services.now)
        handlers = {**tasks.handlers(desk), CALL_BACK: partial(call_back, Post(services.database, sender))}
        self._attempts = Attempts(services.database, handlers, ())

    async def do(self, acknowledged: dict[str, Any]) -> None:
        job_id = parse(acknowledged["requestId"])
        assert isinstance(job_id, UUID)
        await self._attempts.attempt(self._workspace_id, job_id)

    async def deliver(self, acknowledged: dict[str, Any]) -> float | None:
        """One attempt at telling how the job ended; the seconds to the next."""
        async with self._database.bound(self._workspace_id) as scope:
            delivery = await scope.connection.fetchval(
                "select id from jobs where reports_on = $1", parse(acknowledged["requestId"])
            )
        return await self._attempts.attempt(self._workspace_id, UUID(str(delivery)))


async def state_of(api: Caller, acknowledged: dict[str, Any], status: str = STATUS) -> dict[str, Any]:
    found: dict[str, Any] = (await api.get(status, requestId=acknowledged["requestId"]))["data"]
    return found
