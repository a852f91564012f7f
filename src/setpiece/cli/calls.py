"""A recorded call over HTTP: uploaded, reported on, the job followed stage by stage."""

import hashlib
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from io import BufferedReader
from pathlib import Path
from typing import Any

import httpx
import orjson

from setpiece.cli.client import ask
from setpiece.kernel.errors import Invalid, NotFound, SetpieceError

Told = Callable[[dict[str, Any]], None]
"""Called with the job each time something happened to it."""

_STRETCH = re.compile(r"((?:\d+:)?\d+:\d\d)?\s*-\s*((?:\d+:)?\d+:\d\d)?")


def target_of(words: str) -> dict[str, Any]:
    """Whom a report is about, from what was typed: `dominant`, the id of a voice, a stretch of time, or a description.

    `1:02-1:40` is whoever speaks most between these times, `1:02-` from there on; anything else describes the speaker.
    """
    if words == "dominant":
        return {"strategy": "dominant"}
    if words.startswith("ent_"):
        return {"strategy": "entity_id", "entity_id": words}
    stretch = _STRETCH.fullmatch(words.strip())
    if stretch and any(stretch.groups()):
        bounds = zip(("start_seconds", "end_seconds"), stretch.groups(), strict=True)
        return {"strategy": "timerange", "timerange": {name: _seconds(one) for name, one in bounds if one}}
    return {"strategy": "magic_hint", "hint": words}


async def upload(client: httpx.AsyncClient, recording: Path, fields: dict[str, str]) -> str:
    """The id of the recording, streamed from the disk. The same again within a day is the same recording, heard already.

    Raises:
        NotFound: there is no such file.
        Invalid: it cannot be read, or is no recording.
    """
    try:
        with recording.open("rb") as content:
            media = await ask(
                client,
                "POST",
                "/v1/files",
                data=fields,
                files={"file": (recording.name, content)},
                headers={"Idempotency-Key": _key_of(content, fields)},
            )
    except FileNotFoundError as missing:
        raise NotFound(f"There is no file {recording}.") from missing
    except OSError as refused:
        raise Invalid(f"{recording} cannot be read: {refused.strerror}.") from refused
    path = f"/v1/files/{media['mediaId']}"
    if (await ask(client, "GET", path))["processingStatus"] == "FAILED":
        await ask(client, "POST", f"{path}/process", json={})
    return str(media["mediaId"])


def _key_of(content: BufferedReader, fields: dict[str, str]) -> str:
    """Of the content and what was said of it; the content is at its start again."""
    digest = hashlib.file_digest(content, "sha256")
    content.seek(0)
    digest.update(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS))
    return digest.hexdigest()


async def report_on(client: httpx.AsyncClient, request: dict[str, Any], told: Told) -> dict[str, Any]:
    """The report that was asked for, once its job is done; `told` hears how far that is. Interrupted, the job is canceled.

    Raises:
        Invalid: it cannot be made; the message says why.
    """
    job = await ask(client, "POST", "/v1/reports/jobs", json=request)
    try:
        ended = await _follow(client, job["jobId"], told)
    except BaseException:
        with suppress(httpx.TransportError, SetpieceError):  # what ended it says more
            await ask(client, "POST", f"/v1/jobs/{job['jobId']}/cancel")
        raise
    if ended["status"] != "succeeded":
        error = ended.get("error") or {"message": "The job was canceled."}
        raise _failure(error)
    return await ask(client, "GET", f"/v1/reports/{ended['reportId']}")


def _failure(error: dict[str, Any]) -> SetpieceError:
    kind = NotFound if error.get("code") == "target_not_found" else Invalid
    return kind(str(error["message"]))


async def _follow(client: httpx.AsyncClient, job_id: str, told: Told) -> dict[str, Any]:
    """The job as it ended."""
    while True:
        async with aclosing(_events(client, job_id)) as events:
            async for name, data in events:
                if "job" in data:
                    told(data["job"])
                if name == "terminal":
                    ended: dict[str, Any] = data["job"]
                    return ended


async def _events(client: httpx.AsyncClient, job_id: str) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
    """Names and data of a stream's events, until the server ends it."""
    name = ""
    async with client.stream("GET", f"/v1/jobs/{job_id}/stream") as answer:
        async for line in answer.aiter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, orjson.loads(value)


def _seconds(clock: str) -> int:
    """Of `1:02` or `1:01:02`."""
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
