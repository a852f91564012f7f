"""Short ways to call the surface in a test."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

ROOT = "/api/v2"
_PATIENCE_S = 120.0  # far beyond what a notification takes, so that a slow machine does not fail


@dataclass(frozen=True)
class Caller:
    """One key. Each call asserts the status, so that a test reads as what happens."""

    client: httpx.AsyncClient

    async def get(self, path: str, expect: int = 200, **query: Any) -> dict[str, Any]:
        return _checked(await self.client.get(f"{ROOT}/{path}", params=query), expect)

    async def post(self, path: str, body: Any = None, expect: int = 200) -> dict[str, Any]:
        return _checked(await self.client.post(f"{ROOT}/{path}", json={} if body is None else body), expect)

    async def put(self, path: str, body: Any, expect: int = 200) -> dict[str, Any]:
        return _checked(await self.client.put(f"{ROOT}/{path}", json=body), expect)

    async def delete(self, path: str, expect: int = 200, **query: Any) -> dict[str, Any]:
        return _checked(await self.client.delete(f"{ROOT}/{path}", params=query), expect)

    async def create(self, kind: str, **body: Any) -> dict[str, Any]:
        """The record of a new entity."""
        record: dict[str, Any] = (await self.post(f"{kind}/create", body))["data"]
        return record

    async def total(self, path: str) -> int:
        found: int = (await self.get(f"{path}/list"))["total"]
        return found


def _checked(answer: httpx.Response, expect: int) -> dict[str, Any]:
    assert answer.status_code == expect, answer.text
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


async def eventually(happened: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something that another task does has happened."""
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            if await happened():
                return
            await asyncio.sleep(0.01)
