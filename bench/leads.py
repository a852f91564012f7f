"""What importing the longest list of leads takes: into a new playbook, into one that has some, and the same list once more."""

import time
from typing import Any

import httpx

from bench.place import Place, serving
from bench.table import Row

ROWS = 100_000
SMALL = 60
"""Enough for statistics that say what a playbook holds; the next import then finds a table that is not what they say."""
MOST_S = 20.0
_SPEC = {
    "name": "Bench",
    "mode": "outbound",
    "buddyId": "prospect",
    "strategy": {"hypothesis": "They answer"},
}


async def measure(place: Place) -> list[Row]:
    tenant = await place.tenant()
    with serving(place) as served:
        headers = {"api_key": tenant.secret}
        async with httpx.AsyncClient(base_url=served.base_url, headers=headers, timeout=600) as client:
            first, second = await _playbook(client), await _playbook(client)
            before_mb = served.resident_mb
            new_s = await _import(client, first, ROWS)
            grown_mb = served.resident_mb - before_mb
            again_s = await _import(client, first, ROWS)
            await _import(client, second, SMALL)
            await place.settle()
            after_small_s = await _import(client, second, ROWS)
            started = time.perf_counter()
            await _ask(client, f"{second}/leads/preview", json={})
            draw_s = time.perf_counter() - started
    return [
        Row(f"{ROWS:,} rows of a CSV file become leads", new_s, "s", target=MOST_S),
        Row("  the same into a playbook that has some", after_small_s, "s", target=MOST_S),
        Row("  the same list once more", again_s, "s", target=MOST_S),
        Row("  memory of the API after it", grown_mb, "MB"),
        Row("  who would be drawn of them", draw_s, "s"),
    ]


async def _playbook(client: httpx.AsyncClient) -> str:
    made = await _ask(client, "", json=_SPEC)
    return f"/{made['playbook']['id']}"


async def _import(client: httpx.AsyncClient, playbook: str, rows: int) -> float:
    lines = (
        f"lead{n}@company{n // 3}.example,Lead{n},Head of RevOps,Company {n // 3},https://www.company{n // 3}.example,note"
        for n in range(rows)
    )
    content = "\n".join(["email,first_name,title,company,website,notes", *lines]).encode()
    started = time.perf_counter()
    made = await _ask(
        client, f"{playbook}/leads/import", content=content, headers={"content-type": "text/csv"}
    )
    counts = made["list"]["counts"]
    assert counts["added"] + counts["known"] == rows, counts
    return time.perf_counter() - started


async def _ask(client: httpx.AsyncClient, path: str, **options: Any) -> Any:
    return (await client.post(f"/v1/playbooks{path}", **options)).raise_for_status().json()
