"""`GET /v1/jobs/{jobId}/stream`, over a real connection: what is told, under which ids, and when it ends."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import pytest
import uvicorn
from job_examples import Jobs

from setpiece.api.services import Services
from setpiece.bootstrap.serving import on_free_port
from setpiece.events import watching as watching_room
from setpiece.events.following import follow
from setpiece.events.watching import Watching


@dataclass(frozen=True)
class Event:
    id: int
    type: str
    data: dict[str, Any]


@pytest.fixture
async def url(services: Services) -> AsyncIterator[str]:
    async with on_free_port(services) as opened:
        yield opened


@pytest.fixture
def stream(url: str, tenant: Any) -> Any:
    """Opens the stream of a job; gives its events as they come."""

    @asynccontextmanager
    async def opened(job: str, last_id: Any = None, **query: Any) -> AsyncIterator[AsyncIterator[Event]]:
        headers = {"Mappa-Api-Key": tenant.secret} | (
            {"Last-Event-ID": str(last_id)} if last_id is not None else {}
        )
        async with (
            httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client,
            client.stream("GET", f"/v1/jobs/{job}/stream", params=query) as answer,
        ):
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield events_of(answer)

    return opened


async def test_the_api_of_a_command_leaves_signals_to_the_command(url: str):
    """Else Ctrl-C would end the API under a command that has a job to cancel."""
    async with httpx.AsyncClient(base_url=url) as client:
        await client.get("/v1/health/ping")
    heeding = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
    assert not isinstance(heeding, uvicorn.Server)


async def events_of(answer: httpx.Response) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        else:
            yield Event(int(fields["id"]), fields["event"], orjson.loads(fields["data"]))
            fields = {}


async def test_a_job_is_followed_from_its_snapshot_to_its_end(stream: Any, jobs: Jobs):
    job = await jobs.ask()
    async with stream(job) as events:
        told = [await anext(events)]
        begun = await jobs.begin(job)
        told.append(await anext(events))
        await jobs.advance(begun, "rendering", 0.8)
        told.append(await anext(events))
        await jobs.succeed(begun, {"reportId": "rpt_example"})
        told += [event async for event in events]
    assert [one.type for one in told] == ["status", "status", "stage", "terminal"]
    waiting, running, rendering, ended = (one.data for one in told)
    assert (waiting["status"], waiting["job"]["status"]) == ("queued", "queued")
    assert running["job"]["status"] == running["status"] == "running"
    assert (rendering["stage"], rendering["progress"], rendering["job"]["progress"]) == (
        "rendering",
        0.8,
        0.8,
    )
    assert (ended["status"], ended["reportId"], ended["job"]["reportId"]) == (
        "succeeded",
        "rpt_example",
        "rpt_example",
    )
    assert all(one.data["job"]["id"] == job for one in told)
    assert ids_grow(told)


async def test_the_end_of_a_failed_job_carries_its_error(stream: Any, jobs: Jobs):
    job = await jobs.ask()
    await jobs.fail(await jobs.begin(job), "Could not identify the target speaker.", "target_not_found")
    async with stream(job) as events:
        (ended,) = [event async for event in events]
    assert ended.type == "terminal"
    assert ended.data["status"] == "failed"
    assert ended.data["error"] == {
        "code": "target_not_found",
        "message": "Could not identify the target speaker.",
    }
    assert "reportId" not in ended.data


async def test_a_canceled_job_ends_the_streams_that_are_open(
    stream: Any, jobs: Jobs, client: httpx.AsyncClient
):
    job = await jobs.ask()
    async with stream(job) as one, stream(job) as other:
        for events in (one, other):
            assert (await anext(events)).type == "status"
        await client.post(f"/v1/jobs/{job}/cancel")
        for events in (one, other):
            (ended,) = [event async for event in events]
            assert (ended.type, ended.data["status"]) == ("terminal", "canceled")


async def test_what_was_missed_is_told_after_the_last_id_and_nothing_twice(stream: Any, jobs: Jobs):
    job = await jobs.ask()
    begun = await jobs.begin(job)
    async with stream(job) as events:
        seen = await anext(events)
    for progress in (0.25, 0.5):
        await jobs.advance(begun, "extracting", progress)
    async with stream(job, last_id=seen.id) as events:
        missed = [await anext(events) for _ in range(3)]
    assert [(one.type, one.data.get("progress")) for one in missed] == [
        ("stage", 0.25),
        ("stage", 0.5),
        ("status", 0.5),
    ]
    assert missed[0].data["job"]["progress"] == 0.25, "as it stood then"
    async with stream(job, last_id=missed[0].id) as events:
        assert (await anext(events)).id == missed[1].id, "an event has one id"
    assert ids_grow([seen, *missed])


async def test_a_stream_with_no_news_still_begins_with_how_the_job_stands(stream: Any, jobs: Jobs):
    job = await jobs.ask()
    async with stream(job) as events:
        first = await anext(events)
    async with stream(job, last_id=first.id) as events:
        again = await anext(events)
    assert (again.type, again.data["status"]) == ("status", "queued")
    assert again.id > first.id


async def test_who_comes_after_the_end_is_told_of_it_again(stream: Any, jobs: Jobs):
    job = await jobs.ask()
    await jobs.succeed(await jobs.begin(job), {"reportId": "rpt_example"})
    async with stream(job) as events:
        (ended,) = [event async for event in events]
    async with stream(job, last_id=ended.id) as events:
        (again,) = [event async for event in events]
    assert (again.type, again.data["reportId"]) == ("terminal", "rpt_example")
    assert again.id > ended.id


@pytest.mark.parametrize(
    "last_id", ["", "nonsense", "-1", "9" * 18, "9" * 400], ids=["empty", "word", "negative", "later", "long"]
)
async def test_an_id_that_was_never_given_out_is_as_none(stream: Any, jobs: Jobs, last_id: str):
    job = await jobs.ask()
    async with stream(job, last_id=last_id) as events:
        assert (await anext(events)).data["status"] == "queued"


@pytest.mark.parametrize("timeout_ms", [1, 0, -5, "0.5"])
async def test_a_tiny_time_out_is_a_second_and_ends_the_stream_without_an_end(
    stream: Any, jobs: Jobs, timeout_ms: Any
):
    job = await jobs.ask()
    async with stream(job, timeout=timeout_ms) as events:
        told = [event.type async for event in events]
    assert told == ["status"]


async def test_a_time_out_that_is_no_number_is_named(client: httpx.AsyncClient, jobs: Jobs):
    answer = await client.get(f"/v1/jobs/{await jobs.ask()}/stream", params={"timeout": "soon"})
    assert answer.status_code == 422
    assert "timeout" in answer.json()["error"]["message"]


async def test_signs_of_life_have_ids_between_and_do_not_make_one_miss_anything(
    services: Services, jobs: Jobs
):
    job = await jobs.begin(await jobs.ask())
    async with aclosing(follow(services.watching, job, None, 30, heartbeat_s=0.05)) as following_it:
        told = [await anext(following_it) for _ in range(4)]
    assert [one.type for one in told] == ["status", "heartbeat", "heartbeat", "heartbeat"]
    assert told[-1].job is None
    await jobs.advance(job, "scoring", 0.5)
    async with aclosing(follow(services.watching, job, told[-1].id, 30)) as following_it:
        resumed = await anext(following_it)
    assert (resumed.type, resumed.job and resumed.job.stage) == ("stage", "scoring")
    assert ids_grow([*told, resumed])


async def test_changes_arrive_though_the_listening_connection_was_lost(services: Services, jobs: Jobs):
    job = await jobs.begin(await jobs.ask())
    async with aclosing(follow(services.watching, job, None, 60)) as following_it:
        await anext(following_it)
        async with services.database.unbound() as connection:
            await connection.execute(
                """select pg_terminate_backend(pid) from pg_stat_activity
                   where datname = current_database() and query ilike 'listen%job_events%'
                      or query = 'select 1' and state = 'idle' and pid <> pg_backend_pid()"""
            )
        await jobs.advance(job, "scoring", 0.5)
        assert (await anext(following_it)).type == "stage"


async def test_many_who_follow_one_job_cost_one_look_at_the_database(
    services: Services, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
):
    job = await jobs.begin(await jobs.ask())
    looks, read = [], watching_room.events_after

    async def counting(*asked: Any) -> Any:
        looks.append(asked)
        return await read(*asked)

    async with aclosing(Watching(services.database)) as watching:
        followers = [follow(watching, job, None, 60) for _ in range(50)]
        for one in followers:
            await anext(one)
        monkeypatch.setattr(watching_room, "events_after", counting)
        watching.start()
        next_ones = [asyncio.ensure_future(anext(one)) for one in followers]
        await asyncio.sleep(0.2)  # it listens now, and has looked once for what it missed
        looks.clear()
        await jobs.advance(job, "scoring", 0.5)
        told = await asyncio.gather(*next_ones)
        for one in followers:
            await one.aclose()
    assert {one.type for one in told} == {"stage"}
    assert len(looks) == 1


async def test_when_the_server_is_told_to_stop_streams_end(services: Services, jobs: Jobs):
    job = await jobs.begin(await jobs.ask())
    async with aclosing(Watching(services.database)) as watching:
        following_it = follow(watching, job, None, 60)
        await anext(following_it)
        watching.close()
        assert [one async for one in following_it] == []


async def test_a_job_that_nobody_follows_any_more_is_forgotten(services: Services, jobs: Jobs):
    job = await jobs.begin(await jobs.ask())
    async with aclosing(Watching(services.database)) as watching:
        async with aclosing(follow(watching, job, None, 60)) as following_it:
            await anext(following_it)
            assert watching._watched
        assert not watching._watched


async def test_a_head_request_is_answered_at_once(client: httpx.AsyncClient, jobs: Jobs):
    answer = await client.head(f"/v1/jobs/{await jobs.ask()}/stream")
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "text/event-stream; charset=utf-8",
    )


def ids_grow(told: list[Any]) -> bool:
    ids = [one.id for one in told]
    return ids == sorted(set(ids))


async def test_a_stream_whose_client_has_gone_ends_at_once(stream: Any, jobs: Jobs, services: Services):
    job = await jobs.ask()
    async with stream(job) as events:
        await anext(events)
        assert services.watching._watched
    for _ in range(200):
        if not services.watching._watched:
            break
        await asyncio.sleep(0.02)
    assert not services.watching._watched


async def test_what_is_told_late_shows_what_a_job_cost_as_it_stood_then(stream: Any, jobs: Jobs):
    job = await jobs.ask()
    async with stream(job) as events:
        seen = await anext(events)
    await jobs.succeed(await jobs.begin(job), {"reportId": "rpt_example"})
    async with stream(job, last_id=seen.id) as events:
        running, ended = [event async for event in events]
    assert running.data["job"]["credits"]["reservationStatus"] == "active"
    assert ended.data["job"]["credits"]["reservationStatus"] == "applied"
    assert "reportId" not in running.data["job"]
