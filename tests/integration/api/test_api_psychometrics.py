"""`/v2/psychometrics`: the request waits for the worker, the recording goes, the numbers stay for seven days."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from heard_files import hear
from recordings import checked, wav

from setpiece.api.app import create_app
from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.reports.psychometrics.tasks import Desk, chores, handlers
from setpiece.storage.database import open_database

PATH = "/v2/psychometrics"
ENOUGH = (0, 1, 0, 1, 0, 1, 0, 1, 0)


@dataclass
class Background:
    """What a worker does meanwhile."""

    services: Services
    desk: Desk
    workspace_id: UUID

    async def rows(self, query: str, *values: Any) -> list[Any]:
        async with self.services.database.bound(self.workspace_id) as scope:
            return list(await scope.connection.fetch(query, *values))

    async def analyse(self, order: tuple[int, ...] = ENOUGH) -> None:
        """Hear the recording that waits, and do the job that waits for it."""
        job: Any = []
        while not job:
            await asyncio.sleep(0.02)
            job = await self.rows(
                "select id, payload from jobs where kind = 'psychometrics.analyse' and status = 'queued'"
            )
        (recording,) = await self.rows(
            "select id from recordings where id = (select (payload ->> 'recordingId')::uuid from jobs where id = $1)",
            job[0]["id"],
        )
        await hear(self.services, self.workspace_id, recording["id"], order)
        await self.attempt(job[0]["id"])

    async def attempt(self, job_id: UUID) -> None:
        await Attempts(self.services.database, handlers(self.desk), ()).attempt(self.workspace_id, job_id)

    async def recordings(self) -> int:
        return len(await self.rows("select 1 from recordings where deleted_at is null"))


@pytest.fixture
async def background(services: Services, tenant: Any, dsn: str) -> AsyncIterator[Background]:
    owner = await open_database(dsn, max_size=1, role=None)
    desk = Desk(services.database, owner, services.blobs, None, services.now)
    yield Background(services, desk, tenant.workspace_id)
    await owner.aclose()


@pytest.fixture
async def impatient(services: Services, tenant: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that waits for nobody."""
    application = create_app(replace(services, settings=replace(services.settings, longest_wait_s=0.05)))
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    headers = {"api_key": tenant.secret}
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as opened:
        yield opened


async def send(client: httpx.AsyncClient, key: str = "", **fields: str) -> httpx.Response:
    file = {"file": ("upload.bin", wav(), "application/octet-stream")}
    headers = {"Idempotency-Key": key} if key else {}
    return await client.post(PATH, files=file, data={"strategy": "dominant"} | fields, headers=headers)


async def answered(
    client: httpx.AsyncClient, background: Background, order: tuple[int, ...] = ENOUGH, **fields: str
) -> httpx.Response:
    waiting = asyncio.create_task(send(client, **fields))
    await background.analyse(order)
    return await waiting


async def test_the_answer_comes_with_the_request_and_the_recording_is_gone(
    client: httpx.AsyncClient, background: Background
):
    before = await background.recordings()
    found = checked(await answered(client, background), 200)
    assert set(found) == {"analysisId", "createdAt", "expiresAt", "psychometrics"}
    assert found["psychometrics"]["talkativeness"] == pytest.approx(5 / 9, abs=0.01)
    assert {"agreeableness", "conscientiousness"} <= set(found["psychometrics"])
    assert all(0 <= one <= 1 for one in found["psychometrics"].values())
    assert found["createdAt"].endswith("Z")
    assert checked(await client.get(f"{PATH}/{found['analysisId']}"), 200) == found
    assert await background.recordings() == before
    assert await background.rows("select 1 from voiceprints") == []


async def test_each_number_names_what_it_was_made_of(client: httpx.AsyncClient, background: Background):
    found = checked(await answered(client, background), 200)
    inputs = checked(await client.get(f"{PATH}/{found['analysisId']}/inputs"), 200)
    assert {one["name"]: one["value"] for one in inputs["scores"]} == found["psychometrics"]
    assert all(one["formula"] and one["inputs"] for one in inputs["scores"])
    assert "no psychological test" in inputs["notice"]
    assert (inputs["speaker"]["speakerIndex"], inputs["speaker"]["speakers"]) == (0, 2)


