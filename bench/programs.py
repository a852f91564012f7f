"""Executable playbooks: outcomes taken in over HTTP, a decision on a hundred thousand of them, a list of a thousand decisions."""

import random
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson

from bench.load import http_request, send
from bench.place import Place, Tenant, serving
from bench.table import Row
from setpiece.kernel.clock import now
from setpiece.kernel.ids import show
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.programs.outcomes.deciding import assess, assess_shown
from setpiece.programs.outcomes.model import Event, OutcomeKind
from setpiece.programs.outcomes.recording import record
from setpiece.programs.portfolio import survey
from setpiece.programs.runs import Asked, start_run
from setpiece.programs.service import create_program
from setpiece.programs.spec.model import ProgramStatus
from setpiece.storage.database import Database, open_database
from setpiece.workspaces.work import Work

OUTCOMES, BATCH = 100_000, 500
FEW_OUTCOMES = 1_000
PROGRAMS, FEW_PROGRAMS = 1_000, 100
UNITS = 60  # of each program of the list
LOOKS = 200
_TARGET_SHARE, _TRUE_SHARE = 0.06, 0.055
_BEGUN = datetime(2026, 1, 5, tzinfo=UTC)
_SPEC = {
    "name": "Bench", "mode": "outbound", "buddyId": "prospect", "status": "active",
    "strategy": {"hypothesis": "They take a meeting", "successMetric": "meeting_booked", "successTarget": 50 * _TARGET_SHARE},
}  # fmt: skip


async def measure(place: Place) -> list[Row]:
    tenant = await place.tenant()
    async with aclosing(await open_database(place.dsn, max_size=2)) as database:
        small = await _filled(database, tenant, FEW_OUTCOMES)
        with (
            serving(place) as served,
            httpx.Client(base_url=served.base_url, headers={"api_key": tenant.secret}, timeout=120) as client,
        ):
            path, large = _program(client)
            per_second = _take_in(served.port, tenant, path)
            first_ms = _once_ms(lambda: client.get(f"{path}/decision"))
            await place.settle()
            over_http = statistics.median(
                _once_ms(lambda: client.get(f"{path}/decision")) for _ in range(LOOKS)
            )
            brief = await _look_ms(database, tenant, large)
            base = await _look_ms(database, tenant, small)
            many = await _portfolio(place, database, client)
    return [
        Row(f"outcomes taken in over HTTP, {BATCH} in a batch", per_second, "/s", None, 2_000, "least"),
        Row(f"the first decision on {OUTCOMES:,} outcomes, which counts them all", first_ms, "ms"),
        Row(f"a decision at {OUTCOMES:,} outcomes, from the database (median)", brief, "ms", None, 1.0),
        Row(f"the same against one at {FEW_OUTCOMES:,} outcomes", brief, "ms", base, 1.5),
        Row("the same over HTTP (median)", over_http, "ms"),
        *many,
    ]


def _program(client: httpx.Client) -> tuple[str, str]:
    """A program with a run: the path of its run's outcomes lies under it."""
    made = client.post("/v1/playbooks", json=_SPEC).raise_for_status().json()["playbook"]
    return f"/v1/playbooks/{made['id']}", made["id"]


def _take_in(port: int, tenant: Tenant, path: str) -> float:
    """Outcomes a second: every unit's touch and the successes, over four connections, as history that is complete."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"api_key": tenant.secret}) as client:
        run_id = client.post(f"{path}/run").raise_for_status().json()["run"]["id"]
    events = list(_events(OUTCOMES))
    bodies = [
        orjson.dumps({"outcomes": events[start : start + BATCH], "xComplete": True})
        for start in range(0, len(events), BATCH)
    ]
    headers = {"api_key": tenant.secret}
    requests = [http_request("POST", f"{path}/runs/{run_id}/outcomes", body, headers) for body in bodies]
    return len(events) / send(port, requests, connections=4).seconds


def _events(count: int) -> Iterator[dict[str, Any]]:
    """The successes come right after the touches of their accounts."""
    chosen, made, unit = random.Random(1), 0, 0
    while made < count:
        at = _BEGUN + timedelta(seconds=unit)
        who = {"email": f"lead{unit}@company{unit}.example", "leadId": f"lead_{unit}"}
        yield who | {"kind": "touched", "at": at.isoformat(), "sourceEventId": f"touch_{unit}"}
        made, unit = made + 1, unit + 1
        if made < count and chosen.random() < _TRUE_SHARE:
            yield who | {
                "kind": "meeting_booked",
                "at": (at + timedelta(days=1)).isoformat(),
                "sourceEventId": f"meeting_{unit}",
            }
            made += 1


async def _filled(database: Database, tenant: Tenant, outcomes: int) -> str:
    """A program with a run and outcomes that have matured, made without HTTP; its id."""
    async with database.transaction(tenant.workspace_id) as scope:
        work = Work(scope, tenant.member, now())
        program = (await create_program(work, _SPEC)).program
        shown_id = show(PROGRAM_PREFIX, program.id)
        run = await start_run(work, shown_id, Asked())
        events = [
            Event(OutcomeKind(one["kind"]), datetime.fromisoformat(one["at"]), one["sourceEventId"], lead_id=one["leadId"], email=one["email"])
            for one in _events(outcomes)
        ]  # fmt: skip
        await record(work, program, run, events, is_complete=True)
        await assess(work, program)
    return shown_id


async def _look_ms(database: Database, tenant: Tenant, shown_id: str) -> float:
    """From the id to the decision, its sentence and its bounds, nothing being new since the last look."""

    async def look() -> None:
        async with database.bound(tenant.workspace_id) as scope:
            work = Work(scope, tenant.member, now())
            await assess_shown(work, shown_id)

    return statistics.median([await _awaited_ms(look) for _ in range(LOOKS)])


async def _portfolio(place: Place, database: Database, client: httpx.Client) -> Sequence[Row]:
    """A workspace of its own; the list of a tenth as many is the baseline of how it grows."""
    tenant = await place.tenant()
    client.headers["api_key"] = tenant.secret

    async def look() -> None:
        async with database.bound(tenant.workspace_id) as scope:
            members = await survey(Work(scope, tenant.member, now()), (ProgramStatus.ACTIVE,), 0.1)
            assert members

    for _ in range(FEW_PROGRAMS):
        await _filled(database, tenant, UNITS)
    few = statistics.median([await _awaited_ms(look) for _ in range(20)])
    for _ in range(PROGRAMS - FEW_PROGRAMS):
        await _filled(database, tenant, UNITS)
    await place.settle()
    many = statistics.median([await _awaited_ms(look) for _ in range(20)])
    over_http = statistics.median(_once_ms(lambda: client.get("/v1/playbooks/portfolio")) for _ in range(20))
    return [
        Row(f"a list of {PROGRAMS:,} programs with decisions (median)", many, "ms", None, 100),
        Row(f"the same against {FEW_PROGRAMS} programs: ten times as many", many, "ms", few, 12),
        Row(f"the list of {PROGRAMS:,} over HTTP (median)", over_http, "ms", None, 100),
    ]


def _once_ms(ask: Callable[[], httpx.Response]) -> float:
    started = time.perf_counter()
    ask().raise_for_status()
    return (time.perf_counter() - started) * 1000


async def _awaited_ms(act: Callable[[], Awaitable[None]]) -> float:
    started = time.perf_counter()
    await act()
    return (time.perf_counter() - started) * 1000
