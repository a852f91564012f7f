"""List and get in a workspace of 100,000 entities against one of 1,000, over HTTP, one request at a time."""

import random
import statistics
from collections.abc import Sequence
from urllib.parse import quote

from bench.filling import Library
from bench.libraries import large, small
from bench.load import http_request, send
from bench.place import Place, serving
from bench.table import Row
from setpiece.library.catalog import KINDS

ROUNDS = 3
REQUESTS = 600
TARGET = 1.5
_SHOWN_TEXT = "invoices"


async def measure(place: Place) -> list[Row]:
    """Median times; the two workspaces take turns on one server."""
    libraries = (await large(place), await small(place))
    with serving(place) as served:
        return [
            _row(served.port, "list, 10 newest of a kind", libraries, _lists, TARGET),
            _row(served.port, "get one of any kind", libraries, _gets, TARGET),
            _row(served.port, "list with a text filter", libraries, _filtered, None),
            _row(served.port, "list from the middle of a kind", libraries, _deep, None),
        ]


def _row(port: int, what: str, libraries: Sequence[Library], requests, target: float | None) -> Row:
    rounds = [[_median(port, requests(library)) for library in libraries] for _ in range(1 + ROUNDS)]
    measured, baseline = (statistics.median(column) for column in zip(*rounds[1:], strict=True))
    return Row(f"{what}: 100,000 against 1,000 entities", measured, "ms", baseline, target)


def _median(port: int, requests: list[str]) -> float:
    return statistics.median(send(port, requests, connections=1).latencies_ms)


def _request(library: Library, path: str) -> str:
    return http_request("GET", f"/api/v2/{path}", headers={"api_key": library.tenant.secret})


def _lists(library: Library) -> list[str]:
    return [_request(library, f"{KINDS[n % len(KINDS)].name}/list?limit=10") for n in range(REQUESTS)]


def _gets(library: Library) -> list[str]:
    chosen, oids = random.Random(2), {kind.name: library.oids(kind) for kind in KINDS}
    named = (chosen.choice(KINDS).name for _ in range(REQUESTS))
    return [_request(library, f"{kind}/get?oId={chosen.choice(oids[kind])}") for kind in named]


def _filtered(library: Library) -> list[str]:
    return [_request(library, f"objection/list?limit=10&text={quote(_SHOWN_TEXT)}")] * (REQUESTS // 10)


def _deep(library: Library) -> list[str]:
    middle = len(library.ids["objection"]) // 2
    return [_request(library, f"objection/list?limit=10&offset={middle}")] * (REQUESTS // 10)
