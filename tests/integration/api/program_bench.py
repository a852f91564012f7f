"""An executed run as a test drives it: one workspace over HTTP, a clock that a test moves, and a worker that can be killed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from setpiece.api.app import create_app
from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.jobs.repository import JobRepository
from setpiece.programs.execution.shift import Desk
from setpiece.programs.execution.tasks import handlers, look_at_due_runs
from setpiece.programs.suppressions.model import SuppressionKind, SuppressionReason, Wanted
from setpiece.programs.suppressions.service import suppress
from setpiece.providers.mail.kept import KeptMail
from setpiece.storage.database import Database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

ROOT = "/v1/playbooks"
LINKS = "https://go.example.com"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Killed(BaseException):
    """What a kill -9 is to the code it ends: nothing more of it runs."""


@dataclass
class Bench:
    """One workspace, its worker, and what that sends."""

    services: Services
    owner: Database
    workspace_id: UUID
    secret: str
    mail: KeptMail | None = field(default_factory=KeptMail)
    at: datetime = NOON

    def __post_init__(self) -> None:
        self.services = replace(self.services, now=lambda: self.at, has_mail=self.mail is not None)
        self._application = create_app(self.services)

    @property
    def desk(self) -> Desk:
        return Desk(
            self.services.database,
            self.owner,
            self.services.tools,
            lambda: self.at,
            self.mail,
            self.services.lead_sources,
            slice_s=60,
            link_base=LINKS,
            imprint="Example Team, 1 Example Street",
        )

    async def ask(self, method: str, path: str, body: Any = None, expect: int = 200, **headers: str) -> Any:
        return await self.ask_root(method, ROOT + path, body, expect, **headers)

    async def ask_root(
        self, method: str, path: str, body: Any = None, expect: int = 200, **headers: str
    ) -> Any:
        transport = httpx.ASGITransport(self._application, raise_app_exceptions=False)
        headers = {"authorization": f"Bearer {self.secret}"} | headers
        async with httpx.AsyncClient(transport=transport, base_url="http://setpiece.test") as client:
            sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
            answer = await client.request(method, path, headers=headers, **(sent if body is not None else {}))
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.headers["content-type"] == "application/json" else answer

    async def playbook(self, leads: int, **spec: Any) -> str:
        """An active playbook with a list of so many people, each of a company of their own."""
        strategy = {
            "hypothesis": "Controllers answer when the close is named",
            "successMetric": "reply_rate",
            "successTarget": 6,
        }
        asked = {
            "name": "Example",
            "mode": "outbound",
            "buddyId": "prospect",
            "status": "active",
            "strategy": strategy,
        }
        made = await self.ask("POST", "", asked | spec, 201)
        program: str = made["playbook"]["id"]
        await self.ask(
            "POST", f"/{program}/leads/import", csv_of(range(leads)), 200, **{"content-type": "text/csv"}
        )
        return program

    async def run(self, program: str, **asked: Any) -> str:
        """The path of a run that Setpiece executes."""
        made = await self.ask("POST", f"/{program}/run", {"execute": True} | asked, 201)
        return f"/{program}/runs/{made['run']['id']}"

    async def work(self) -> None:
        """Do what is queued, as a worker does, until nothing is."""
        while jobs := await self.queued():
            for job_id in jobs:
                await self._attempts.attempt(self.workspace_id, job_id)

    async def work_until_killed(self) -> None:
        """Do what is queued until the worker is killed; then its job is found and queued again."""
        (job_id,) = await self.queued()
        try:
            await self._attempts.attempt(self.workspace_id, job_id)
        except Killed:
            async with self.services.database.bound(self.workspace_id) as scope:
                await JobRepository(scope).take_back(job_id, 3, "given up")
        else:
            raise AssertionError("nothing killed the worker")

    async def look(self, after: timedelta = timedelta()) -> None:
        """Let time pass, and have the chore look for runs whose time has come; then do what it found."""
        self.at += after
        await look_at_due_runs(self.desk)
        await self.work()

    async def queued(self) -> Sequence[UUID]:
        rows = await self.sql(
            "select id from jobs where kind = 'program.execute' and status = 'queued' order by id"
        )
        return [row["id"] for row in rows]

    async def counts(self, run: str) -> dict[str, int]:
        found: dict[str, int] = (await self.ask("GET", f"{run}/execution"))["execution"]["counts"]
        return found

    async def messages(self, run: str, **query: Any) -> list[dict[str, Any]]:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        found: list[dict[str, Any]] = (await self.ask("GET", f"{run}/messages?limit=500&{asked}"))["messages"]
        return found

    async def suppress(self, address: str) -> None:
        """Nobody writes to this address any more."""
        wanted = Wanted(SuppressionKind.EMAIL, address, SuppressionReason.ASKED_TO_STOP, "reply")
        async with self.services.database.bound(self.workspace_id) as scope:
            await suppress(Work(scope, Member(self.workspace_id, "", ""), self.at), [wanted], by_member=False)

    async def sql(self, statement: str, *values: Any) -> Sequence[Any]:
        async with self.services.database.bound(self.workspace_id) as scope:
            found: Sequence[Any] = await scope.connection.fetch(statement, *values)
            return found

    @property
    def _attempts(self) -> Attempts:
        return Attempts(self.services.database, handlers(self.desk), ())


def csv_of(numbers: Sequence[int] | range) -> bytes:
    lines = [
        f"lead{n}@company{n}.example,First{n},Controller,Company {n},company{n}.example" for n in numbers
    ]
    return "\n".join(["email,first_name,title,company,domain", *lines]).encode()
