"""Programs with outcomes, and a clock that tests move."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from recordings import checked

PLAYBOOKS = "/v1/playbooks"
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """What the services take for now."""

    def __init__(self) -> None:
        self.at = BEGIN

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Program:
    """A program over HTTP, with its last run."""

    def __init__(self, client: httpx.AsyncClient, shown: dict[str, Any]) -> None:
        self.client, self.id = client, shown["id"]
        self.path = f"{PLAYBOOKS}/{self.id}"
        self.run_id = ""

    async def run(self) -> str:
        self.run_id = checked(await self.client.post(f"{self.path}/run"), 201)["run"]["id"]
        return self.run_id

    async def send(self, *events: dict[str, Any], status: int = 200, **batch: Any) -> Any:
        path = f"{self.path}/runs/{self.run_id}/outcomes"
        return checked(await self.client.post(path, json={"outcomes": list(events), **batch}), status)

    async def get(self, what: str = "", status: int = 200) -> Any:
        return checked(await self.client.get(f"{self.path}/{what}".rstrip("/")), status)

    async def post(self, what: str, body: Any = None, status: int = 201) -> Any:
        return checked(await self.client.post(f"{self.path}/{what}", json=body), status)

    async def decision(self) -> Any:
        return (await self.get("decision"))["decision"]


NewProgram = Callable[..., Awaitable[Program]]


async def new_program(client: httpx.AsyncClient, **sections: Any) -> Program:
    """An active one whose target is 6 % of accounts, with a run."""
    body = {
        "name": "Example", "mode": "outbound", "buddyId": "prospect", "status": "active",
        "strategy": {"hypothesis": "h", "successMetric": "meeting_booked", "successTarget": 3} | sections.get("strategy", {}),
        "adaptation": sections.get("adaptation", {}),
    }  # fmt: skip
    program = Program(client, checked(await client.post(PLAYBOOKS, json=body), 201)["playbook"])
    await program.run()
    return program


def touched(number: int, **more: Any) -> dict[str, Any]:
    return {"kind": "touched", "accountId": f"acc_{number}", "sourceEventId": f"touch_{number}"} | more


def met(number: int, **more: Any) -> dict[str, Any]:
    return {
        "kind": "meeting_booked",
        "accountId": f"acc_{number}",
        "sourceEventId": f"meeting_{number}",
    } | more
