"""Five hundred leads from a CSV file to approved exports, over HTTP, with the worker killed twice (kill -9) on the way."""

import asyncio
import csv
import io
import os
import signal
import time
from typing import Any

import httpx
import psutil

from bench.place import Place, Served, serving
from bench.table import Row

LEADS = 500
KILLED_AT = (60, 240)
"""Messages written when the worker is killed."""
_ROOT = "/v1/playbooks"
_PATIENCE_S = 900.0
_SPEC = {
    "name": "Bench",
    "mode": "outbound",
    "buddyId": "prospect",
    "status": "active",
    "leadSource": {"sampleSize": LEADS},
    "strategy": {"hypothesis": "They answer", "successMetric": "reply_rate", "successTarget": 5},
}


async def measure(place: Place) -> list[Row]:
    tenant = await place.tenant()
    with serving(place) as served:
        headers = {"api_key": tenant.secret}
        async with httpx.AsyncClient(base_url=served.base_url, headers=headers, timeout=120) as client:
            await _fill(client)
            return await _measure(client, served)


async def _measure(client: httpx.AsyncClient, served: Served) -> list[Row]:
    program = (await _ask(client, "POST", "", json=_SPEC))["playbook"]["id"]
    started = time.perf_counter()
    await _ask(
        client, "POST", f"/{program}/leads/import", content=_leads(), headers={"content-type": "text/csv"}
    )
    made = (await _ask(client, "POST", f"/{program}/run", json={"execute": True}))["run"]["id"]
    run = f"/{program}/runs/{made}"
    for written in KILLED_AT:
        await _until(client, run, written)
        _kill_worker(served)
    await _until(client, run, LEADS)
    written_s = time.perf_counter() - started
    await _ask(client, "POST", f"{run}/messages/approve", json={"all": True})
    exporting = time.perf_counter()
    answer = (await client.post(f"{_ROOT}{run}/export", json={})).raise_for_status()
    export_s = time.perf_counter() - exporting
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    addresses = [row["email"] for row in rows if row["subject_1"] and row["body_1"]]
    shown = await _ask(client, "GET", run)
    execution = (await _ask(client, "GET", f"{run}/execution"))["execution"]
    quota = (await client.get("/v1/credits/balance")).raise_for_status().json()["balance"]
    assert shown["run"]["status"] == "completed", shown
    return [
        Row(f"{LEADS} leads, import to written, two kills", written_s, "s"),
        Row("  exported, once each", len(set(addresses)), "", target=LEADS, bound="least"),
        Row("  exported twice", len(addresses) - len(set(addresses)), "", target=0),
        Row("  credits of the run for a lead", execution["credits"] / LEADS, "", target=2),
        Row("  credits charged for a lead: nothing written twice", (1_000_000 - quota) / LEADS, "", target=2),
        Row("  the export", export_s * 1000, "ms"),
    ]


def _kill_worker(served: Served) -> None:
    """The server starts another, and the job is found by it when the dead one's heartbeat is old."""
    workers = [
        one
        for one in psutil.Process(served.process.pid).children()
        if any("worker_process" in part or "working" in part for part in one.cmdline())
    ]
    os.kill(workers[-1].pid, signal.SIGKILL)


async def _until(client: httpx.AsyncClient, run: str, written: int) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        counts = (await _ask(client, "GET", f"{run}/execution"))["execution"]["counts"]
        if counts.get("awaiting_approval", 0) >= written:
            return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"{written} messages were not written in {_PATIENCE_S:.0f} s")


async def _fill(client: httpx.AsyncClient) -> None:
    product = {
        "name": "Example product",
        "differentiatedValue": ["Every claim names its source"],
        "customerBenefits": ["Nobody has to ask where a number comes from"],
    }
    made = (await client.post("/api/v2/product/create", json=product)).raise_for_status().json()
    persona = {"name": "Head of RevOps", "painPoints": ["Nobody can say where a claim comes from"]}
    offering = {"primaryOfferingOId": made["data"]["oId"]}
    (await client.post("/api/v2/persona/create", json=persona | offering)).raise_for_status()


def _leads() -> bytes:
    rows = [f"lead{n}@company{n}.example,Lead{n},Head of RevOps,Company {n}" for n in range(LEADS)]
    return "\n".join(["email,first_name,title,company", *rows]).encode()


async def _ask(client: httpx.AsyncClient, method: str, path: str, **options: Any) -> Any:
    return (await client.request(method, _ROOT + path, **options)).raise_for_status().json()
