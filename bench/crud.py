"""Create, get and list of a persona over HTTP: `setpiece serve` against a bare app on the same tables."""

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx
import orjson

from bench.bodies import persona_body
from bench.load import http_request, send
from bench.place import Place, Tenant, process_serving, serving
from bench.table import Row

ROUNDS = 5
REQUESTS = {"get": 3000, "list": 1500, "create": 1000}
MOST_MB = 200
TARGETS = {"create": 0.4, "get": 0.5, "list": 0.5}

Requests = Callable[[str, int], list[str]]
"""Makes that many requests of a verb."""


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the two servers."""

    port: int
    requests: Requests


async def measure(place: Place) -> list[Row]:
    """Median throughput over alternating rounds, 16 connections, one load generator."""
    tenant = await place.tenant()
    environment = {"BENCH_DSN": place.dsn, "BENCH_WORKSPACE": str(tenant.workspace_id)}
    bare = (sys.executable, "-m", "bench.bare")
    with serving(place) as ours, process_serving(bare, "/ready", environment) as theirs:
        ids = _fill(ours.base_url, tenant)
        await place.settle()
        rivals = (
            Rival(ours.port, _requests("/api/v2/persona", {"api_key": tenant.secret}, ids)),
            Rival(theirs.port, _requests("/persona", {}, ids)),
        )
        compared = [_compare(verb, rivals) for verb in REQUESTS]
        return [
            *compared,
            Row("memory of the API process after this load", ours.resident_mb, "MB", None, MOST_MB),
        ]


def _compare(verb: str, rivals: Sequence[Rival]) -> Row:
    for rival in rivals:
        send(rival.port, rival.requests(verb, REQUESTS[verb] // 4))
    rounds = [
        [send(rival.port, rival.requests(verb, REQUESTS[verb])).per_second for rival in rivals]
        for _ in range(ROUNDS)
    ]
    ours, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    return Row(f"{verb} against bare FastAPI + asyncpg", ours, "/s", bare, TARGETS[verb], "least")


def _fill(base_url: str, tenant: Tenant) -> list[str]:
    """A few hundred personas to get and list; gives their ids."""
    chosen = random.Random(1)
    with httpx.Client(base_url=base_url, headers={"api_key": tenant.secret}) as client:
        answers = [client.post("/api/v2/persona/create", json=persona_body(chosen, n)) for n in range(300)]
        return [answer.raise_for_status().json()["data"]["oId"] for answer in answers]


def _requests(prefix: str, headers: dict[str, str], ids: Sequence[str]) -> Requests:
    def made(verb: str, count: int) -> list[str]:
        chosen = random.Random(verb)
        if verb == "create":
            bodies = (orjson.dumps(persona_body(chosen, n)) for n in range(count))
            return [http_request("POST", f"{prefix}/create", body, headers) for body in bodies]
        if verb == "get":
            return [
                http_request("GET", f"{prefix}/get?oId={chosen.choice(ids)}", headers=headers)
                for _ in range(count)
            ]
        return [http_request("GET", f"{prefix}/list?limit=10", headers=headers)] * count

    return made