@pytest.mark.parametrize(
    ("fields", "order", "reason", "told"),
    [
        ({"strategy": "magic_hint", "hint": "the angry one"}, ENOUGH, "target_not_found", "not interpreted"),
        ({}, (0, 1, 0), "too_little_speech", "30 s are needed"),
    ],
)
async def test_what_cannot_be_said_is_refused_and_the_recording_is_gone(
    client: httpx.AsyncClient, background: Background, fields: dict[str, str], order: tuple[int, ...], reason: str, told: str
):  # fmt: skip
    before = await background.recordings()
    error = checked(await answered(client, background, order, **fields), 422)["error"]
    assert (error["code"], error["details"]["reason"]) == ("validation_error", reason)
    assert told in error["message"]
    assert await background.recordings() == before


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"strategy": ""}, "'strategy' must be one of dominant, magic_hint"),
        ({"strategy": "timerange"}, "'strategy' must be one of dominant, magic_hint"),
        ({"strategy": "magic_hint"}, "must have 'hint'"),
        ({"strategy": "magic_hint", "hint": " "}, "not blank"),
        ({"strategy": "magic_hint", "hint": "x" * 1025}, "at most 1024"),
    ],
)
async def test_a_form_that_is_wrong_is_refused_and_nothing_is_kept(
    client: httpx.AsyncClient, background: Background, fields: dict[str, str], told: str
):
    before = await background.recordings()
    assert told in checked(await send(client, **fields), 422)["error"]["message"]
    assert await background.recordings() == before


async def test_what_is_no_recording_is_refused(client: httpx.AsyncClient):
    answer = await client.post(PATH, files={"file": ("a.txt", b"text")}, data={"strategy": "dominant"})
    assert answer.status_code == 415


async def test_the_same_request_under_one_key_is_done_once(client: httpx.AsyncClient, background: Background):
    key, before = new_uuid().hex, await background.recordings()
    first = checked(await answered(client, background, key=key), 200)
    written = await background.rows("select id from recordings")
    assert checked(await send(client, key=key), 200) == first
    conflict = await send(client, key=key, strategy="magic_hint", hint="the buyer")
    assert conflict.status_code == 409
    assert await background.recordings() == before
    assert await background.rows("select id from recordings") == written, "neither was written for a moment"


async def test_who_waits_too_long_is_told_where_the_answer_will_be(
    impatient: httpx.AsyncClient, background: Background
):
    error = checked(await send(impatient), 503)["error"]
    assert error["details"]["reason"] == "still_processing"
    path = error["message"].split("GET ")[1].split()[0]
    checked(await impatient.get(path), 404)
    await background.analyse()
    assert checked(await impatient.get(path), 200)["psychometrics"]


async def test_an_analysis_expires_after_seven_days_and_the_clock_takes_it_away(
    client: httpx.AsyncClient, background: Background, services: Services
):
    found = checked(await answered(client, background), 200)
    later = replace(background.desk, now=lambda: services.now() + timedelta(days=7, minutes=1))
    (chore,) = chores(background.desk)
    await chore.do()
    checked(await client.get(f"{PATH}/{found['analysisId']}"), 200)
    (chore,) = chores(later)
    await chore.do()
    checked(await client.get(f"{PATH}/{found['analysisId']}"), 404)
    assert await background.rows("select 1 from analyses where id = $1", parse(found["analysisId"])) == []


async def test_the_clock_deletes_the_recording_of_an_analysis_that_was_canceled(
    impatient: httpx.AsyncClient, background: Background
):
    before = await background.recordings()
    checked(await send(impatient), 503)
    assert await background.recordings() == before + 1
    await background.rows(
        "update jobs set status = 'canceled', finished_at = now() where kind = 'psychometrics.analyse' and status = 'queued'"
    )
    (chore,) = chores(background.desk)
    await chore.do()
    assert await background.recordings() == before


async def test_others_see_nothing_and_without_a_key_nothing_is_answered(
    client: httpx.AsyncClient, background: Background, stranger: Any, connect: Callable[..., Any]
):
    found = checked(await answered(client, background), 200)
    for path in (f"{PATH}/{found['analysisId']}", f"{PATH}/{found['analysisId']}/inputs"):
        checked(await stranger.client.get(path), 404)
        async with connect() as nobody:
            assert (await nobody.get(path)).status_code == 401
    checked(await client.get(f"{PATH}/{show('psy', new_uuid())}"), 404)
