"""Idempotency keys of uploads."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from recordings import Files, wav


@pytest.fixture
def files(client: httpx.AsyncClient) -> Files:
    return Files(client)


@pytest.fixture
def kept(blob_dir: Path, tenant: Any) -> Callable[[], int]:
    """How many contents the blob store has for the tenant."""
    folder = blob_dir / "recordings" / str(tenant.workspace_id)
    return lambda: sum(path.is_file() for path in folder.rglob("*"))


async def test_the_same_upload_with_the_same_key_is_answered_as_the_first_time(files: Files, kept: Any):
    first = await files.upload(wav(), label="Call", key="k-1")
    assert await files.upload(wav(), label="Call", key="k-1") == first
    assert kept() == 1
    assert len((await files.list())["files"]) == 1


@pytest.mark.parametrize(
    "other", [{"content": wav(fill=b"\x01"), "label": "Call"}, {"content": wav(), "label": "Another"}],
    ids=["content", "label"],
)  # fmt: skip
async def test_another_upload_with_the_same_key_is_refused_and_changes_nothing(
    files: Files, kept: Any, other: Any
):
    first = await files.upload(wav(), label="Call", key="k-1")
    error = (await files.upload(other["content"], label=other["label"], key="k-1", expect=409))["error"]
    assert error["code"] == "idempotency_conflict"
    assert kept() == 1
    assert [one["mediaId"] for one in (await files.list())["files"]] == [first["mediaId"]]


async def test_uploads_at_the_same_time_with_one_key_become_one_file(files: Files, kept: Any):
    answers = await asyncio.gather(*(files.upload(wav(), label="Call", key="at-once") for _ in range(6)))
    assert len({answer["mediaId"] for answer in answers}) == 1
    assert kept() == 1
    assert len((await files.list())["files"]) == 1


async def test_without_a_key_the_same_upload_makes_another_file(files: Files, kept: Any):
    first, second = await files.upload(wav()), await files.upload(wav())
    assert first["mediaId"] != second["mediaId"]
    assert kept() == 2


async def test_a_key_is_forgotten_with_its_file(files: Files):
    first = await files.upload(wav(), key="k-2")
    await files.delete(first["mediaId"])
    assert (await files.upload(wav(), key="k-2"))["mediaId"] != first["mediaId"]


async def test_a_key_is_of_one_workspace(files: Files, connect: Any, new_tenant: Any):
    first = await files.upload(wav(), key="shared")
    async with connect(**{"Mappa-Api-Key": (await new_tenant()).secret}) as stranger:
        assert (await Files(stranger).upload(wav(), key="shared"))["mediaId"] != first["mediaId"]


async def test_a_key_is_good_for_a_day(files: Files, dsn: str, tenant: Any):
    first = await files.upload(wav(), key="old")
    connection = await asyncpg.connect(dsn)
    await connection.execute("select set_config('app.workspace', $1, false)", str(tenant.workspace_id))
    await connection.execute(
        "update receipts set created_at = created_at - $1::interval", timedelta(hours=25)
    )
    await connection.close()
    second = await files.upload(wav(), key="old")
    assert second["mediaId"] != first["mediaId"]
    assert await files.upload(wav(), key="old") == second


async def test_a_key_that_is_too_long_is_a_422(files: Files):
    assert "Idempotency-Key" in (await files.upload(wav(), key="x" * 256, expect=422))["error"]["message"]
