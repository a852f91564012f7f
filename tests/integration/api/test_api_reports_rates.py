"""The rates of the reports surface, where they are switched on."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from recordings import Files, checked, wav

from setpiece.api.app import create_app
from setpiece.api.rates import RateLimiter
from setpiece.api.services import Services

START = datetime(2026, 3, 1, 9, 0, 20, tzinfo=UTC)


class Clock:
    at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def limited(services: Services, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    """A server that holds the rates."""
    holding = replace(services, limiter=RateLimiter(clock), now=clock)
    transport = httpx.ASGITransport(create_app(holding), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_every_answer_says_what_is_left_until_one_is_too_many(
    limited: httpx.AsyncClient, tenant: Any, clock: Clock
):
    limited.headers["Mappa-Api-Key"] = tenant.secret
    for left in range(29, -1, -1):
        answer = await limited.get("/v1/files")
        assert answer.status_code == 200
        assert answer.headers["x-ratelimit-limit"] == "30"
        assert answer.headers["x-ratelimit-remaining"] == str(left)
        assert answer.headers["x-ratelimit-reset"] == str(int(START.timestamp()) + 40)
    refused = await limited.get("/v1/files/med_x")
    error = checked(refused, 429)["error"]
    assert (error["code"], error["retryAfter"], refused.headers["retry-after"]) == ("RATE_LIMITED", 40, "40")
    assert refused.headers["x-ratelimit-remaining"] == "0"
    clock.at += timedelta(seconds=40)
    assert (await limited.get("/v1/files")).headers["x-ratelimit-remaining"] == "29"


async def test_an_upload_over_the_rate_is_refused_before_it_is_read(limited: httpx.AsyncClient, tenant: Any):
    limited.headers["Mappa-Api-Key"] = tenant.secret
    files = Files(limited)
    for _ in range(10):
        await files.upload(wav())

    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was asked for")
        yield b""

    assert checked(await limited.post("/v1/files", content=never()), 429)["error"]["retryAfter"] == 40
    assert len((await files.list())["files"]) == 10


async def test_keys_are_counted_apart(limited: httpx.AsyncClient, tenant: Any, new_tenant: Any):
    other = await new_tenant()
    for secret in (tenant.secret, other.secret):
        answer = await limited.get("/v1/credits/balance", headers={"Mappa-Api-Key": secret})
        assert answer.headers["x-ratelimit-remaining"] == "99"


async def test_without_them_nothing_is_counted(client: httpx.AsyncClient):
    for _ in range(31):
        answer = await client.get("/v1/files")
    assert answer.status_code == 200
    assert "x-ratelimit-limit" not in answer.headers
